/**
 * Looks at a payment of which something was told, or of which nobody has heard for long, and takes what was
 * given back of it into its rows.
 */
import { lookAtEvent } from '../../paying/look-at-event.ts';
import { type LookNeeds, lookAtPayment } from '../../paying/look-at-payment.ts';
import type { LeasedRow } from '../../stores/postgres/outbox-work.ts';
import { readPaymentWork } from '../../stores/postgres/payment-work.ts';
import type { TryOutcome } from '../rules/outcome.ts';
import type { PaymentPorts } from './ports.ts';
import { DONE, dropped, tryAtProvider } from './provider-tries.ts';
import { takeRefunds } from './take-refunds.ts';

export function look(
  ports: PaymentPorts & LookNeeds,
  { payload: { paymentId, providerEventId } }: LeasedRow<'payment.look'>,
): Promise<TryOutcome> {
  // Nothing is asked for that a key would stand for.
  return tryAtProvider(
    () => Promise.resolve(),
    async () => {
      const looked =
        providerEventId !== null
          ? await lookAtEvent(ports, providerEventId)
          : paymentId !== null && (await lookAtPayment(ports, paymentId));
      if (!looked || typeof looked === 'string') return dropped(looked || 'payment_gone');
      const payment = await readPaymentWork(ports.db, looked.payment.id);
      if (payment !== undefined && payment.state === 'captured') await takeRefunds(ports, payment);
      return DONE;
    },
  );
}
