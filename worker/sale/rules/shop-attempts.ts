/** What the shop attempts by itself, behind a payment. It is no customer's request. Pure. */
import type { OrderId, PaymentId, RefundId, UserId } from '../../contract/ids.ts';

/** Nobody's login and no key stand behind it. */
interface ByShop {
  orderId: OrderId;
  /** Whose order it is. */
  customerId: UserId;
  sessionEpoch?: undefined;
  loginId?: undefined;
  key?: undefined;
}

/** The payment is authorised, so its order may be confirmed. */
export interface ConfirmPaidAttempt extends ByShop {
  kind: 'confirm_paid';
  paymentId: PaymentId;
}

/** Units of a confirmed order go back on sale: those of a refund, or all that are left where its payment failed. */
export type ReturnUnitsAttempt = ByShop & { kind: 'return_units' } & (
    | { refundId: RefundId }
    | { paymentId: PaymentId }
  );

export type ShopAttempt = ConfirmPaidAttempt | ReturnUnitsAttempt;

/** No customer's rate counts them, and nothing but the ledger refuses them. */
export function isByShop<Attempt extends { kind: string }>(
  attempt: Attempt,
): attempt is Extract<Attempt, { kind: ShopAttempt['kind'] }> {
  return attempt.kind === 'confirm_paid' || attempt.kind === 'return_units';
}

/** Whether it is to confirm an order, whoever sends it. */
export function isConfirm({ kind }: { kind: string }): boolean {
  return kind === 'confirm' || kind === 'confirm_paid';
}
