/** The minute's sweep, of one test's sales only. */
import type { EventId } from '../contract/ids.ts';
import { sweep } from '../sweep/sweep.ts';
import { deps } from './shop.ts';

/** So many that those of other tests, which nobody ends, never fill a sweep. */
export const EVENTS_MAX = 100_000;

/**
 * Leaves the sales of other tests alone: they are hundreds, to wake them costs more than most tests, and
 * where the clock was set forward their holds would end in the middle of a test.
 * @returns which of these events it woke, in their order.
 */
export async function sweepOf(...eventIds: EventId[]): Promise<EventId[]> {
  const woken: EventId[] = [];
  const expireDue = async (id: EventId) => {
    if (!eventIds.includes(id)) return;
    woken.push(id);
    await deps.sale.expireDue(id);
  };
  await sweep({ ...deps, sale: { expireDue } }, EVENTS_MAX);
  return woken;
}
