/** What the provider has of a payment now, as its row keeps it. Writes nothing. */

import type {
  Payment,
  PaymentProvider,
  PaymentSession,
  PaymentState,
} from '../payment/provider.ts';
import type { PresentPayment } from '../stores/postgres/payment-states.ts';
import type { PaymentRow } from '../stores/postgres/payments.ts';

/** With what its row does not keep. */
export type Present = PresentPayment & { isDisputed: boolean };
type Sum = Pick<PaymentRow, 'amountMinor' | 'currency'>;
type Asked = Pick<PaymentProvider, 'findPayments' | 'readPayment' | 'readSession'>;

/**
 * The page is asked for where it is known, since it says too whether one may still pay.
 * @param hint the provider's payment, where an event named it and the row does not know it yet.
 */
export async function readPresent(
  provider: Asked,
  row: PaymentRow,
  hint?: string,
): Promise<Present> {
  const { sessionId } = row;
  const session = sessionId === null ? undefined : await provider.readSession(sessionId);
  if (session !== undefined) return presentOf(row, session, session.payment);
  const providerPaymentId = row.providerPaymentId ?? hint;
  const payment =
    providerPaymentId === undefined
      ? await findPaid(provider, row)
      : await provider.readPayment(providerPaymentId);
  if (payment !== undefined) return presentOf(row, payment, payment);
  // Without a page nobody can have paid, yet it may still be given one. Of money that is known, nothing is
  // concluded from a provider that does not know it: it may be another account's.
  const isGone = sessionId !== null && row.state === 'open';
  return presentOf(row, { state: isGone ? 'released' : 'open' }, undefined);
}

const UNPAID: ReadonlySet<PaymentState> = new Set(['open', 'processing', 'released']);

/** Of several that were tried, the one that holds money. */
async function findPaid(provider: Asked, { id }: PaymentRow): Promise<Payment | undefined> {
  const found = await provider.findPayments(id);
  return found.find(({ state }) => !UNPAID.has(state)) ?? found[0];
}

/** Of a page, with the payment on it, or of a payment alone. */
export function presentOf(
  row: Sum,
  { state: said }: Pick<PaymentSession | Payment, 'state'>,
  payment: Payment | undefined,
): Present {
  const state = rowStateOf(said);
  return {
    state,
    providerPaymentId: payment?.paymentId,
    capturedMinor: payment?.capturedMinor ?? 0,
    refundedMinor: payment?.refundedMinor ?? 0,
    captureBeforeMs: payment?.captureBeforeMs,
    declineReason: payment?.declineReason,
    endReason: endReasonOf(said, payment),
    isWhole: payment === undefined || isWhole(row, payment, state),
    isDisputed: payment?.isDisputed ?? false,
  };
}

function rowStateOf(state: PaymentState): PresentPayment['state'] {
  if (state === 'processing') return 'open';
  return state === 'partly_refunded' || state === 'refunded' ? 'captured' : state;
}

function endReasonOf(
  state: PaymentState,
  payment: Payment | undefined,
): PresentPayment['endReason'] {
  if (state === 'failed') return 'lapsed';
  if (state !== 'released') return undefined;
  return payment?.state === 'released' ? 'cancelled' : 'expired';
}

function isWhole(row: Sum, payment: Payment, state: PresentPayment['state']): boolean {
  const { amountMinor, currency, capturedMinor } = payment;
  if (currency !== row.currency || amountMinor !== row.amountMinor) return false;
  return state !== 'captured' || capturedMinor === amountMinor;
}
