/** Looks at what an event of the provider is about. What is told is not believed: it is asked for. */
import { type PaymentId, paymentIdSchema } from '../contract/ids.ts';
import type { ProviderEvent } from '../payment/provider.ts';
import { type EventToLookAt, findPaymentEvent } from '../stores/postgres/payment-events.ts';
import { findPayment, writeSession } from '../stores/postgres/payments.ts';
import { type Looked, type LookNeeds, lookAtFound } from './look-at-payment.ts';

type About = NonNullable<ProviderEvent['about']>;

/**
 * - `foreign`: it is about nothing that this shop began, such as a payment made by hand at the provider.
 * - `nothing_new`: it was seen to, or says no more than that a payment was captured of which the shop knows it.
 * - `unknown`: it is about an attempt of this shop that has no row. The event is kept: it is looked at
 *   when the provider tells it again, or its attempt gets its page.
 *
 * Of the first two nothing is left to be done. Whoever calls it marks which events are seen to.
 *
 * @param ahead the event, where it was read a moment ago. What came since then is seen to by its own look.
 * @throws PaymentFault where the provider does not answer, and Fault where the payment's event does not.
 */
export async function lookAtEvent(
  needs: LookNeeds,
  providerEventId: string,
  ahead?: EventToLookAt,
): Promise<Looked | 'foreign' | 'nothing_new' | 'unknown'> {
  const { db, provider } = needs;
  const read = ahead ?? (await findPaymentEvent(db, providerEventId));
  if (read === undefined) return 'foreign';
  const { event, found } = read;
  const { aboutKind, aboutId } = event;
  if (aboutKind === null || aboutId === null) return 'foreign';
  // Whoever saw to it asked the provider after it was stored.
  if (event.workedAt !== null) return 'nothing_new';
  if (found && provider.tellsOfCapture(event.kind) && isCaptured(found)) return 'nothing_new';
  const about = { kind: aboutKind, id: aboutId };
  const id = found?.payment.id ?? (await attemptOf(needs, about));
  if (id === undefined) return 'foreign';
  const before = found ?? (await findPayment(db, id));
  if (before === undefined) return 'unknown';
  const events = [...new Set([...before.events, providerEventId])];
  const hint = about.kind === 'payment' ? about.id : undefined;
  return (await lookAtFound(needs, { ...before, events }, hint)) ?? 'unknown';
}

function isCaptured({ payment }: Pick<Looked, 'payment'>): boolean {
  return payment.state === 'captured' && payment.capturedMinor === payment.amountMinor;
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
