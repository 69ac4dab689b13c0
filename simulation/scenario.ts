/** What a seed is about: the sale, the customers and how bad the day is. Drawn before anything runs. */
import {
  type EventId,
  type EventItemId,
  type ItemId,
  makeEventId,
  makeEventItemId,
  makeItemId,
  makeUserId,
  type UserId,
} from '../worker/contract/ids.ts';
import { LIMITS } from '../worker/contract/values.ts';
import type { Chance } from './chance.ts';

export const START_MS = Date.UTC(2030, 0, 1);
/** How far an object's clock is off at most. */
export const SKEW_MS_MAX = 40;

export interface ScenarioItem {
  id: EventItemId;
  itemId: ItemId;
  stock: number;
  limit: number;
  priceCents: number;
}

/** Probabilities per occasion, 0 to 1, unless named otherwise. */
export interface FaultRates {
  /** Per request to the store. */
  lost: number;
  unheard: number;
  late: number;
  fatal: number;
  slow: number;
  /** Per await of the object. */
  evicted: number;
  /** Per alarm. */
  alarmLate: number;
  alarmLost: number;
  alarmTwice: number;
  /** Per list at the edge: whoever leads it goes away with it, before its call or after. */
  leaderLost: number;
  /** Per answer on its way to a shopper. */
  answerLost: number;
}

export interface Period {
  fromMs: number;
  toMs: number;
}

export interface Scenario {
  eventId: EventId;
  items: ScenarioItem[];
  startsAtMs: number;
  endsAtMs: number;
  holdSeconds: number;
  customers: UserId[];
  /** Faults stop here and whoever still shops comes to an end. */
  chaosEndsAtMs: number;
  rates: FaultRates;
  outages: Period[];
  /** Two objects are alive for the event. */
  splits: Period[];
  evictionsAtMs: number[];
  skewed: boolean;
  adminChanges: number;
  /** Places at the edge, each with its own memory of what is sold out. */
  edges: number;
}

export function drawScenario(chance: Chance): Scenario {
  const eventId = makeEventId(chance.fill);
  const shoppers = chance.weighted([
    [4, chance.int(2, 20)],
    [5, chance.int(20, 90)],
    [5, chance.int(90, 250)],
    [1, chance.int(250, 500)],
    [0.05, chance.int(600, 1_000)],
  ]);
  const startsAtMs = START_MS + chance.int(1_000, 6_000);
  const chaosEndsAtMs = startsAtMs + chance.int(20_000, 45_000);
  const period = (msMin: number, msMax: number): Period => {
    const fromMs = chance.int(START_MS, chaosEndsAtMs - msMax);
    return { fromMs, toMs: fromMs + chance.int(msMin, msMax) };
  };
  const some = (max: number) => Math.max(0, chance.int(-max, max));
  const calm = chance.happens(0.2);
  const times = <T>(count: number, make: () => T): T[] =>
    Array.from({ length: calm ? 0 : count }, make);
  return {
    eventId,
    items: drawItems(chance, eventId, shoppers),
    startsAtMs,
    endsAtMs: chance.happens(0.3) ? startsAtMs + chance.int(5_000, 30_000) : startsAtMs + 600_000,
    holdSeconds: chance.pick([LIMITS.holdSecondsMin, 6, 8, 12]),
    customers: Array.from({ length: shoppers }, () => makeUserId(START_MS, chance.fill)),
    chaosEndsAtMs,
    rates: drawRates(chance, calm),
    outages: times(some(2), () => period(300, chance.happens(0.3) ? 18_000 : 4_000)),
    splits: times(some(2), () => period(500, 8_000)),
    evictionsAtMs: times(some(4), () => chance.int(START_MS, chaosEndsAtMs)),
    skewed: chance.happens(0.4),
    adminChanges: some(10),
    edges: chance.int(1, 3),
  };
}

function drawItems(chance: Chance, eventId: EventId, shoppers: number): ScenarioItem[] {
  return Array.from({ length: chance.int(1, 3) }, (_, n) => ({
    id: makeEventItemId(eventId, n + 1),
    itemId: makeItemId(START_MS, chance.fill),
    stock: chance.weighted([
      [1, 0],
      [3, 1],
      [4, chance.int(2, 6)],
      [3, chance.int(1, Math.ceil(shoppers / 2))],
    ]),
    limit: chance.weighted([
      [4, 1],
      [3, 2],
      [2, chance.int(3, 5)],
    ]),
    priceCents: chance.int(0, 50_000),
  }));
}

function drawRates(chance: Chance, calm: boolean): FaultRates {
  const rate = (max: number) => (calm || chance.happens(0.45) ? 0 : chance.next() * max);
  return {
    lost: rate(0.1),
    unheard: rate(0.1),
    late: rate(0.06),
    fatal: rate(0.04),
    slow: rate(0.12),
    evicted: rate(chance.happens(0.25) ? 0.25 : 0.02),
    alarmLate: rate(0.2),
    alarmLost: rate(0.15),
    alarmTwice: rate(0.2),
    answerLost: rate(0.1),
    leaderLost: rate(0.08),
  };
}
