/** How many payments an admin should look at, counted from what the outbox could not do. */
import { sql } from 'drizzle-orm';
import { type EventId, paymentIdRange } from '../../contract/ids.ts';
import { FAILED_SHOWN_DAYS, type PaymentAttention } from '../../contract/payment-attention.ts';
import { type Db, guarded, instant } from './client.ts';

const HOUR_MS = 60 * 60_000;
const FAILED_SHOWN_MS = FAILED_SHOWN_DAYS * 24 * HOUR_MS;

/** @param eventId of one event; without, of all. */
export async function readPaymentAttention(
  db: Db,
  { eventId, nowMs }: { eventId?: EventId | undefined; nowMs: number },
): Promise<Omit<PaymentAttention, 'serverNow'>> {
  const [first, last] = eventId === undefined ? [] : paymentIdRange(eventId);
  const ofEvent = first === undefined ? sql`true` : sql`payment_id BETWEEN ${first} AND ${last}`;
  const open = sql`payment_disputes WHERE state IN ('needs_answer', 'inquiry') AND answer_by IS NOT NULL AND ${ofEvent}`;
  const next = sql`${open} ORDER BY answer_by, id LIMIT 1`;
  const { rows } = await guarded(() =>
    db.execute<Omit<PaymentAttention, 'serverNow'>>(sql`
      SELECT (SELECT count(*)::int FROM outbox
               WHERE outcome IS NULL AND kind = 'payment.capture' AND tries > 0
                 AND created_at <= ${instant(nowMs - HOUR_MS)} AND ${ofEvent}) AS late,
             (SELECT count(*)::int FROM outbox
               WHERE outcome = 'given_up' AND kind = 'payment.capture'
                 AND ended_at > ${instant(nowMs - FAILED_SHOWN_MS)} AND ${ofEvent}) AS failed,
             (SELECT count(*)::int FROM outbox
               WHERE outcome = 'given_up' AND kind IN ('payment.release', 'payment.refund')
                 AND ${ofEvent}) AS owed,
             (SELECT count(*)::int FROM ${open}) AS disputed,
             (SELECT answer_by FROM ${next}) AS "answerBy",
             (SELECT order_id FROM ${next}) AS "answerOrderId"`),
  );
  const [row] = rows;
  if (row === undefined) throw new Error('a row of counts is missing');
  const { answerBy } = row;
  return { ...row, answerBy: answerBy === null ? null : new Date(answerBy).toISOString() };
}
