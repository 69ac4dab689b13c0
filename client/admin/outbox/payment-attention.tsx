/** A warning where payments need an admin's look, with links to what it is about. Draws nothing without. */
import type { PaymentAttention as Counts } from '../../../worker/contract/payment-attention.ts';
import { formatInstant } from '../../format/times.ts';
import { useShop } from '../../shop/shop.ts';
import { usePolled } from '../../shop/use-polled.ts';
import { useAdmin } from '../api/admin-context.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { outboxPath } from './outbox-place.ts';

/** What is counted changes within hours. */
const EVERY_MS = 60_000;

/** @param props.eventId of one event; without, of all. */
export function PaymentAttention({ eventId }: { eventId?: string }) {
  const admin = useAdmin();
  const { value } = usePolled<Counts>({
    of: 'payment attention',
    key: eventId ?? '',
    load: () => admin.paymentAttention(eventId),
    pace: () => ({ everyMs: EVERY_MS, momentsMs: [] }),
  });
  const { locale } = useShop();
  if (value === null) return null;
  const { disputed, answerBy, answerOrderId } = value;
  if (value.late + value.failed + value.owed + disputed === 0) return null;
  const { attention } = ADMIN_TEXTS.payments;
  const capture = 'payment.capture';
  const lines = [
    [value.owed, attention.owed, { outcome: 'given_up' }],
    [value.late, attention.late, { outcome: 'waiting', kind: capture }],
    [value.failed, attention.failed, { outcome: 'given_up', kind: capture }],
  ] as const;
  return (
    <section class="notice" aria-labelledby="payment-attention">
      <h2 id="payment-attention" class="notice-title">
        {attention.title}
      </h2>
      {disputed > 0 && answerBy !== null && (
        <p>
          {attention.disputed(disputed, formatInstant(answerBy, { locale }))}{' '}
          <a href={`/admin/orders/${answerOrderId}`}>{attention.showOrder}</a>
        </p>
      )}
      {lines.map(
        ([count, words, filter]) =>
          count > 0 && (
            <p key={words(count)}>
              {words(count)} <a href={outboxPath(filter)}>{attention.show}</a>
            </p>
          ),
      )}
    </section>
  );
}
