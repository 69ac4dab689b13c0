/** Mails about an order that admins have sent again. */
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import type { OrderId } from '../../contract/ids.ts';
import { ORDER_MAILS_PER_HOUR_MAX, type OrderMailAnswer } from '../../contract/order-desk.ts';
import type { AdminOrderDetail } from '../../contract/order-story.ts';
import { readMailSubjects } from '../../stores/postgres/mail-facts.ts';
import { suppressAddresses } from '../../stores/postgres/mail-suppressions.ts';
import { isMailOf } from '../../stores/postgres/order-mails.ts';
import { expectProblem } from '../../testing/accounts.ts';
import { appWith } from '../../testing/apps.ts';
import { makePaidOrder } from '../../testing/paid-orders.ts';
import { hold } from '../../testing/purchases.ts';
import { call, deps, makeEvent, makeShopper, type Shopper } from '../../testing/shop.ts';

const { db } = deps.stores;
const LINK = 'https://parcels.example/track/1';
const mailing = appWith({ outbox: { sendsMail: true, wake: () => undefined } });

let admin: Shopper;

beforeAll(async () => {
  admin = await makeShopper('admin');
});

function send(id: OrderId, kind: string, key: string = crypto.randomUUID()): Promise<Response> {
  return mailing(`/admin/orders/${id}/mail`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${admin.token}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': `"${key}"`,
    },
    body: JSON.stringify({ kind }),
  });
}

async function rowsOf(id: OrderId, kind: string) {
  const { rows } = await db.execute<{ key: string; user_id: string }>(sql`
    SELECT key, user_id FROM outbox WHERE kind = ${`mail.${kind}`} AND payload ->> 'orderId' = ${id} ORDER BY id`);
  return rows;
}

const read = async (id: OrderId) =>
  (await call('GET', `/admin/orders/${id}`, { token: admin.token })).json<AdminOrderDetail>();
const bought = async () => (await makePaidOrder()).orderId;
const markSent = (id: OrderId) =>
  call('POST', `/admin/orders/${id}/sent`, { token: admin.token, body: { trackingUrl: LINK } });

describe('a mail about an order that is sent again', () => {
  it('is a row of its own, once for each key, and a step of the order’s story', async () => {
    const id = await bought();
    const key = crypto.randomUUID();
    const first = await send(id, 'order_confirmed', key);
    expect(first.status).toBe(201);
    const answer = await first.json<OrderMailAnswer>();
    expect(answer.mail.kind).toBe('order_confirmed');
    const repeated = await send(id, 'order_confirmed', key);
    expect(repeated.headers.get('Idempotent-Replayed')).toBe('true');
    expect(await repeated.json()).toEqual(answer);
    const rows = await rowsOf(id, 'order_confirmed');
    expect(rows).toHaveLength(2);
    expect(new Set(rows.map((row) => row.key)).size).toBe(2);
    const { story, customerId } = await read(id);
    expect(rows.map((row) => row.user_id)).toEqual([customerId, customerId]);
    expect(story.at(-1)).toMatchObject({
      what: 'mail_again',
      reason: 'order_confirmed',
      by: { kind: 'admin', id: admin.user.id, name: admin.user.displayName },
    });
    await db.execute(sql`
      UPDATE outbox SET outcome = 'done', ended_at = now() + interval '1 s' WHERE payload ->> 'orderId' = ${id}`);
    const { story: later } = await read(id);
    expect(later.filter(({ what }) => what === 'mailed')).toHaveLength(2);
  });

  it('about the sending is the mail of the link that is there now', async () => {
    const id = await bought();
    expect((await markSent(id)).status).toBe(200);
    expect((await send(id, 'order_sent')).status).toBe(201);
    const [first, again] = await rowsOf(id, 'order_sent');
    const facts = (await readMailSubjects(db, [{ rowId: 1, orderId: id }])).get(1);
    const key = facts?.order?.sent?.key ?? '';
    expect(first?.key).toBe(key);
    expect(isMailOf(again?.key ?? '', key)).toBe(true);
    expect(again?.key).not.toBe(key);
    await db.execute(sql`
      UPDATE outbox SET outcome = 'done', ended_at = now() + interval '1 s' WHERE key = ${again?.key}`);
    expect((await read(id)).story.at(-1)).toMatchObject({ what: 'mailed', reason: 'order_sent' });
  });

  it('is one of a few in an hour, however many ask at once', async () => {
    const id = await bought();
    const asked = Array.from({ length: ORDER_MAILS_PER_HOUR_MAX + 2 }, () =>
      send(id, 'order_confirmed'),
    );
    const answers = await Promise.all(asked);
    const sent = answers.filter(({ status }) => status === 201);
    expect(sent).toHaveLength(ORDER_MAILS_PER_HOUR_MAX);
    const refused = answers.find(({ status }) => status !== 201);
    if (refused === undefined) throw new Error('none was refused');
    expect(refused.headers.get('Retry-After')).toBe('3600');
    await expectProblem(refused, 429, 'rate_limited');
    // Another order has its own.
    expect((await send(await bought(), 'order_confirmed')).status).toBe(201);
  });
});

describe('no mail is sent again', () => {
  it('without a key, or by a shop that sends none', async () => {
    const id = await bought();
    const path = `/admin/orders/${id}/mail`;
    const asked = { token: admin.token, body: { kind: 'order_confirmed' } };
    await expectProblem(await call('POST', path, asked), 400, 'malformed');
    const headers = { 'Idempotency-Key': '"k"' };
    await expectProblem(await call('POST', path, { ...asked, headers }), 503, 'mail_unavailable');
    expect(await rowsOf(id, 'order_confirmed')).toHaveLength(1);
  });

  it('about what is not so', async () => {
    const { eventItemId } = await makeEvent();
    const { id: pending } = await hold(await makeShopper(), eventItemId);
    await expectProblem(await send(pending, 'order_confirmed'), 409, 'order_not_confirmed');
    await expectProblem(await send(await bought(), 'order_sent'), 409, 'order_not_sent');
    await expectProblem(await send(await bought(), 'your_turn'), 400, 'malformed');
  });

  it('that confirms what was all given back', async () => {
    const [part, whole] = [await bought(), await bought()];
    expect((await markSent(whole)).status).toBe(200);
    await db.execute(sql`UPDATE orders SET quantity = 2, units_returned = 1 WHERE id = ${part}`);
    await db.execute(sql`UPDATE orders SET units_returned = quantity WHERE id = ${whole}`);
    expect((await send(part, 'order_confirmed')).status).toBe(201);
    await expectProblem(await send(whole, 'order_confirmed'), 409, 'order_returned');
    expect((await send(whole, 'order_sent')).status).toBe(201);
  });

  it('to an address that takes none, or to an account that was deleted', async () => {
    const id = await bought();
    const { customerEmail, customerId } = await read(id);
    await suppressAddresses(db, { emails: [customerEmail], reason: 'bounced', nowMs: Date.now() });
    await expectProblem(await send(id, 'order_confirmed'), 409, 'mail_suppressed');
    await db.execute(
      sql`UPDATE users SET deleted_at = now(), active = false WHERE id = ${customerId}`,
    );
    await expectProblem(await send(id, 'order_confirmed'), 409, 'account_deleted');
  });
});
