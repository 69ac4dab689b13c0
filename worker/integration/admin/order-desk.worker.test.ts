/** What admins write down of orders after they were sold: that they were sent, where their way is shown, a note. */
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AdminOrderList } from '../../contract/administration.ts';
import { makeOrderId, type OrderId } from '../../contract/ids.ts';
import { NOTE_CHARS_MAX, SENT_AT_ONCE_MAX, type SentAnswer } from '../../contract/order-desk.ts';
import { type AdminOrderDetail, adminOrderDetailSchema } from '../../contract/order-story.ts';
import type { OrderHistoryEntry } from '../../contract/orders.ts';
import { erasePerson } from '../../stores/postgres/account-erasure.ts';
import { readMailSubjects } from '../../stores/postgres/mail-facts.ts';
import { expectProblem } from '../../testing/accounts.ts';
import { makePaidOrder } from '../../testing/paid-orders.ts';
import { hold } from '../../testing/purchases.ts';
import { call, deps, makeEvent, makeShopper, type Shopper } from '../../testing/shop.ts';

const URL_1 = 'https://parcels.example/track/1';
const URL_2 = 'http://parcels.example/track/2';

let admin: Shopper;

beforeAll(async () => {
  admin = await makeShopper('admin');
});

const say = (id: OrderId, body: unknown = {}) =>
  call('POST', `/admin/orders/${id}/sent`, { token: admin.token, body });
const takeBack = (id: OrderId) =>
  call('DELETE', `/admin/orders/${id}/sent`, { token: admin.token });
const write = (id: OrderId, note: string) =>
  call('PUT', `/admin/orders/${id}/note`, { token: admin.token, body: { note } });
const sayAll = (body: unknown) => call('POST', '/admin/orders/sent', { token: admin.token, body });

async function detailOf(answer: Response): Promise<AdminOrderDetail> {
  expect(answer.status).toBe(200);
  return adminOrderDetailSchema.parse(await answer.json());
}

const bought = async () => (await makePaidOrder()).orderId;

async function returned(): Promise<OrderId> {
  const id = await bought();
  await deps.stores.db.execute(sql`UPDATE orders SET units_returned = quantity WHERE id = ${id}`);
  return id;
}

async function partsOf(customerId: string): Promise<Record<'sent' | 'to_send', number>> {
  const count = async (delivery: string) => {
    const path = `/admin/orders?customerId=${customerId}&delivery=${delivery}`;
    const answer = await call('GET', path, { token: admin.token });
    return (await answer.json<AdminOrderList>()).orders.length;
  };
  return { to_send: await count('to_send'), sent: await count('sent') };
}

describe('an order that was sent', () => {
  it('has its time and its link, and tells which admin said so', async () => {
    const id = await bought();
    const { sentAt, trackingUrl, story, customerId } = await detailOf(
      await say(id, { trackingUrl: URL_1 }),
    );
    expect(trackingUrl).toBe(URL_1);
    expect(story.at(-1)).toMatchObject({
      what: 'sent',
      at: sentAt,
      by: { kind: 'admin', id: admin.user.id, name: admin.user.displayName },
    });
    expect(await partsOf(customerId)).toEqual({ to_send: 0, sent: 1 });
  });

  it('keeps its time and who said so first; only its link changes, to another or none', async () => {
    const id = await bought();
    const first = await detailOf(await say(id, { trackingUrl: URL_1 }));
    const other = await makeShopper('admin');
    const again = (body: unknown) =>
      call('POST', `/admin/orders/${id}/sent`, { token: other.token, body });
    for (const [body, trackingUrl] of [
      [{}, URL_1],
      [{ trackingUrl: URL_2 }, URL_2],
      [{ trackingUrl: null }, null],
    ] as const) {
      const { sentAt, trackingUrl: link, story } = await detailOf(await again(body));
      expect({ sentAt, link }).toEqual({ sentAt: first.sentAt, link: trackingUrl });
      expect(story.at(-1)?.by.id).toBe(admin.user.id);
    }
  });

  it('is sent even if its units come back, and can be told so again', async () => {
    const id = await bought();
    await say(id);
    await deps.stores.db.execute(sql`UPDATE orders SET units_returned = quantity WHERE id = ${id}`);
    expect((await say(id)).status).toBe(200);
  });

  it('waits to be sent again once that is taken back, however often it is', async () => {
    const id = await bought();
    await say(id, { trackingUrl: URL_1 });
    for (let times = 0; times < 2; times++) {
      const back = await detailOf(await takeBack(id));
      expect(back).toMatchObject({ sentAt: null, trackingUrl: null });
      expect(back.story.slice(-2)).toMatchObject([
        { what: 'sent', by: { kind: 'admin', id: admin.user.id } },
        { what: 'sent_taken_back', by: { kind: 'admin', id: admin.user.id } },
      ]);
      expect(await partsOf(back.customerId)).toEqual({ to_send: 1, sent: 0 });
    }
    const { rows } = await deps.stores.db.execute(
      sql`SELECT action, before, after FROM audit_log WHERE subject = ${id} ORDER BY id`,
    );
    expect(rows).toEqual([
      {
        action: 'order.sent',
        before: { sentAt: null, trackingUrl: null },
        after: { sentAt: expect.any(String), trackingUrl: 'set' },
      },
      {
        action: 'order.not_sent',
        before: { sentAt: expect.any(String), trackingUrl: 'set' },
        after: { sentAt: null, trackingUrl: null },
      },
    ]);
    expect((await detailOf(await say(id))).trackingUrl).toBeNull();
  });

  it('is shown to its customer with the link', async () => {
    const shopper = await makeShopper();
    const { eventItemId } = await makeEvent();
    const { id } = await hold(shopper, eventItemId);
    const { token } = shopper;
    expect((await call('POST', `/purchase/${id}/confirm`, { token })).status).toBe(200);
    const { sentAt } = await detailOf(await say(id, { trackingUrl: URL_1 }));
    const own = await call('GET', `/profile/orders/${id}`, { token });
    expect(await own.json<OrderHistoryEntry>()).toMatchObject({ sentAt, trackingUrl: URL_1 });
  });
});

const mailsOf = async (id: OrderId) => {
  const { rows } = await deps.stores.db.execute<{ key: string; outcome: string | null }>(sql`
    SELECT key, outcome FROM outbox WHERE kind = 'mail.order_sent' AND payload ->> 'orderId' = ${id} ORDER BY id`);
  return rows;
};

describe('the mail about an order that was sent', () => {
  it('is written once for each link, whatever is said how often', async () => {
    const id = await bought();
    const mails: number[] = [];
    for (const body of [
      {},
      {},
      { trackingUrl: URL_1 },
      { trackingUrl: null },
      { trackingUrl: URL_1 },
    ]) {
      await say(id, body);
      mails.push((await mailsOf(id)).length);
    }
    await sayAll({ ids: [id], trackingUrl: URL_2 });
    mails.push((await mailsOf(id)).length);
    expect(mails).toEqual([1, 1, 2, 2, 2, 3]);
    const [{ key } = { key: '' }] = await mailsOf(id);
    const facts = (await readMailSubjects(deps.stores.db, [{ rowId: 1, orderId: id }])).get(1);
    expect(facts?.order?.sent).toMatchObject({ trackingUrl: URL_2 });
    expect(facts?.order?.sent?.key).not.toBe(key);
    expect((await mailsOf(id)).map((mail) => mail.key)).toContain(facts?.order?.sent?.key);
  });

  it('that was dropped since it was taken back is written again with the order', async () => {
    const id = await bought();
    await say(id);
    await deps.stores.db.execute(sql`
      UPDATE outbox SET outcome = 'dropped', ended_at = now() WHERE payload ->> 'orderId' = ${id}
         AND kind = 'mail.order_sent'`);
    await takeBack(id);
    await say(id);
    expect(await mailsOf(id)).toMatchObject([{ outcome: null }]);
  });
});

describe('an order that cannot be sent', () => {
  it('is one that nobody confirmed, or that was given back', async () => {
    const { eventItemId } = await makeEvent();
    const { id } = await hold(await makeShopper(), eventItemId);
    await expectProblem(await say(id), 409, 'order_not_confirmed');
    await expectProblem(await say(await returned()), 409, 'order_returned');
  });

  it.each([
    ['a script', 'javascript:alert(1)'],
    ['a file', 'ftp://parcels.example/1'],
    ['no address', 'parcels.example/1'],
    ['empty', ''],
    ['too long', `https://parcels.example/${'x'.repeat(2_048)}`],
  ])('is every one with a link that is %s', async (_what, trackingUrl) => {
    const id = await bought();
    await expectProblem(await say(id, { trackingUrl }), 400, 'malformed');
    await expectProblem(await sayAll({ ids: [id], trackingUrl }), 400, 'malformed');
  });
});

describe('several orders at once', () => {
  it('are sent, but for those that cannot be, which are named', async () => {
    const [one, other, back] = [await bought(), await bought(), await returned()];
    const { eventId } = await makeEvent();
    const missing = makeOrderId(eventId, Date.now(), deps.platform.fillRandom);
    const answer = await sayAll({ ids: [back, other, missing, one], trackingUrl: URL_1 });
    expect(answer.status).toBe(200);
    expect(await answer.json<SentAnswer>()).toMatchObject({
      sent: [other, one],
      sentBefore: [],
      refused: [
        { id: back, code: 'order_returned' },
        { id: missing, code: 'not_found' },
      ],
    });
    const { rows } = await deps.stores.db.execute(sql`
      SELECT subject FROM audit_log WHERE action = 'order.sent' AND subject IN ${[one, other, back]}`);
    expect(new Set(rows.map(({ subject }) => subject))).toEqual(new Set([one, other]));
    expect(rows).toHaveLength(2);
  });

  it('have each a link of its own where one is named, and tell which were sent before', async () => {
    const [one, other, before] = [await bought(), await bought(), await bought()];
    const { sentAt } = await detailOf(await say(before, { trackingUrl: URL_1 }));
    const answer = await sayAll({
      ids: [one, other, before],
      trackingUrls: [
        { id: other, trackingUrl: URL_2 },
        { id: one, trackingUrl: URL_1 },
      ],
    });
    expect(await answer.json<SentAnswer>()).toMatchObject({
      sent: [one, other, before],
      sentBefore: [before],
      refused: [],
    });
    const read = async (id: OrderId) =>
      detailOf(await call('GET', `/admin/orders/${id}`, { token: admin.token }));
    expect((await read(one)).trackingUrl).toBe(URL_1);
    expect((await read(other)).trackingUrl).toBe(URL_2);
    expect(await read(before)).toMatchObject({ sentAt, trackingUrl: URL_1 });
    const links = [
      [
        { id: one, trackingUrl: URL_1 },
        { id: one, trackingUrl: URL_2 },
      ],
      [{ id: one, trackingUrl: 'parcels' }],
      [{ id: before, trackingUrl: URL_1 }],
    ];
    for (const trackingUrls of links) {
      await expectProblem(await sayAll({ ids: [one], trackingUrls }), 400, 'malformed');
    }
  });

  it('are at most a hundred, each named once', async () => {
    const { eventId } = await makeEvent();
    const ids = Array.from({ length: SENT_AT_ONCE_MAX + 1 }, () =>
      makeOrderId(eventId, Date.now(), deps.platform.fillRandom),
    );
    expect((await sayAll({ ids: ids.slice(1) })).status).toBe(200);
    for (const wrong of [ids, [], [ids[0], ids[0]]]) {
      await expectProblem(await sayAll({ ids: wrong }), 400, 'malformed');
    }
  });
});

describe('a note', () => {
  it('is kept until another is written, or none, and the log has each change without its words', async () => {
    const id = await bought();
    const read = async () =>
      (await detailOf(await call('GET', `/admin/orders/${id}`, { token: admin.token }))).note;
    expect(await read()).toBe('');
    for (const note of ['Rings twice', 'Rings twice', 'Has moved\nto Ulm', '']) {
      expect((await detailOf(await write(id, ` ${note} `))).note).toBe(note);
      expect(await read()).toBe(note);
    }
    const { rows } = await deps.stores.db.execute(
      sql`SELECT before, after FROM audit_log WHERE subject = ${id} ORDER BY id`,
    );
    expect(rows).toEqual([
      { before: { note: null }, after: { note: 'set' } },
      { before: { note: 'set' }, after: { note: 'changed' } },
      { before: { note: 'set' }, after: { note: null } },
    ]);
  });

  it('is not written over one that its writer has not seen, who is told what is there', async () => {
    const id = await bought();
    const replace = (was: string, note: string, token = admin.token) =>
      call('PUT', `/admin/orders/${id}/note`, { token, body: { was, note } });
    const other = await makeShopper('admin');
    expect((await detailOf(await replace('', 'Rings twice', other.token))).note).toBe(
      'Rings twice',
    );
    const refusal = await replace('', 'Has moved');
    expect(await refusal.clone().json()).toMatchObject({
      current: { note: 'Rings twice' },
      changedBy: { actor: other.user.id, name: other.user.displayName, action: 'order.note' },
    });
    await expectProblem(refusal, 412, 'precondition_failed');
    // What is there already was written, whoever did: an answer may have been lost.
    expect((await replace('', 'Rings twice')).status).toBe(200);
    expect((await detailOf(await replace('Rings twice', 'Has moved'))).note).toBe('Has moved');
  });

  it('may be long, but not endless', async () => {
    const id = await bought();
    expect((await write(id, 'x'.repeat(NOTE_CHARS_MAX))).status).toBe(200);
    await expectProblem(await write(id, 'x'.repeat(NOTE_CHARS_MAX + 1)), 400, 'malformed');
  });

  it('is for admins only: its customer and lists do not have it', async () => {
    const shopper = await makeShopper();
    const { eventItemId } = await makeEvent();
    const { id } = await hold(shopper, eventItemId);
    expect((await write(id, 'Asked by phone')).status).toBe(200);
    const { token } = shopper;
    const answers = [
      await call('GET', `/profile/orders/${id}`, { token }),
      await call('GET', '/profile/orders', { token }),
      await call('GET', `/admin/orders?customerId=${shopper.user.id}`, { token: admin.token }),
    ];
    for (const answer of answers) {
      const text = await answer.text();
      expect(text).toContain(id);
      expect(text).not.toContain('Asked by phone');
    }
  });

  it('goes with its customer’s account, as a link to the parcel does', async () => {
    const id = await bought();
    await write(id, 'Rings twice');
    const { customerId, customerEmail } = await detailOf(await say(id, { trackingUrl: URL_1 }));
    const { db } = deps.stores;
    await erasePerson(db, { userId: customerId, email: customerEmail, nowMs: Date.now() });
    const left = await detailOf(await call('GET', `/admin/orders/${id}`, { token: admin.token }));
    expect(left).toMatchObject({ note: '', trackingUrl: null, sentAt: expect.any(String) });
  });
});
