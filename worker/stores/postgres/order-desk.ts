/** What admins write down of orders after they were sold: that they were sent, and a note. */
import { type SQL, sql } from 'drizzle-orm';
import type { LastChange } from '../../contract/administration.ts';
import type { OrderId } from '../../contract/ids.ts';
import type { NotSent } from '../../contract/order-desk.ts';
import { type Act, instantJson, logChanges } from './audit.ts';
import { type Db, guarded, instant } from './client.ts';
import { lastChange } from './versions.ts';

/** One that was sent stays so, even if its units came back since. */
const REFUSAL = sql`CASE WHEN o.sent_at IS NOT NULL THEN NULL WHEN o.status <> 'confirmed' THEN 'order_not_confirmed'
  WHEN o.units_returned >= o.quantity THEN 'order_returned' END`;

export interface Sending extends Act {
  ids: readonly OrderId[];
  /** Undefined leaves it as it is. */
  trackingUrl?: string | null | undefined;
  /** Of single orders, in place of the one for all. */
  trackingUrls?: readonly { id: OrderId; trackingUrl: string | null }[] | undefined;
}

export interface Sent {
  id: OrderId;
  refused: NotSent | null;
  /** It had been sent before: its time stays. */
  wasSent: boolean;
}

/**
 * Says that orders were sent, each with its entry in the audit log. One that was sent before keeps its time. An
 * order whose payment failed has given all its units back, and is refused as such. Its customer is told by mail, once
 * of each link: who calls it wakes the dispatcher after it.
 * @returns how each ended, in the order of `ids`.
 */
export async function markSent(
  db: Db,
  { ids, trackingUrl, trackingUrls = [], actor, nowMs }: Sending,
): Promise<Sent[]> {
  const url = trackingUrl === undefined ? sql`o.tracking_url` : sql`${trackingUrl}::text`;
  const links = JSON.stringify(trackingUrls.map(({ id, trackingUrl: link }) => ({ id, link })));
  const entry = { actor, action: 'order.sent', subject: sql`id` };
  const [before, , after] = await guarded(() =>
    db.batch([
      lockStatement(db, ids),
      db.execute(sql`
        WITH asked AS (
          SELECT o.*, CASE WHEN l.id IS NULL THEN ${url} ELSE l.link END AS url
            FROM orders o LEFT JOIN jsonb_to_recordset(${links}::jsonb) l (id text, link text) ON l.id = o.id
           WHERE o.id IN ${ids} AND ${REFUSAL} IS NULL),
        changed AS (
          UPDATE orders o SET sent_at = coalesce(a.sent_at, ${instant(nowMs)}), tracking_url = a.url
            FROM asked a WHERE o.id = a.id AND (a.sent_at IS NULL OR a.tracking_url IS DISTINCT FROM a.url)
          RETURNING o.id, o.customer_id, a.sent_at AS sent_before, a.tracking_url AS url_before, o.sent_at, o.tracking_url),
        mailed AS (
          INSERT INTO outbox (kind, key, user_id, payload, priority, created_at, due_at)
          SELECT 'mail.order_sent', ${orderSentKey(sql`id`, sql`tracking_url`)}, customer_id,
                 jsonb_build_object('userId', customer_id, 'orderId', id), 1, ${instant(nowMs)}, ${instant(nowMs)}
            FROM changed WHERE sent_before IS NULL OR tracking_url IS NOT NULL
              ON CONFLICT (key) DO UPDATE SET outcome = NULL, ended_at = NULL, last_error = NULL, tries = 0,
                 payload = excluded.payload, created_at = excluded.created_at, due_at = excluded.due_at
           WHERE outbox.outcome = 'dropped')
        ${logChanges(
          entry,
          sql`SELECT ${logged(sql`sent_before`, word(sql`url_before`))},
                     ${logged(sql`sent_at`, word(sql`tracking_url`, sql`url_before`))},
                     id FROM changed`,
        )}`),
      db.execute<{ id: OrderId; refused: NotSent | null }>(
        sql`SELECT o.id, ${REFUSAL} AS refused FROM orders o WHERE o.id IN ${ids}`,
      ),
    ]),
  );
  const ends = new Map(after.rows.map(({ id, refused }) => [id, refused]));
  const sentBefore = new Set(before.rows.flatMap(({ id, wasSent }) => (wasSent ? [id] : [])));
  return ids.map((id) => {
    const refused = ends.get(id);
    const wasSent = sentBefore.has(id);
    return { id, refused: refused === undefined ? 'not_found' : refused, wasSent };
  });
}

/** Names the mail about an order with this link, or with none. One that was dropped is tried again. */
export function orderSentKey(id: SQL, url: SQL): SQL<string> {
  return sql<string>`'order_sent/' || ${id} || '/' || coalesce(left(encode(sha256(convert_to(${url}, 'UTF8')), 'hex'), 16), '')`;
}

/** Takes it back, with an entry in the audit log; nothing where it was not sent. */
export async function takeSentBack(db: Db, id: OrderId, { actor }: Act): Promise<void> {
  const entry = { actor, action: 'order.not_sent', subject: id };
  await guarded(() =>
    db.batch([
      lockStatement(db, [id]),
      db.execute(sql`
        WITH before AS (
          SELECT id, sent_at, tracking_url FROM orders WHERE id = ${id} AND sent_at IS NOT NULL),
        changed AS (
          UPDATE orders o SET sent_at = NULL, tracking_url = NULL FROM before WHERE o.id = before.id
          RETURNING before.sent_at, before.tracking_url)
        ${logChanges(
          entry,
          sql`SELECT ${logged(sql`sent_at`, word(sql`tracking_url`))},
                     ${logged(sql`NULL::timestamptz`, sql`NULL`)} FROM changed`,
        )}`),
    ]),
  );
}

/**
 * Keeps what admins tell each other of an order, with an entry in the audit log; empty for nothing.
 * @param was what is to be replaced; undefined for whatever is there
 * @returns false where neither that nor the new note is there, and nothing was changed
 */
export async function writeNote(
  db: Db,
  id: OrderId,
  { actor, note, was }: Pick<Act, 'actor'> & { note: string; was?: string | undefined },
): Promise<boolean> {
  const entry = { actor, action: 'order.note', subject: id };
  const isReplaced = was === undefined ? sql`true` : sql`coalesce(old.note, '') = ${was}::text`;
  const [, found] = await guarded(() =>
    db.batch([
      lockStatement(db, [id]),
      db.execute<{ isThere: boolean }>(sql`
        SELECT ${isReplaced} OR coalesce(old.note, '') = ${note}::text AS "isThere" FROM orders old WHERE id = ${id}`),
      db.execute(sql`
        WITH old AS (SELECT id, note FROM orders old WHERE id = ${id} AND ${isReplaced}),
        changed AS (
          UPDATE orders o SET note = nullif(${note}::text, '') FROM old
           WHERE o.id = old.id AND old.note IS DISTINCT FROM nullif(${note}::text, '')
          RETURNING old.note AS old_note, o.note AS new_note)
        ${logChanges(
          entry,
          sql`SELECT jsonb_build_object('note', ${word(sql`old_note`)}),
                     jsonb_build_object('note', ${word(sql`new_note`, sql`old_note`)}) FROM changed`,
        )}`),
    ]),
  );
  return found.rows[0]?.isThere ?? true;
}

/** The note that is there now, and who wrote it. @returns undefined without such an order */
export async function readNoteState(
  db: Db,
  id: OrderId,
): Promise<{ note: string; changedBy: LastChange | null } | undefined> {
  const { rows } = await guarded(() =>
    db.execute<{ note: string; changedBy: LastChange | null }>(sql`
      SELECT coalesce(note, '') AS note, ${lastChange(sql`SELECT ${id}`, 'order.note')} AS "changedBy"
        FROM orders WHERE id = ${id}`),
  );
  return rows[0];
}

/** One after the other, so that two calls with the same orders do not wait for each other. */
function lockStatement(db: Db, ids: readonly OrderId[]) {
  return db.execute<{ id: OrderId; wasSent: boolean }>(sql`
    SELECT id, sent_at IS NOT NULL AS "wasSent" FROM orders WHERE id IN ${ids} ORDER BY id FOR NO KEY UPDATE`);
}

/**
 * What the log has in place of a note, or of a link to a parcel's page: both tell of a person, and nothing is
 * ever taken out of the log.
 */
function word(text: SQL, before: SQL = text): SQL {
  return sql`CASE WHEN ${text} <> ${before} THEN 'changed' WHEN ${text} IS NOT NULL THEN 'set' END`;
}

function logged(sentAt: SQL, link: SQL): SQL {
  return sql`jsonb_build_object('sentAt', ${instantJson(sentAt)}, 'trackingUrl', ${link})`;
}
