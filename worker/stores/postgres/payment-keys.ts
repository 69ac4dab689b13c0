/** The keys with which the provider was asked for changes, and which stand for a refusal by now. */
import { eq, sql } from 'drizzle-orm';
import type { PaymentId, RefundId } from '../../contract/ids.ts';
import { type Db, guarded } from './client.ts';
import { paymentRefunds, payments } from './payment-schema.ts';

/** From now on another key is used for what is asked for once more. Throws a Fault. */
export async function spendPaymentKey(db: Db, id: PaymentId): Promise<void> {
  const keysSpent = sql`${payments.keysSpent} + 1`;
  await guarded(() => db.update(payments).set({ keysSpent }).where(eq(payments.id, id)));
}

/** The same for a refund. */
export async function spendRefundKey(db: Db, id: RefundId): Promise<void> {
  const keysSpent = sql`${paymentRefunds.keysSpent} + 1`;
  await guarded(() =>
    db.update(paymentRefunds).set({ keysSpent }).where(eq(paymentRefunds.id, id)),
  );
}
