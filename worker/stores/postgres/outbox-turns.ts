/** Whose turn it is among the rows of one payment: one at a time, in the order in which they were written. */
import { type SQL, sql } from 'drizzle-orm';
import type { OutboxKind } from '../../contract/outbox.ts';
import { instant } from './client.ts';

/**
 * While one of these waits for its next try, others of its payment go on: what takes money may fail for
 * days, and must not keep back what returns it.
 */
const OVERTAKEN_KINDS = ['payment.capture', 'payment.look'] as const satisfies OutboxKind[];

/**
 * Of a row of `outbox`: no other of its payment is being worked off, and none is to be before it. One that
 * has ended, however it did, holds up no other.
 */
export function isItsTurn(nowMs: number): SQL {
  const now = instant(nowMs);
  const overtaken = sql.join(
    OVERTAKEN_KINDS.map((kind) => sql`${kind}::text`),
    sql`, `,
  );
  return sql`(outbox.payment_id IS NULL OR NOT EXISTS (
    SELECT FROM outbox AS other
     WHERE other.payment_id = outbox.payment_id AND other.outcome IS NULL AND other.id <> outbox.id
       AND (other.leased_until > ${now}
            OR other.id < outbox.id AND NOT (other.kind IN (${overtaken}) AND other.due_at > ${now}))))`;
}
