/**
 * Mails about an order that an admin has sent again: a row of the outbox of its own, with an entry in the
 * audit log, which is also what they are counted by.
 */
import { type SQL, sql } from 'drizzle-orm';
import type { OrderId, UserId } from '../../contract/ids.ts';
import { ORDER_MAILS_PER_HOUR_MAX, type OrderMailKind } from '../../contract/order-desk.ts';
import { logChanges } from './audit.ts';
import { type Db, guarded, instant } from './client.ts';
import {
  type Claim,
  type Claimed,
  claimedOf,
  claimResultStatement,
  claimStatement,
  isClaimed,
  type KeyedCall,
} from './idempotency-keys.ts';
import { suppressionSql } from './mail-suppressions.ts';
import { orderSentKey } from './order-desk.ts';

const ACTION = 'order.mail';

export interface OrderMail {
  id: string;
  orderId: OrderId;
  kind: OrderMailKind;
  actor: UserId;
  call: KeyedCall;
  nowMs: number;
}

/** Why a mail is not sent again. */
export type MailRefusal =
  | 'not_found'
  | 'order_not_confirmed'
  | 'order_not_sent'
  | 'order_returned'
  | 'account_deleted'
  | 'mail_suppressed'
  | 'rate_limited';

/** Who calls it wakes the dispatcher after it. */
export async function sendMailAgain(
  db: Db,
  mail: OrderMail,
): Promise<Claimed | { refused: MailRefusal }> {
  const { id, orderId, kind, actor, call, nowMs } = mail;
  const claim: Claim = { call, subject: id };
  const entry = { actor, action: ACTION, subject: orderId };
  const now = instant(nowMs);
  const [, found, , , , claimed] = await guarded(() =>
    db.batch([
      // Many at once are counted one by one.
      db.execute(sql`SELECT FROM orders WHERE id = ${orderId} FOR NO KEY UPDATE`),
      db.execute<{ refused: MailRefusal | null }>(sql`
        SELECT ${refusal(kind)} AS refused FROM orders o JOIN users u ON u.id = o.customer_id WHERE o.id = ${orderId}`),
      db.execute(
        claimStatement(
          claim,
          sql`EXISTS (SELECT FROM orders o JOIN users u ON u.id = o.customer_id
            WHERE o.id = ${orderId} AND ${refusal(kind)} IS NULL)`,
        ),
      ),
      db.execute(sql`
        INSERT INTO outbox (kind, key, user_id, payload, priority, created_at, due_at)
        SELECT ${`mail.${kind}`}, ${againKey(kind, id)}, o.customer_id,
               jsonb_build_object('userId', o.customer_id, 'orderId', o.id), 1, ${now}, ${now}
          FROM orders o WHERE o.id = ${orderId} AND ${isClaimed(claim)}`),
      db.execute(
        logChanges(
          entry,
          sql`SELECT NULL::jsonb, jsonb_build_object('kind', ${kind}::text) WHERE ${isClaimed(claim)}`,
        ),
      ),
      db.execute<{ subject: string }>(claimResultStatement(claim)),
    ]),
  );
  if (claimed.rows.length > 0) return claimedOf(claim, claimed.rows);
  const [row] = found.rows;
  if (row === undefined) return { refused: 'not_found' };
  return row.refused === null ? 'too_many' : { refused: row.refused };
}

/** When it was written, in milliseconds since the epoch; undefined once its row is gone. */
export async function findMailAgain(
  db: Db,
  { id, orderId, kind }: Pick<OrderMail, 'id' | 'orderId' | 'kind'>,
): Promise<number | undefined> {
  const { rows } = await guarded(() =>
    db.execute<{ createdAt: string }>(sql`
      SELECT m.created_at AS "createdAt" FROM orders o JOIN outbox m ON m.user_id = o.customer_id
         AND m.kind = ${`mail.${kind}`} AND right(m.key, length(${againEnd(id)})) = ${againEnd(id)} WHERE o.id = ${orderId}`),
  );
  return rows[0] && Date.parse(rows[0].createdAt);
}

/** Whether a row of the outbox is the mail that the key names, or the same one again. */
export function isMailOf(rowKey: string, key: string): boolean {
  return rowKey === key || rowKey.startsWith(`${key}${AGAIN}`);
}

const AGAIN = '/again/';

function againEnd(id: string): string {
  return `${AGAIN}${id}`;
}

function againKey(kind: OrderMailKind, id: string): SQL {
  const first =
    kind === 'order_sent'
      ? orderSentKey(sql`o.id`, sql`o.tracking_url`)
      : sql`'order_confirmed/' || o.id`;
  return sql`${first} || ${againEnd(id)}::text`;
}

/** Of the order `o` and its customer `u`. */
function refusal(kind: OrderMailKind): SQL {
  return sql`CASE WHEN o.status <> 'confirmed' THEN 'order_not_confirmed'
    WHEN ${kind}::text = 'order_sent' AND o.sent_at IS NULL THEN 'order_not_sent'
    WHEN ${kind}::text = 'order_confirmed' AND o.units_returned >= o.quantity THEN 'order_returned'
    WHEN u.deleted_at IS NOT NULL THEN 'account_deleted'
    WHEN ${suppressionSql(sql`u.email`)} IS NOT NULL THEN 'mail_suppressed'
    WHEN (SELECT count(*) FROM audit_log WHERE subject = o.id AND action = ${ACTION}
             AND at > now() - interval '1 hour') >= ${ORDER_MAILS_PER_HOUR_MAX}::int THEN 'rate_limited' END`;
}
