/** A warning where payments need an admin's look, with links to what it is about. Draws nothing without. */
import type { PaymentAttention as Counts } from '../../../worker/contract/payment-attention.ts';
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
  if (value === null || value.late + value.failed + value.owed === 0) return null;
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
