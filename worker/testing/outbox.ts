/** Builders of rows of the outbox for tests in workerd. */
import { sql } from 'drizzle-orm';
import type { PaymentId, UserId } from '../contract/ids.ts';
import type { OutboxOutcome } from '../contract/outbox.ts';
import { enqueueStatement } from '../stores/postgres/outbox.ts';
import { deps } from './shop.ts';

const DAY_MS = 24 * 60 * 60_000;

/** A mail that is not due for a day, unless it has ended. */
export async function addOutboxRow({
  outcome,
  userId,
  paymentId,
  key = `reset_password/${crypto.randomUUID()}`,
}: {
  outcome?: OutboxOutcome;
  userId?: UserId;
  paymentId?: PaymentId;
  key?: string;
} = {}): Promise<number> {
  const { db } = deps.stores;
  const nowMs = deps.platform.nowMs();
  const { rows } = await enqueueStatement(db, {
    kind: 'mail.reset_password',
    key,
    payload: { email: 'somebody@example.com' },
    priority: 0,
    userId,
    paymentId,
    nowMs,
    dueAtMs: nowMs + DAY_MS,
  });
  const id = Number(rows[0]?.id);
  if (outcome !== undefined) {
    await db.execute(sql`UPDATE outbox SET outcome = ${outcome}, ended_at = created_at, tries = 12,
      last_error = 'status_500' WHERE id = ${id}`);
  }
  return id;
}
