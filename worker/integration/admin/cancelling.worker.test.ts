/** An event that is cancelled: closed for good, and all of it given back, once. */
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AdminEvent, AdminEventList } from '../../contract/administration.ts';
import type { CancelPreview } from '../../contract/cancellation.ts';
import type { EventDetail } from '../../contract/events.ts';
import type { EventId, OrderId } from '../../contract/ids.ts';
import type { AdminOrderDetail } from '../../contract/order-story.ts';
import { expectProblem } from '../../testing/accounts.ts';
import { type Admin, inFuture, makeAdmin } from '../../testing/admin.ts';
import { mailsTo, workOffBatches } from '../../testing/cancelling.ts';
import { makePaidOrder, PAID_TOTAL } from '../../testing/paid-orders.ts';
import { hold, reserve, settle } from '../../testing/purchases.ts';
import {
  call,
  deps,
  makeEvent,
  makeShopper,
  readEvent,
  readIntegrity,
} from '../../testing/shop.ts';
import { enterQueue, entryOf, makeWaitlist, ordersOf } from '../../testing/waiting.ts';

let admin: Admin;

beforeAll(async () => {
  admin = await makeAdmin();
});

async function cancel(eventId: EventId, reason = 'The hall was flooded'): Promise<AdminEvent> {
  const answer = await admin.call('POST', `/events/${eventId}/cancel`, { reason });
  expect(answer.status).toBe(202);
  return answer.json<AdminEvent>();
}

async function progressOf(eventId: EventId): Promise<AdminEvent['cancellation']> {
  const answer = await admin.call('GET', `/events/${eventId}`);
  return (await answer.json<AdminEvent>()).cancellation;
}

const eventOf = (orderId: OrderId) => `evt_${orderId.split('_')[1]}` as EventId;

async function refundsOf(orderId: OrderId) {
  const { rows } = await deps.stores.db.execute(sql`
    SELECT amount_minor::int AS amount, reason, state FROM payment_refunds
     WHERE order_id = ${orderId} ORDER BY created_at, id`);
  return rows;
}

/** As the provider would have it done. */
async function endRefunds(orderId: OrderId, state: 'done' | 'failed'): Promise<void> {
  const { db } = deps.stores;
  await db.execute(sql`
    UPDATE payment_refunds SET state = ${state}, ended_at = now(), provider_refund_id = 're_' || id
     WHERE order_id = ${orderId} AND state = 'pending'`);
  await db.execute(sql`
    UPDATE payments p SET refunded_minor = (
      SELECT coalesce(sum(amount_minor), 0) FROM payment_refunds WHERE payment_id = p.id AND state = 'done')
     WHERE order_id = ${orderId}`);
  await db.execute(sql`
    UPDATE outbox SET outcome = ${state === 'done' ? 'done' : 'given_up'}, ended_at = now()
     WHERE payment_id IN (SELECT id FROM payments WHERE order_id = ${orderId}) AND outcome IS NULL`);
}

describe('cancelling', () => {
  it('closes an event at once and for good, with an entry in the audit log', async () => {
    const { eventId, eventItemId } = await makeEvent();
    const event = await cancel(eventId);
    expect(event).toMatchObject({
      status: 'closed',
      cancelledAt: event.closedAt,
      cancellation: {
        reason: 'The hall was flooded',
        by: { id: admin.user.id },
        orders: 0,
        refunded: 0,
        open: 0,
        failed: 0,
        failedOrders: [],
        units: 0,
        givenBack: [],
        isDone: true,
        doneAt: null,
      },
    });
    const [logged] = await admin.auditOf(eventId);
    expect(logged).toMatchObject({
      action: 'event.cancel',
      actor: admin.user.id,
      after: { reason: 'The hall was flooded', cancelledAt: event.cancelledAt },
    });
    await expectProblem(await reserve(await makeShopper(), eventItemId), 409, 'closed');
    const stock = `/events/${eventId}/items/${eventItemId}/stock`;
    for (const change of [
      await admin.call('POST', `/events/${eventId}/open`),
      await admin.call('PUT', stock, { total: 20 }),
      await admin.call('PUT', `/events/${eventId}`, {
        title: 'Another',
        currency: 'EUR',
        startsAt: inFuture(3_600_000),
        endsAt: inFuture(7_200_000),
        items: [{ itemId: event.items[0]?.itemId, priceCents: 1, stock: 1 }],
      }),
    ]) {
      await expectProblem(change, 409, 'event_cancelled');
    }
    const listed = await admin.call('GET', '/events?status=cancelled&limit=100');
    const { events } = await listed.json<AdminEventList>();
    expect(events.map(({ id }) => id)).toContain(eventId);
    expect(events.filter(({ cancelledAt }) => cancelledAt === null)).toEqual([]);
    const over = await admin.call('GET', '/events?status=closed&limit=100');
    const { events: closed } = await over.json<AdminEventList>();
    expect(closed.filter(({ cancelledAt }) => cancelledAt !== null)).toEqual([]);
    const shown = await (await call('GET', `/events/${eventId}`)).json<EventDetail>();
    expect(shown).toMatchObject({ status: 'closed', cancelledAt: event.cancelledAt });
  });

  it('is done once: again it is answered with how far it came, and its reason stays', async () => {
    const { eventId } = await makeEvent();
    const first = await cancel(eventId);
    const again = await cancel(eventId, 'Another reason');
    expect(again.cancellation).toEqual(first.cancellation);
    const logged = await admin.auditOf(eventId);
    expect(logged.filter(({ action }) => action === 'event.cancel')).toHaveLength(1);
    await workOffBatches(eventId);
    expect((await cancel(eventId)).cancellation).toEqual(first.cancellation);
    expect(await workOffBatches(eventId)).toEqual([]);
  });

  it('says before what it would end', async () => {
    const { orderId } = await makePaidOrder();
    const eventId = eventOf(orderId);
    await hold(await makeShopper(), `evi_${orderId.split('_')[1]}_1` as never);
    const answer = await admin.call('GET', `/events/${eventId}/cancel`);
    expect(await answer.json<CancelPreview>()).toMatchObject({
      orders: 1,
      holds: 1,
      waiting: 0,
      amounts: [{ currency: 'EUR', amountCents: PAID_TOTAL }],
    });
  });

  it('ends what is held and whoever waits, each told once', async () => {
    const { eventId, eventItemId, holder, order, waiter, entry } = await makeWaitlist();
    await cancel(eventId);
    await expectProblem(await settle(holder, order, 'confirm'), 409, 'closed');
    const entering = await enterQueue(await makeShopper(), eventItemId);
    expect(entering).toMatchObject({ ok: false, refusal: { code: 'closed' } });
    expect(await workOffBatches(eventId, 2)).toEqual([
      'orders',
      'orders',
      'entries',
      'entries',
      'reminders',
    ]);
    expect(await ordersOf(holder, eventId)).toMatchObject([{ status: 'cancelled' }]);
    expect(await entryOf(entry.id)).toBe('skipped event_cancelled');
    expect(await mailsTo(holder.user.id)).toEqual(['mail.event_cancelled']);
    expect(await mailsTo(waiter.user.id)).toEqual(['mail.event_cancelled']);
    await expectProblem(await settle(holder, order, 'confirm'), 409, 'order_cancelled');
    const [item] = (await readEvent(eventId)).items;
    expect(item).toMatchObject({ stock: { remaining: 1, held: 0 }, queue: { waiting: 0 } });
    expect(await readIntegrity(eventId)).toMatchObject({ ok: true });
  });

  it('gives orders back that cost nothing', async () => {
    const { eventId, eventItemId } = await makeEvent();
    const buyer = await makeShopper();
    await settle(buyer, await hold(buyer, eventItemId), 'confirm');
    await cancel(eventId);
    expect(await progressOf(eventId)).toMatchObject({ orders: 1, open: 1, isDone: false });
    await workOffBatches(eventId);
    expect(await progressOf(eventId)).toMatchObject({ orders: 1, refunded: 1, isDone: true });
    expect(await mailsTo(buyer.user.id)).toEqual(['mail.order_confirmed', 'mail.event_cancelled']);
    const [item] = (await readEvent(eventId)).items;
    expect(item?.stock).toMatchObject({ remaining: 10, sold: 0 });
    expect(await readIntegrity(eventId)).toMatchObject({ ok: true });
  });
});

describe('the money of a cancelled event', () => {
  it('goes back in full and once, and of an order that had a part back the rest', async () => {
    const paid = await makePaidOrder();
    const eventId = eventOf(paid.orderId);
    const { accessToken: token } = await deps.accounts.tokens.issue(
      { user: admin.user, sessionEpoch: 0 },
      Date.now(),
    );
    const part = { amountCents: 900, reason: 'Arrived broken' };
    const headers = { 'Idempotency-Key': '"a part"' };
    await call('POST', `/admin/orders/${paid.orderId}/refund`, { token, body: part, headers });
    await cancel(eventId);
    await workOffBatches(eventId, 2);
    expect(await refundsOf(paid.orderId)).toEqual([
      { amount: 900, reason: 'Arrived broken', state: 'pending' },
      { amount: PAID_TOTAL - 900, reason: 'event_cancelled', state: 'pending' },
    ]);
    expect(await progressOf(eventId)).toMatchObject({
      orders: 1,
      open: 1,
      failed: 0,
      givenBack: [],
      doneAt: null,
    });
    const more = await admin.call('GET', `/orders/${paid.orderId}`);
    expect((await more.json<AdminOrderDetail>()).refundable).toEqual({ amountCents: 0, units: 0 });
    await endRefunds(paid.orderId, 'done');
    const { rows } = await deps.stores.db.execute<{ at: string }>(sql`
      SELECT max(ended_at) AS at FROM payment_refunds WHERE order_id = ${paid.orderId}`);
    expect(await progressOf(eventId)).toMatchObject({
      orders: 1,
      refunded: 1,
      open: 0,
      givenBack: [{ currency: 'EUR', amountCents: PAID_TOTAL }],
      doneAt: new Date(rows[0]?.at ?? '').toISOString(),
    });
    expect(await readIntegrity(eventId)).toMatchObject({ ok: true });
  });

  it('that could not be given back is counted, and its order named', async () => {
    const { orderId } = await makePaidOrder();
    const eventId = eventOf(orderId);
    await cancel(eventId);
    await workOffBatches(eventId);
    await endRefunds(orderId, 'failed');
    const failed = { refunded: 0, open: 0, failed: 1, failedOrders: [{ id: orderId }] };
    expect(await progressOf(eventId)).toMatchObject(failed);
    expect(await refundsOf(orderId)).toHaveLength(1);
  });

  it('that was only authorised is not taken at all, by the refund of it all', async () => {
    const { orderId } = await makePaidOrder('authorised');
    await cancel(eventOf(orderId));
    await workOffBatches(eventOf(orderId));
    expect(await refundsOf(orderId)).toMatchObject([{ amount: PAID_TOTAL }]);
  });

  it('is part of the order’s story', async () => {
    const { orderId } = await makePaidOrder();
    await cancel(eventOf(orderId));
    await workOffBatches(eventOf(orderId));
    const answer = await admin.call('GET', `/orders/${orderId}`);
    const { story } = await answer.json<AdminOrderDetail>();
    const told = story.map(({ what, by, reason }) => `${what} ${by.kind} ${reason}`);
    expect(told).toContain('event_cancelled admin The hall was flooded');
    expect(told).toContain('refund_decided admin event_cancelled');
    expect(told.filter((step) => step.startsWith('mailed'))).toEqual([]);
  });

  it('is told by mails that are part of that story once they left', async () => {
    const { orderId } = await makePaidOrder();
    await cancel(eventOf(orderId));
    await workOffBatches(eventOf(orderId));
    const refund = sql`(SELECT id FROM payment_refunds WHERE order_id = ${orderId})`;
    // As the provider's answer to the refund writes it.
    await deps.stores.db.execute(sql`
      INSERT INTO outbox (kind, key, payload, priority, created_at, due_at)
      VALUES ('mail.refund_made', 'refund_made/' || ${refund}, '{}', 1, now(), now())`);
    await deps.stores.db.execute(sql`
      UPDATE outbox SET outcome = 'done', ended_at = now() + interval '1 s'
       WHERE key = 'refund_made/' || ${refund} OR key LIKE ${`event_cancelled/${eventOf(orderId)}/%`}`);
    const answer = await admin.call('GET', `/orders/${orderId}`);
    const { story } = await answer.json<AdminOrderDetail>();
    const mails = story.filter(({ what }) => what === 'mailed').map(({ reason }) => reason);
    expect(mails).toHaveLength(2);
    expect(mails).toEqual(expect.arrayContaining(['event_cancelled', 'refund_made']));
  });
});
