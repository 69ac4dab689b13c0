/** A shop on the plain runtime that sells in phases. Must not know what else goes on meanwhile. */
import type { EventItemId } from '../../worker/contract/ids.ts';
import { LIMITS } from '../../worker/contract/values.ts';
import { type Bench, measureOn } from '../speed/measurements.ts';
import type { Sample } from '../speed/samples.ts';
import { openSetting } from '../speed/setting.ts';
import { createShoppers } from '../speed/shoppers.ts';
import { insertCatalogueItem, insertPastOrders, insertShoppers, openSale } from '../speed/stage.ts';
import type { MeasureOptions } from './main.ts';
import type { Column } from './turns.ts';

/** More than any phase sells, so that nobody buys twice in one. */
const SHOPPERS_PER_SECOND = 6_000;
const PAST_ORDERS = 20_000;
/** A runtime is slow at first: it has yet to compile what it does. */
const WARM_UP_SECONDS = 5;

export interface SellingShop {
  bench: Bench;
  stop(): Promise<void>;
}

/** @param variables of the Worker, besides what it cannot do without. */
export async function openSellingShop(
  { stopped, tell, connections, seconds }: MeasureOptions,
  variables: Record<string, string> = {},
): Promise<SellingShop> {
  const setting = await openSetting(tell, variables);
  try {
    tell('enrolling shoppers');
    const count = SHOPPERS_PER_SECOND * (Math.max(seconds, WARM_UP_SECONDS) + 1);
    await insertShoppers(setting.db, count);
    const itemId = await insertCatalogueItem(setting.db);
    await insertPastOrders(setting.db, { itemId, count: PAST_ORDERS });
    const shoppers = createShoppers(count, setting.jwtSecret);
    const { port, postgresUrl } = setting;
    const world = { port, postgresUrl, shoppers };
    const bench: Bench = { setting, world, itemId, stopped, tell, wrong: [] };
    tell('warming up');
    await sell(bench, { connections, seconds: WARM_UP_SECONDS });
    return { bench, stop: setting.stop };
  } catch (error) {
    await setting.stop();
    throw error;
  }
}

/** One phase of purchases. @param eventItemId a new sale of its own by default. */
export async function sell(
  bench: Bench,
  phase: { connections: number; seconds: number; onOver?: () => void },
  eventItemId?: EventItemId,
): Promise<Sample> {
  bench.stopped.throwIfAborted();
  const on = eventItemId ?? (await openPhaseSale(bench));
  return measureOn(bench, { name: 'reserve', round: 0, ...phase }, on);
}

export function openPhaseSale({ setting, itemId }: Bench): Promise<EventItemId> {
  return openSale(setting, { itemId, stock: LIMITS.stockMax });
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
];

export function saleFigures(sample: Sample): Record<string, number> {
  const { perSecond, p50Ms, p99Ms, slowestMs, runtimeUsEach } = sample;
  return { perSecond, p50Ms, p99Ms, slowestMs, runtimeUsEach };
}
