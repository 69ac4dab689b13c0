/** What admins do besides in sales with a queue, and how the object hears of it. */
import { make, type Wake } from './admin-changes.ts';
import type { AdminChange } from './ledger.ts';
import type { RunContext } from './run-context.ts';
import { START_MS } from './scenario.ts';
import type { SeededRandom } from './seeded-random.ts';

const DISQUALIFICATIONS_MAX = 8;
const STOCK_CHANGES_MAX = 12;
const STOCK_STREAM = 1_000;
const UNITS_MAX = 3;

export function scheduleQueueAdmin(context: RunContext, random: SeededRandom, wake: Wake): void {
  const { clock, scenario } = context;
  if (!scenario.hasQueue) return;
  const schedule = (draw: SeededRandom, changeOf: () => AdminChange | undefined) =>
    clock.at(draw.int(START_MS, scenario.faultsEndAtMs), () => make(context, changeOf, wake));
  const disqualified = random.int(0, DISQUALIFICATIONS_MAX);
  for (let n = 0; n < disqualified; n++) {
    const draw = random.fork(n);
    schedule(draw, () => disqualify(context, draw));
  }
  const stocks = random.fork(STOCK_STREAM);
  const additions = Math.max(0, stocks.int(-STOCK_CHANGES_MAX, STOCK_CHANGES_MAX));
  for (let n = 0; n < additions; n++) {
    const draw = stocks.fork(n);
    schedule(draw, () => {
      const { id: eventItemId } = draw.pick(context.store.latest.items);
      return { kind: 'add_stock', eventItemId, units: draw.int(1, UNITS_MAX) };
    });
  }
}

/** Mostly somebody who waits. */
function disqualify({ store, clock }: RunContext, random: SeededRandom): AdminChange | undefined {
  const entries = [...store.latest.queue.entries.values()];
  const waiting = entries.filter(({ status }) => status === 'waiting');
  const among = waiting.length > 0 && random.happens(0.8) ? waiting : entries;
  if (among.length === 0) return undefined;
  return { kind: 'disqualify', entryId: random.pick(among).id, nowMs: clock.nowMs };
}
