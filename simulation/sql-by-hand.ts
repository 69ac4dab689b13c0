/** Changes of the real tables for which the Worker's own code asks for more than is simulated. */
import type { PGlite } from '@electric-sql/pglite';
import type { EventId, EventItemId, QueueEntryId, UserId } from '../worker/contract/ids.ts';
import { endHoldsOfInactive } from '../worker/stores/postgres/inactive-holds.ts';
import type { SqlDatabase } from './sql-database.ts';

/** How many each customer is told by, until their logins end. */
const DEVICES_PER_CUSTOMER = 2;

/** Each by a login of its own, which nobody acts by. */
export async function addDevices(pglite: PGlite, customers: readonly UserId[]): Promise<void> {
  await pglite.query(
    `WITH device AS (
       INSERT INTO logins (id, user_id, secret_hash, created_at, expires_at)
       SELECT concat('device_', n, '_', id), id, 'none', now(), now()
         FROM unnest($1::text[]) AS id, generate_series(1, $2) AS n
       RETURNING id, user_id)
     INSERT INTO push_subscriptions (user_id, login_id, endpoint, p256dh, auth, language, created_at)
     SELECT user_id, id, id, 'none', 'none', 'en', now() FROM device`,
    [customers, DEVICES_PER_CUSTOMER],
  );
}

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
