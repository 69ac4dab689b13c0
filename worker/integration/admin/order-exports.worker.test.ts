/** Orders as files: what they cost and what became of it, and what is to be sent. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EventId, OrderId } from '../../contract/ids.ts';
import { orderNumberOf } from '../../contract/order-numbers.ts';
import { slipsAnswerSchema } from '../../contract/order-slips.ts';
import { orderAddresses } from '../../stores/postgres/address-schema.ts';
import { expectProblem } from '../../testing/accounts.ts';
import { forgetFace, makeFace } from '../../testing/face.ts';
import { makePaidOrder, PAID_TOTAL } from '../../testing/paid-orders.ts';
import { hold, settle } from '../../testing/purchases.ts';
import { call, deps, makeEvent, makeShopper, type Shopper } from '../../testing/shop.ts';

const { db } = deps.stores;
const LINK = 'https://parcels.example/track/1';

let admin: Shopper;

beforeAll(async () => {
  admin = await makeShopper('admin');
});

afterAll(forgetFace);

const take = (path: string) => call('GET', path, { token: admin.token });

/** Of cells without commas, by the names of their columns. */
async function linesOf(path: string): Promise<Record<string, string>[]> {
  const answer = await take(path);
  expect(answer.status).toBe(200);
  const [header = '', ...lines] = (await answer.text()).trimEnd().split('\r\n');
  const names = header.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    expect(cells).toHaveLength(names.length);
    return Object.fromEntries(names.map((name, n) => [name, cells[n] ?? '']));
  });
}

async function eventOf(id: OrderId): Promise<EventId> {
  const { rows } = await db.execute<{ id: EventId }>(
    sql`SELECT event_id AS id FROM orders WHERE id = ${id}`,
  );
  return rows[0]?.id as EventId;
}

async function buy(shopper: Shopper, eventItemId: string): Promise<OrderId> {
  const order = await hold(shopper, eventItemId);
  expect((await settle(shopper, order, 'confirm')).status).toBe(200);
  return order.id;
}

describe('the orders of an event as a file', () => {
  it('say what was paid, what went back, and that it was sent', async () => {
    const { orderId, paymentId } = await makePaidOrder();
    const eventId = await eventOf(orderId);
    await db.execute(sql`UPDATE payments SET refunded_minor = 500 WHERE id = ${paymentId}`);
    await call('POST', `/admin/orders/${orderId}/sent`, {
      token: admin.token,
      body: { trackingUrl: LINK },
    });
    const [line] = await linesOf(`/admin/events/${eventId}/orders.csv`);
    expect(line).toMatchObject({
      order_id: orderId,
      total: '19.99',
      total_minor: String(PAID_TOTAL),
      currency: 'EUR',
      units_returned: '0',
      payment: 'partly_refunded',
      payment_amount: '19.99',
      payment_amount_minor: String(PAID_TOTAL),
      refunded: '5.00',
      refunded_minor: '500',
      sent_at: expect.stringMatching(/Z$/),
      tracking_url: LINK,
    });
  });
});

describe('what is to be sent as a file', () => {
  it('has the confirmed orders of an event that were not sent or given back', async () => {
    const [one, other, third] = [await makeShopper(), await makeShopper(), await makeShopper()];
    const { eventId, eventItemId } = await makeEvent({ needsAddress: true });
    const path = `/admin/orders/to-send.csv?eventId=${eventId}`;
    expect(await linesOf(path)).toEqual([]);
    const first = await buy(one, eventItemId);
    const second = await buy(other, eventItemId);
    await hold(third, eventItemId);
    expect(await linesOf(path)).toMatchObject([
      {
        order_number: orderNumberOf(first),
        order_id: first,
        name: one.user.displayName,
        email: one.user.email,
        units: '1',
        item: 'Lamp',
        variant: '',
        event: 'A sale',
      },
      { order_id: second },
    ]);
    expect(await linesOf(`${path}&after=${first}`)).toMatchObject([{ order_id: second }]);
    await call('POST', `/admin/orders/${first}/sent`, { token: admin.token, body: {} });
    await db.execute(sql`UPDATE orders SET units_returned = quantity WHERE id = ${second}`);
    expect(await linesOf(path)).toEqual([]);
  });

  it('has the parts of an address in columns of their own', async () => {
    const { eventId, eventItemId } = await makeEvent({ needsAddress: true });
    const id = await buy(await makeShopper(), eventItemId);
    const address = {
      name: 'Maja Holm',
      company: '@Lamps',
      line1: 'Lampengasse 1',
      line2: 'Stiege 2',
      postalCode: '01067',
      city: 'Dresden',
      country: 'DE',
      phone: '+49 351 1',
    };
    await db.insert(orderAddresses).values({ orderId: id, address, writtenAt: new Date() });
    expect(await linesOf(`/admin/orders/to-send.csv?eventId=${eventId}`)).toMatchObject([
      {
        name: 'Maja Holm',
        company: "'@Lamps",
        line1: 'Lampengasse 1',
        line2: 'Stiege 2',
        postal_code: '01067',
        city: 'Dresden',
        region: '',
        country: 'DE',
        phone: '0049 351 1',
      },
    ]);
  });

  it('has those of all events where none is named, and begins as Excel wants it', async () => {
    const { eventItemId } = await makeEvent({ needsAddress: true });
    const id = await buy(await makeShopper(), eventItemId);
    const answer = await take('/admin/orders/to-send.csv');
    expect(answer.headers.get('Content-Disposition')).toMatch(
      /"orders-to-send-\d{4}-\d\d-\d\d\.csv"/,
    );
    const bytes = new Uint8Array(await answer.arrayBuffer());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(new TextDecoder().decode(bytes)).toContain(id);
  });

  it('has no order of an event that needs no address, unless there is one', async () => {
    const { eventId, eventItemId } = await makeEvent();
    const path = `/admin/orders/to-send.csv?eventId=${eventId}`;
    const [id, other] = [
      await buy(await makeShopper(), eventItemId),
      await buy(await makeShopper(), eventItemId),
    ];
    expect(await linesOf(path)).toEqual([]);
    const address = {
      name: 'Maja Holm',
      line1: 'Lampengasse 1',
      postalCode: '01067',
      city: 'Dresden',
      country: 'DE',
    };
    await db.insert(orderAddresses).values({ orderId: id, address, writtenAt: new Date() });
    expect(await linesOf(path)).toMatchObject([{ order_id: id }]);
    await db.execute(sql`UPDATE events SET needs_address = true WHERE id = ${eventId}`);
    expect(await linesOf(path)).toMatchObject([
      { order_id: id, line1: 'Lampengasse 1' },
      { order_id: other, line1: '' },
    ]);
    const { headers } = await take(path);
    expect(headers.get('Content-Disposition')).toContain(`orders-to-send-${eventId}-`);
  });

  it('is not there for an event that is none', async () => {
    const path = '/admin/orders/to-send.csv?eventId=evt_0123456789ab';
    await expectProblem(await take(path), 404, 'not_found');
  });

  it('runs no formula that a customer called themselves', async () => {
    const shopper = await makeShopper();
    const { eventId, eventItemId } = await makeEvent({ needsAddress: true });
    await buy(shopper, eventItemId);
    await db.execute(sql`UPDATE users SET display_name = '=1+1' WHERE id = ${shopper.user.id}`);
    const [line] = await linesOf(`/admin/orders/to-send.csv?eventId=${eventId}`);
    expect(line?.['name']).toBe("'=1+1");
  });
});

describe('slips', () => {
  it('are of what is to be packed, in the order asked for, each in the audit log', async () => {
    const { eventItemId } = await makeEvent();
    const [one, other] = [await makeShopper(), await makeShopper()];
    const first = await buy(one, eventItemId);
    const second = await buy(other, eventItemId);
    const { id: pending } = await hold(await makeShopper(), eventItemId);
    await db.execute(sql`UPDATE users SET language = 'de' WHERE id = ${other.user.id}`);
    const ids = [second, pending, first];
    await makeFace({ name: 'Lamps by Ada' });
    const answer = await call('POST', '/admin/orders/slips', { token: admin.token, body: { ids } });
    const { slips, shopName } = slipsAnswerSchema.parse(await answer.json());
    expect(shopName).toBe('Lamps by Ada');
    expect(slips).toMatchObject([
      { id: second, language: 'de', customerName: other.user.displayName, units: 1, address: null },
      {
        id: first,
        language: 'en',
        itemName: 'Lamp',
        totalCents: PAID_TOTAL,
        totals: {
          lines: [{ kind: 'items', amountCents: PAID_TOTAL, included: false }],
          totalCents: PAID_TOTAL,
        },
      },
    ]);
    const { rows } = await db.execute<{ subject: string }>(sql`
      SELECT subject FROM audit_log WHERE action = 'order.slip' AND subject IN ${ids}`);
    expect(new Set(rows.map(({ subject }) => subject))).toEqual(new Set([first, second]));
  });
});
