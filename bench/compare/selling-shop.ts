/** A shop on the plain runtime that sells in phases. Must not know what else goes on meanwhile. */
import type { EventItemId } from '../../worker/contract/ids.ts';
import { LIMITS } from '../../worker/contract/values.ts';
import type { Bench } from '../speed/bench.ts';
import {
  insertCatalogueItem,
  insertPastOrders,
  insertShoppers,
  openSale,
} from '../speed/fixtures.ts';
import { measureOn, type PhaseOptions } from '../speed/measurements.ts';
import type { Sample } from '../speed/samples.ts';
import { createShoppers } from '../speed/shoppers.ts';
import { openTestBed } from '../speed/test-bed.ts';
import type { Column } from './comparison.ts';
import type { MeasureOptions } from './measurement.ts';

/** More than any phase sells, so that nobody buys twice in one. */
const SHOPPERS_PER_SECOND = 6_000;
/** One for each of the first shoppers. */
const PAST_ORDERS = 20_000;
/** A runtime is slow at first: it has yet to compile what it does. No longer than a phase all the same. */
const WARM_UP_SECONDS_MAX = 5;

export interface SellingShop {
  bench: Bench;
  stop(): Promise<void>;
}

/** @param variables of the Worker, besides what it cannot do without. */
export async function openSellingShop(
  { stopped, logStep, connections, seconds }: MeasureOptions,
  variables: Record<string, string> = {},
): Promise<SellingShop> {
  const testBed = await openTestBed(logStep, variables);
  try {
    logStep('enrolling shoppers');
    const count = Math.max(PAST_ORDERS, SHOPPERS_PER_SECOND * (seconds + 1));
    await insertShoppers(testBed.db, count);
    const itemId = await insertCatalogueItem(testBed.db);
    await insertPastOrders(testBed.db, { itemId, count: PAST_ORDERS });
    const shoppers = createShoppers(count, testBed.jwtSecret);
    const { port, postgresUrl } = testBed;
    const target = { port, postgresUrl, shoppers };
    const bench: Bench = { testBed, target, itemId, stopped, logStep, wrong: [] };
    logStep('warming up');
    await sell(bench, { connections, seconds: Math.min(WARM_UP_SECONDS_MAX, seconds) });
    return { bench, stop: testBed.stop };
  } catch (error) {
    await testBed.stop();
    throw error;
  }
}

/** One phase of purchases. @param eventItemId a new sale of its own by default. */
export async function sell(
  bench: Bench,
  phase: Omit<PhaseOptions, 'name' | 'round'>,
  eventItemId?: EventItemId,
): Promise<Sample> {
  bench.stopped.throwIfAborted();
  const on = eventItemId ?? (await openPhaseSale(bench));
  return measureOn(bench, { name: 'reserve', round: 0, ...phase }, on);
}

export function openPhaseSale({ testBed, itemId }: Bench): Promise<EventItemId> {
  return openSale(testBed, { itemId, stock: LIMITS.stockMax });
}

export const RATE_COLUMN: Column = {
  figure: 'perSecond',
  title: 'purchases a second',
  better: 'high',
};

export const SALE_COLUMNS: Column[] = [
  RATE_COLUMN,
  { figure: 'p50Ms', title: 'p50 ms', better: 'low' },
  { figure: 'p99Ms', title: 'p99 ms', better: 'low' },
  { figure: 'slowestMs', title: 'slowest ms', better: 'low' },
  { figure: 'runtimeUsEach', title: 'runtime CPU us', better: 'low' },
  { figure: 'allUsEach', title: 'CPU us of all', better: 'low' },
];

const US_PER_SECOND = 1e6;

/** `allUsEach`: CPU of all processes for a purchase, which other load on the machine hardly touches. */
export function saleFigures(sample: Sample): Record<string, number> {
  const { perSecond, p50Ms, p99Ms, slowestMs, runtimeUsEach, cpu } = sample;
  const seconds = cpu.runtime + cpu.endpoint + cpu.postgres + cpu.load;
  const allUsEach = perSecond === 0 ? 0 : (seconds * US_PER_SECOND) / perSecond;
  return { perSecond, p50Ms, p99Ms, slowestMs, runtimeUsEach, allUsEach };
}
