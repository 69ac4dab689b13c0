/**
 * Looks at a payment of which something was told, or of which nobody has heard for long, and takes what was
 * given back of it into its rows, and its disputes.
 */
import { lookAtEvent } from '../../paying/look-at-event.ts';
import { type LookNeeds, lookAtFound } from '../../paying/look-at-payment.ts';
import type { LeasedRow } from '../../stores/postgres/outbox-work.ts';
import type { EventToLookAt } from '../../stores/postgres/payment-events.ts';
import { readPaymentWork } from '../../stores/postgres/payment-work.ts';
import { findPayment } from '../../stores/postgres/payments.ts';
import type { TryOutcome } from '../rules/outcome.ts';
import type { PaymentPorts } from './ports.ts';
import { tryAtProvider } from './provider-tries.ts';
import { takeDisputes } from './take-disputes.ts';
import { takeRefunds } from './take-refunds.ts';

type Row = LeasedRow<'payment.look'>;

/** @param ahead its event, where that was read with others of its lease. */
export function look(
  ports: PaymentPorts & LookNeeds,
  row: Row,
  ahead?: EventToLookAt,
): Promise<TryOutcome> {
  // Nothing is asked for that a key would stand for.
  return tryAtProvider(
    () => Promise.resolve(),
    async () => {
      const looked = await lookOnce(ports, row.payload, ahead);
      if (typeof looked === 'string') {
        const { providerEventId } = row.payload;
        // What is unknown is kept: its attempt may get its row yet.
        const isSeen = looked !== 'unknown' && providerEventId !== null;
        return { kind: 'dropped', reason: looked, events: isSeen ? [providerEventId] : [] };
      }
      const { payment: seen, events, isDisputed } = looked;
      if (seen.state === 'captured') {
        const payment = await readPaymentWork(ports.db, seen.id);
        if (payment !== undefined) await takeRefunds(ports, payment);
        if (payment !== undefined && isDisputed) await takeDisputes(ports, payment);
      }
      // Last, so that an event of which something is left to be done is looked at once more.
      return { kind: 'done', events };
    },
  );
}

async function lookOnce(
  ports: PaymentPorts & LookNeeds,
  { paymentId, providerEventId }: Row['payload'],
  ahead: EventToLookAt | undefined,
) {
  if (providerEventId !== null) return lookAtEvent(ports, providerEventId, ahead);
  const before = paymentId === null ? undefined : await findPayment(ports.db, paymentId);
  return (before && (await lookAtFound(ports, before))) ?? 'payment_gone';
}
