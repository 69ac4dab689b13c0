/** Changes of the real tables for which the Worker's own code asks for more than is simulated. */
import type { PGlite } from '@electric-sql/pglite';
import type { EventId, EventItemId, QueueEntryId, UserId } from '../worker/contract/ids.ts';
import { endHoldsOfInactive } from '../worker/stores/postgres/inactive-holds.ts';
import type { SqlDatabase } from './sql-database.ts';

export async function disqualify(
  pglite: PGlite,
  { eventId, entryId, nowMs }: { eventId: EventId; entryId: QueueEntryId; nowMs: number },
): Promise<void> {
  await pglite.query('SELECT disqualify_entry($1, $2, $3)', [eventId, entryId, nowMs]);
}

/** As a Worker of an old version did it: no admin changes a price in mid-sale. */
export async function setPrice(
  pglite: PGlite,
  { eventItemId, priceCents }: { eventItemId: EventItemId; priceCents: number },
): Promise<void> {
  await pglite.query('UPDATE event_items SET price_cents = $2 WHERE id = $1', [
    eventItemId,
    priceCents,
  ]);
}

/** Nothing that is simulated knows passwords or mails. */
export async function deleteAccount(
  { pglite, db }: SqlDatabase,
  id: UserId,
  nowMs: number,
): Promise<void> {
  const { rows } = await pglite.query(
    `UPDATE users SET active = false, deleted_at = now(), session_epoch = session_epoch + 1
      WHERE id = $1 AND active RETURNING id`,
    [id],
  );
  if (rows.length > 0) await endHoldsOfInactive(db, id, nowMs);
}
