/** One entry of a queue: whose, for what, where it stands, and what became of it. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { QueueEntryStatus } from '../../../worker/contract/queue.ts';
import type { AdminQueueEntry } from '../../../worker/contract/queue-administration.ts';
import { itemTitle } from '../../format/item-title.ts';
import { formatInstant } from '../../format/times.ts';
import { useShop } from '../../shop/shop.ts';
import { OrderBadge } from '../../ui/order-badge.tsx';
import { orderPath } from '../orders/order-filter.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { DisqualifyButton } from './disqualify-button.tsx';

/** The sign of an order's state that means as much. */
const SIGNS: Readonly<Record<QueueEntryStatus, string>> = {
  waiting: 'pending',
  offered: 'confirmed',
  left: 'cancelled',
  skipped: 'cancelled',
  closed: 'closed',
};

export function EntryRow({ entry: listed }: { entry: AdminQueueEntry }) {
  const { locale } = useShop();
  const row = useRef<HTMLElement>(null);
  const [skipped, setSkipped] = useState<AdminQueueEntry>();
  // The button that was pressed is gone then.
  useEffect(() => {
    if (skipped !== undefined) row.current?.focus();
  }, [skipped]);
  const entry = skipped ?? listed;
  const { lookup } = ADMIN_TEXTS.queue;
  const { status, reason, rank, seq, quantity, minQuantity, endedAt } = entry;
  const at = (instant: string) => formatInstant(instant, { locale });
  return (
    <article ref={row} tabIndex={-1}>
      <div class="row-head">
        <h2 class="row-title" dir="auto">
          {itemTitle(entry.itemName, entry.variantLabel)}
        </h2>
        <p class="order-price">{rank === null ? lookup.unranked : lookup.rank(rank)}</p>
      </div>
      <p class="row-meta">
        <span class={`badge badge-${SIGNS[status]}`} key={status}>
          {lookup.statuses[status]}
        </span>
        {reason && <strong>{lookup.reasons[reason]}</strong>}
        <span>{lookup.entered(seq, at(entry.enteredAt))}</span>
        {endedAt && status !== 'waiting' && status !== 'closed' && (
          <span>{lookup.ended[status](at(endedAt))}</span>
        )}
      </p>
      <p class="row-meta">
        <a href={orderPath({ customer: entry.customerId })}>{entry.customerEmail}</a>
        <span>{lookup.wish(quantity, minQuantity)}</span>
        <span class="row-id">{entry.id}</span>
      </p>
      <Offer entry={entry} />
      {(status === 'waiting' || status === 'closed') && (
        <div class="entry-actions">
          <DisqualifyButton entry={entry} onDone={setSkipped} />
        </div>
      )}
    </article>
  );
}

/** The order that its turn made, and the way to it. */
function Offer({ entry }: { entry: AdminQueueEntry }) {
  const { locale } = useShop();
  const { lookup } = ADMIN_TEXTS.queue;
  const { order, eventId, customerId } = entry;
  if (order === null) return null;
  return (
    <p class="row-meta">
      <a href={orderPath({ event: eventId, customer: customerId })}>
        {lookup.offer(order.quantity)}
      </a>
      <OrderBadge status={order.status} />
      {order.status === 'pending' && (
        <span>{ADMIN_TEXTS.orders.until(formatInstant(order.expiresAt, { locale }))}</span>
      )}
    </p>
  );
}
