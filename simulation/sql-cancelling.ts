/** Cancelling of the real event: by the Worker's own code, and batches as its outbox works them off. */
import { sql } from 'drizzle-orm';
import type { EventId, UserId } from '../worker/contract/ids.ts';
import type { OutboxPayload } from '../worker/contract/outbox.ts';
import { cancelEvent } from '../worker/stores/postgres/event-cancellation.ts';
import type { AdminChange } from './ledger.ts';
import type { SqlDatabase } from './sql-database.ts';

type Cancelling = Extract<AdminChange, { kind: 'cancel' | 'cancel_batch' }>;

const ADMIN = 'the simulation' as UserId;

export async function changeCancelling(
  { db }: SqlDatabase,
  eventId: EventId,
  change: Cancelling,
): Promise<void> {
  const { nowMs } = change;
  if (change.kind === 'cancel') {
    const act = { actor: ADMIN, reason: 'simulated', condition: undefined, nowMs };
    await cancelEvent(db, eventId, act);
    return;
  }
  const { rows } = await db.execute<{ id: string; payload: OutboxPayload<'event.cancel'> }>(sql`
    SELECT id, payload FROM outbox WHERE kind = 'event.cancel' AND outcome IS NULL ORDER BY id LIMIT 1`);
  const [row] = rows;
  if (row === undefined) return;
  const batch = JSON.stringify(row.payload);
  for (let times = change.isAgain ? 2 : 1; times > 0; times--) {
    await db.execute(
      sql`SELECT cancel_event_batch(${eventId}, ${batch}::jsonb, ${change.limit}::int, ${nowMs}::bigint)`,
    );
  }
  await db.execute(sql`UPDATE outbox SET outcome = 'done', ended_at = now() WHERE id = ${row.id}`);
}
