/** What those who wait would buy, as units and money. Pure. */
import type { EventItem, EventStatus } from '../../../worker/contract/events.ts';

export interface Demand {
  readonly entries: number;
  /** What they wish for. */
  readonly units: number;
  /** Those of them for which there are no units: what would sell if it was added. */
  readonly missingUnits: number;
  /** What the missing units would bring, in minor units of the event's currency. */
  readonly missingCents: number;
}

/** When what is added would sell. */
export type DemandMoment = 'now' | 'opening' | 'over';

type Queued = Pick<EventItem, 'queue' | 'stock' | 'priceCents'>;

export function demandOf(items: readonly Queued[]): Demand {
  const demand = { entries: 0, units: 0, missingUnits: 0, missingCents: 0 };
  for (const { queue, stock, priceCents } of items) {
    const missing = Math.max(0, queue.waitingUnits - stock.remaining);
    demand.entries += queue.waiting;
    demand.units += queue.waitingUnits;
    demand.missingUnits += missing;
    demand.missingCents += missing * priceCents;
  }
  return demand;
}

/** Of units that are added to an item, those that its queue would take, and what they would bring. */
export function soldOfAdded(item: Queued, added: number): { units: number; cents: number } {
  const units = Math.min(Math.max(0, added), demandOf([item]).missingUnits);
  return { units, cents: units * item.priceCents };
}

export function demandMoment(status: EventStatus): DemandMoment {
  if (status === 'closed') return 'over';
  return status === 'locked' ? 'opening' : 'now';
}
