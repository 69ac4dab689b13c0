/** What a seed plays: the sale, the customers and the rates of faults. Drawn before anything runs. */
import {
  type EventId,
  makeEventId,
  makeEventItemId,
  makeItemId,
  makeUserId,
  type UserId,
} from '../worker/contract/ids.ts';
import { LIMITS } from '../worker/contract/values.ts';
import { type Conditions, drawConditions } from './conditions.ts';
import { drawPayments, type PaymentConditions } from './payment-plan.ts';
import { drawQueue, type QueueConditions } from './queue-plan.ts';
import type { SeededRandom } from './seeded-random.ts';
import { drawSizes, type SizedItem } from './sizes.ts';

export const START_MS = Date.UTC(2030, 0, 1);
/** How far an object's clock is off at most. */
export const SKEW_MS_MAX = 40;

/** Probabilities per occasion, 0 to 1, unless named otherwise. */
export interface FaultRates {
  /** Per request to the store. */
  lost: number;
  unanswered: number;
  late: number;
  fatal: number;
  slow: number;
  /** Per await of the object. */
  evicted: number;
  /** Per alarm. */
  alarmLate: number;
  alarmLost: number;
  alarmTwice: number;
  /** Per batch at the edge: the request that sends it ends, before its call or after. */
  leaderLost: number;
  /** Per answer on its way to a shopper. */
  answerLost: number;
}

export interface Period {
  fromMs: number;
  toMs: number;
}

export interface Scenario extends Conditions, PaymentConditions, QueueConditions {
  eventId: EventId;
  items: SizedItem[];
  startsAtMs: number;
  endsAtMs: number;
  holdSeconds: number;
  customers: UserId[];
  /** No faults after this; shoppers still finish. */
  faultsEndAtMs: number;
  rates: FaultRates;
  outages: Period[];
  /** Two objects are alive for the event. */
  splits: Period[];
  evictionsAtMs: number[];
  skewed: boolean;
  adminChanges: number;
  /** Edge isolates, each with its own sold-out cache. */
  edges: number;
}

/** A stream of its own, so that older seeds play as before. In this one no seed of REGRESSIONS asks for anything. */
const CONDITIONS_STREAM = 1_161;
/** As above. In this one no seed of REGRESSIONS has sizes, nor did one of CATCHING_SEEDS when it came. */
const SIZES_STREAM = 4_289;
/** As above. In this one no seed of REGRESSIONS has a queue. */
const QUEUE_STREAM = 2_918;
/** As above. In this one nobody pays in a seed of REGRESSIONS, nor did in one of CATCHING_SEEDS when it came. */
const PAYMENT_STREAM = 375_775;

export function drawScenario(random: SeededRandom): Scenario {
  const sizes = random.fork(SIZES_STREAM);
  const queue = random.fork(QUEUE_STREAM);
  const payments = random.fork(PAYMENT_STREAM);
  const eventId = makeEventId(random.fill);
  const shoppers = random.weighted([
    [4, random.int(2, 20)],
    [5, random.int(20, 90)],
    [5, random.int(90, 250)],
    [1, random.int(250, 500)],
    [0.05, random.int(600, 1_000)],
  ]);
  const startsAtMs = START_MS + random.int(1_000, 6_000);
  const faultsEndAtMs = startsAtMs + random.int(20_000, 45_000);
  const period = (msMin: number, msMax: number): Period => {
    const fromMs = random.int(START_MS, faultsEndAtMs - msMax);
    return { fromMs, toMs: fromMs + random.int(msMin, msMax) };
  };
  const some = (max: number) => Math.max(0, random.int(-max, max));
  const isFaultless = random.happens(0.2);
  const times = <T>(count: number, make: () => T): T[] =>
    Array.from({ length: isFaultless ? 0 : count }, make);
  const conditions = random.fork(CONDITIONS_STREAM);
  const scenario = {
    eventId,
    items: drawSizes(sizes, {
      eventId,
      items: drawItems(random, eventId, shoppers),
      nowMs: START_MS,
    }),
    startsAtMs,
    endsAtMs: random.happens(0.3) ? startsAtMs + random.int(5_000, 30_000) : startsAtMs + 600_000,
    holdSeconds: random.pick([LIMITS.holdSecondsMin, 6, 8, 12]),
    customers: Array.from({ length: shoppers }, () => makeUserId(START_MS, random.fill)),
    faultsEndAtMs,
    rates: drawRates(random, isFaultless),
    outages: times(some(2), () => period(300, random.happens(0.3) ? 18_000 : 4_000)),
    splits: times(some(2), () => period(500, 8_000)),
    evictionsAtMs: times(some(4), () => random.int(START_MS, faultsEndAtMs)),
    skewed: random.happens(0.4),
    adminChanges: some(10),
    edges: random.int(1, 3),
  };
  const queued = drawQueue(queue, { startMs: START_MS, startsAtMs });
  return addCrowd({
    ...scenario,
    ...drawConditions(conditions, scenario.customers),
    ...queued,
    ...drawPayments(payments, { startMs: START_MS, faultsEndAtMs }),
  });
}

/** There is as much of the first item as they wish for. */
function addCrowd(scenario: Scenario): Scenario {
  const { crowd, customers, emails, items } = scenario;
  const boxes = [...crowd].map((id) => `${id}@example.com`);
  return {
    ...scenario,
    customers: [...customers, ...crowd],
    emails: [...emails, ...boxes],
    items: items.map((item, n) => (n === 0 ? { ...item, stock: item.stock + crowd.size } : item)),
  };
}

function drawItems(random: SeededRandom, eventId: EventId, shoppers: number): SizedItem[] {
  return Array.from({ length: random.int(1, 3) }, (_, n) => ({
    id: makeEventItemId(eventId, n + 1),
    itemId: makeItemId(START_MS, random.fill),
    stock: random.weighted([
      [1, 0],
      [3, 1],
      [4, random.int(2, 6)],
      [3, random.int(1, Math.ceil(shoppers / 2))],
    ]),
    limit: random.weighted([
      [4, 1],
      [3, 2],
      [2, random.int(3, 5)],
    ]),
    priceCents: random.int(0, 50_000),
    size: undefined,
  }));
}

function drawRates(random: SeededRandom, isFaultless: boolean): FaultRates {
  const rate = (max: number) => (isFaultless || random.happens(0.45) ? 0 : random.next() * max);
  return {
    lost: rate(0.1),
    unanswered: rate(0.1),
    late: rate(0.06),
    fatal: rate(0.04),
    slow: rate(0.12),
    evicted: rate(random.happens(0.25) ? 0.25 : 0.02),
    alarmLate: rate(0.2),
    alarmLost: rate(0.15),
    alarmTwice: rate(0.2),
    answerLost: rate(0.1),
    leaderLost: rate(0.08),
  };
}
