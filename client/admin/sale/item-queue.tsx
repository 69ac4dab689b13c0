/** Who waits for an item: figures, and what they would buy as money. Must not count anything. */
import type { EventItem, EventStatus } from '../../../worker/contract/events.ts';
import { formatMoney } from '../../format/money.ts';
import { useShop } from '../../shop/shop.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { type Demand, demandMoment, demandOf, soldOfAdded } from './demand.ts';

interface OfSale {
  readonly currency: string;
  readonly status: EventStatus;
}

/** Nothing where nobody waits and nobody did. */
export function ItemQueue({ item, ...sale }: OfSale & { item: EventItem }) {
  const { waiting, waitingUnits, offers, servedRank } = item.queue;
  const { number, queue } = ADMIN_TEXTS;
  if (waiting === 0 && offers === 0) return null;
  const cells = [
    [sale.status === 'locked' ? queue.figures.entrants : queue.figures.waiting, waiting],
    [queue.figures.units, waitingUnits],
    [queue.figures.offers, offers],
    [queue.figures.servedRank, servedRank],
  ] as const;
  return (
    <>
      <dl class="queue-figures">
        {cells.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{number(value)}</dd>
          </div>
        ))}
      </dl>
      <DemandWords demand={demandOf([item])} {...sale} />
    </>
  );
}

export function DemandWords({ demand, currency, status }: OfSale & { demand: Demand }) {
  const { locale } = useShop();
  const { entries, units, missingUnits, missingCents } = demand;
  const { demand: words, demandMet } = ADMIN_TEXTS.queue;
  if (entries === 0) return null;
  const money = formatMoney(missingCents, { currency, locale });
  return (
    <p class="demand">
      {missingUnits === 0
        ? demandMet(entries, units)
        : words[demandMoment(status)]({ entries, wished: units, missing: missingUnits, money })}
    </p>
  );
}

/** What the queue would take of units that are about to be added, to a sale that is not over. */
export function AddedWords({
  item,
  added,
  currency,
  status,
}: OfSale & { item: EventItem; added: number }) {
  const { locale } = useShop();
  const { units, cents } = soldOfAdded(item, added);
  const money = formatMoney(cents, { currency, locale });
  const words = ADMIN_TEXTS.queue.added[status === 'locked' ? 'opening' : 'now'];
  return <output class="stock-added">{units > 0 && words(added, units, money)}</output>;
}
