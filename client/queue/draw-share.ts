/** How far the units of a coming draw go. Pure. */
import type { Stock } from '../../worker/contract/events.ts';
import type { ItemQueue } from '../../worker/contract/queue.ts';

/**
 * The share of those who take part that there is enough for: as all are drawn alike, about the share of
 * their units. Only while entries are open: later, those who came too late are counted too.
 *
 * @param more units that one would wish for besides
 * @returns from 0 to 1, in whole hundredths; 0 for less than one
 */
export function drawShare(
  { waitingUnits }: Pick<ItemQueue, 'waitingUnits'>,
  { remaining }: Pick<Stock, 'remaining'>,
  more: number,
): number {
  const wished = waitingUnits + more;
  return wished <= remaining ? 1 : Math.min(99, Math.floor((100 * remaining) / wished)) / 100;
}
