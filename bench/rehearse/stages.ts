/** What is shown while a sale is played. Must not play or judge it. */
import { confirmedUnits, total } from './observations.ts';
import type { Progress, Snapshot } from './progress.ts';
import type { SaleContext } from './sale-context.ts';

const REDRAW_MS = 100;

export async function whileDrawing<T>(
  progress: Progress,
  snapshot: () => Snapshot,
  work: () => Promise<T>,
): Promise<T> {
  const timer = setInterval(() => progress.show(snapshot()), REDRAW_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    progress.show(snapshot(), true);
  }
}

export function saleSnapshot(context: SaleContext, couldBeSold: number): Snapshot {
  const { observations } = context;
  const leftMs = context.opensAtMs - context.serverNow();
  const refused = total(observations.refused);
  const retries = total(observations.retries);
  const note =
    leftMs > 0
      ? `opens in ${Math.ceil(leftMs / 1_000)} s`
      : `${observations.holds.length} holds, ${refused} refused, ${retries} retries`;
  return { stage: 'selling', done: confirmedUnits(observations.holds), total: couldBeSold, note };
}
