/** What a test sees and works off of a cancelled event, as the outbox would: in tests in workerd. */
import { sql } from 'drizzle-orm';
import type { EventId } from '../contract/ids.ts';
import type { OutboxPayload } from '../contract/outbox.ts';
import { workOffCancelling } from '../outbox/cancelling/cancel-event.ts';
import { deps } from './shop.ts';

const BATCHES_MAX = 30;

/**
 * Works off the batches of an event, until none waits.
 * @param times each as often as that, as where what became of it was lost.
 * @returns their stages.
 */
export async function workOffBatches(eventId: EventId, times = 1): Promise<string[]> {
  const { db } = deps.stores;
  const worked: string[] = [];
  for (let batches = 0; batches < BATCHES_MAX; batches++) {
    const { rows } = await db.execute<{ id: string; payload: OutboxPayload<'event.cancel'> }>(sql`
      SELECT id, payload FROM outbox
       WHERE kind = 'event.cancel' AND payload ->> 'eventId' = ${eventId} AND outcome IS NULL ORDER BY id`);
    const [row] = rows;
    if (row === undefined) return worked;
    if (rows.length > 1) throw new Error('two batches wait at once');
    for (let time = 0; time < times; time++) await workOffCancelling(deps, row.payload);
    await db.execute(
      sql`UPDATE outbox SET outcome = 'done', ended_at = now(), payload = NULL WHERE id = ${row.id}`,
    );
    worked.push(row.payload.stage);
  }
  throw new Error('the cancelling never ends');
}

/** The rows of the outbox about a person, by their kind. */
export async function mailsTo(userId: string): Promise<string[]> {
  const { rows } = await deps.stores.db.execute<{ kind: string }>(
    sql`SELECT kind FROM outbox WHERE user_id = ${userId} ORDER BY id`,
  );
  return rows.map(({ kind }) => kind);
}
