/** Looks at what an event of the provider is about. What is told is not believed: it is asked for. */
import { type PaymentId, paymentIdSchema } from '../contract/ids.ts';
import type { ProviderEvent } from '../payment/provider.ts';
import { findPaymentEvent, markEventForeign } from '../stores/postgres/payment-events.ts';
import { findPaymentId, writeSession } from '../stores/postgres/payments.ts';
import { type Looked, type LookNeeds, lookAtPayment } from './look-at-payment.ts';

type About = NonNullable<ProviderEvent['about']>;

/**
 * - `foreign`: it is about nothing that this shop began, such as a payment made by hand at the provider.
 * - `unknown`: it is about an attempt of this shop that has no row. The event is kept: it is looked at
 *   when the provider tells it again, or its attempt gets its page.
 *
 * @throws PaymentFault where the provider does not answer, and Fault where the payment's event does not.
 */
export async function lookAtEvent(
  needs: LookNeeds,
  providerEventId: string,
): Promise<Looked | 'foreign' | 'unknown'> {
  const { db, nowMs } = needs;
  const event = await findPaymentEvent(db, providerEventId);
  if (event === undefined || event.aboutKind === null || event.aboutId === null) return 'foreign';
  const about = { kind: event.aboutKind, id: event.aboutId };
  const id = (await findPaymentId(db, about)) ?? (await attemptOf(needs, about));
  if (id === undefined) {
    await markEventForeign(db, providerEventId, nowMs());
    return 'foreign';
  }
  const hint = about.kind === 'payment' ? about.id : undefined;
  return (await lookAtPayment(needs, id, hint)) ?? 'unknown';
}

/** Of a page or payment that no row names: its attempt stands in what the provider keeps of it. */
async function attemptOf(needs: LookNeeds, about: About): Promise<PaymentId | undefined> {
  const { provider } = needs;
  if (about.kind === 'payment') return ours((await provider.readPayment(about.id))?.attemptId);
  const session = await provider.readSession(about.id);
  const id = ours(session?.attemptId);
  if (session === undefined || id === undefined) return undefined;
  // Its answer was lost when it was made: from now on the row knows it.
  await writeSession(needs.db, id, { ...session, nowMs: needs.nowMs() });
  return id;
}

function ours(attemptId: string | undefined): PaymentId | undefined {
  const id = paymentIdSchema.safeParse(attemptId);
  return id.success ? id.data : undefined;
}
