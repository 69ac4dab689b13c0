/** The small sales of the drills: few customers and units, and many of them in each other's way. */
import { makeEventId, makeEventItemId, makeItemId, makeUserId } from '../worker/contract/ids.ts';
import { drawConditions } from './conditions.ts';
import { NOBODY_PAYS } from './payment-plan.ts';
import type { QueuePlan } from './queue-rows.ts';
import { drawScenario, type Scenario, START_MS } from './scenario.ts';
import type { SeededRandom } from './seeded-random.ts';
import { drawSizes } from './sizes.ts';

const CUSTOMERS_MIN = 8;
const CUSTOMERS_MAX = 20;
const UNITS_MAX = 5;
const LEAD_MS_MAX = 2_500;
const DRAW_SHARE = 0.5;
const VERIFIED_SHARE = 0.35;
const UNVERIFIED_SHARE = 0.1;
const MAILBOX_SHARE = 0.4;
const WAITLIST_SHARE = 0.85;
/** Of the drills: more wait than one settlement serves. */
const CROWD_SHARE = 0.04;
const CROWD_MIN = 510;
const CROWD_MAX = 530;
/** Of the drills. */
const FEW_ENDS_SHARE = 0.15;
/** In which many are offered something at once. */
const DENSE = {
  leadMs: 2_500,
  lastsMs: 600_000,
  unitsMin: 2,
  unitsMax: 8,
  limitMin: 2,
  limitMax: 4,
};
/** That of few ends is one in which no seed of CATCHING_DRILLS had any when it came. */
const STREAMS = { unused: 1, conditions: 2, sizes: 3, fewEnds: 57 };

export function drawDrill(random: SeededRandom, mayBeCrowded = true): Scenario {
  const eventId = makeEventId(random.fill);
  const newCustomers = (count: number) =>
    Array.from({ length: count }, () => makeUserId(START_MS, random.fill));
  const customers = newCustomers(random.int(CUSTOMERS_MIN, CUSTOMERS_MAX));
  const isCrowded = random.happens(CROWD_SHARE) && mayBeCrowded;
  const crowd = newCustomers(isCrowded ? random.int(CROWD_MIN, CROWD_MAX) : 0);
  const conditions = drawConditions(random.fork(STREAMS.conditions), customers);
  const startsAtMs = START_MS + random.int(500, LEAD_MS_MAX);
  const items = Array.from({ length: random.int(1, 3) }, (_, n) => ({
    id: makeEventItemId(eventId, n + 1),
    itemId: makeItemId(START_MS, random.fill),
    stock: random.int(0, UNITS_MAX) + (n === 0 ? crowd.length : 0),
    limit: random.pick([1, 1, 2, 2, 3, 4]),
    priceCents: random.int(0, 50_000),
    size: undefined,
  }));
  const sized = { eventId, items, nowMs: START_MS };
  const scenario = {
    // What only the platform and its faults ask for.
    ...drawScenario(random.fork(STREAMS.unused)),
    ...NOBODY_PAYS,
    ...conditions,
    requireVerifiedEmail: random.happens(VERIFIED_SHARE),
    oneLimitPerMailbox: random.happens(MAILBOX_SHARE),
    unverified: customers.filter(() => random.happens(UNVERIFIED_SHARE)),
    emails: [...conditions.emails, ...crowd.map((id) => `${id}@example.com`)],
    eventId,
    items: isCrowded ? items : drawSizes(random.fork(STREAMS.sizes), sized),
    customers: [...customers, ...crowd],
    crowd: new Set(crowd),
    startsAtMs,
    endsAtMs: startsAtMs + random.pick([15_000, 60_000, 600_000, 600_000, 600_000]),
    holdSeconds: random.pick([5, 8, 40]),
    hasQueue: true,
    queuePlan: drawPlan(random, startsAtMs),
  };
  const ends = random.fork(STREAMS.fewEnds);
  return !isCrowded && ends.happens(FEW_ENDS_SHARE) ? withFewEnds(scenario, ends) : scenario;
}

/** As other drills are, most settlements make one offer at most. */
function withFewEnds(scenario: Scenario, random: SeededRandom): Scenario {
  const startsAtMs = START_MS + DENSE.leadMs;
  const limit = random.int(DENSE.limitMin, DENSE.limitMax);
  return {
    ...scenario,
    hasFewEnds: true,
    items: scenario.items.map((item) => ({
      ...item,
      stock: random.int(DENSE.unitsMin, DENSE.unitsMax),
      limit,
    })),
    startsAtMs,
    endsAtMs: startsAtMs + DENSE.lastsMs,
    queuePlan: drawPlan(random, startsAtMs),
  };
}

function drawPlan(random: SeededRandom, startsAtMs: number): QueuePlan {
  const isDraw = random.happens(DRAW_SHARE);
  return {
    admission: isDraw ? 'draw' : 'first_come',
    waitlist: random.happens(WAITLIST_SHARE),
    offerSeconds: random.pick([30, 31, 45]),
    entriesCloseAtMs: isDraw ? startsAtMs - random.int(1, 400) : null,
  };
}
