/** The outbox as admins see it: lists without an address, and another try for what was given up. */
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { orderNumberOf } from '../../contract/order-numbers.ts';
import type { OutboxList, OutboxRow } from '../../contract/outbox-list.ts';
import { type Admin, makeAdmin } from '../../testing/admin.ts';
import { appWith } from '../../testing/apps.ts';
import { addOutboxRow } from '../../testing/outbox.ts';
import { makePaidOrder } from '../../testing/paid-orders.ts';
import { deps, makeShopper } from '../../testing/shop.ts';

let admin: Admin;

beforeAll(async () => {
  admin = await makeAdmin();
});

async function list(query = ''): Promise<OutboxList> {
  const answer = await admin.call('GET', `/outbox?${query}`);
  expect(answer.status).toBe(200);
  return answer.json();
}

describe('the list of the outbox', () => {
  it('has of each row what it is about, how it stands and why, and nothing of its payload', async () => {
    const { user } = await makeShopper();
    const id = await addOutboxRow({ outcome: 'given_up', userId: user.id });
    const rows = (await list()).rows.filter((row) => row.id === id);
    expect(rows).toEqual([
      {
        id,
        kind: 'mail.reset_password',
        outcome: 'given_up',
        tries: 12,
        lastError: 'status_500',
        createdAt: expect.any(String),
        dueAt: expect.any(String),
        endedAt: expect.any(String),
        userId: user.id,
        userName: user.displayName,
        paymentId: null,
        orderId: null,
        orderNumber: null,
        eventId: null,
        eventTitle: null,
      },
    ]);
  });

  it('names the order and the event that a mail or a payment is about', async () => {
    const { orderId, paymentId } = await makePaidOrder();
    const { rows: events } = await deps.stores.db.execute<{ id: string; title: string }>(
      sql`SELECT e.id, e.title FROM events e JOIN orders o ON o.event_id = e.id WHERE o.id = ${orderId}`,
    );
    const [event] = events;
    const mail = await addOutboxRow({ key: `order_sent/${orderId}/1` });
    const payment = await addOutboxRow({ paymentId });
    const whole = await addOutboxRow({ key: `cancel/${event?.id}/7` });
    const rows = (await list('limit=100')).rows;
    const about = (id: number) => rows.find((row) => row.id === id);
    const ofEvent = { eventId: event?.id, eventTitle: event?.title };
    const order = { orderId, orderNumber: orderNumberOf(orderId), ...ofEvent };
    expect(about(mail)).toMatchObject(order);
    expect(about(payment)).toMatchObject(order);
    expect(about(whole)).toMatchObject({ orderId: null, orderNumber: null, ...ofEvent });
  });

  it('is narrowed by how a row stands, and by its kind', async () => {
    const waiting = await addOutboxRow();
    const ended: Record<string, number> = {};
    for (const outcome of ['done', 'dropped', 'given_up'] as const) {
      ended[outcome] = await addOutboxRow({ outcome });
    }
    const own = new Set([waiting, ...Object.values(ended)]);
    // Other tests write rows at the same time.
    const idsOf = async (query: string) =>
      (await list(`limit=100&${query}`)).rows.map(({ id }) => id).filter((id) => own.has(id));
    expect(await idsOf('outcome=waiting')).toEqual([waiting]);
    for (const [outcome, id] of Object.entries(ended)) {
      expect(await idsOf(`outcome=${outcome}`)).toEqual([id]);
    }
    expect(await idsOf('kind=account.erase')).toEqual([]);
    expect(await idsOf('kind=mail.reset_password&outcome=done')).toEqual([ended['done']]);
  });

  it('comes in pages, newest first', async () => {
    const ids: number[] = [];
    for (let n = 0; n < 5; n++) ids.push(await addOutboxRow());
    const seen: number[] = [];
    let cursor: string | null = '';
    while (cursor !== null && !seen.includes(ids[0] ?? 0)) {
      const page: OutboxList = await list(`limit=2${cursor && `&cursor=${cursor}`}`);
      expect(page.rows.length).toBeLessThanOrEqual(2);
      seen.push(...page.rows.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(seen.filter((id) => ids.includes(id))).toEqual(ids.toReversed());
    expect(seen).toEqual(seen.toSorted((a, b) => b - a));
  });
});

describe('another try', () => {
  it('puts what was given up back with all its tries, and wakes the dispatcher', async () => {
    const id = await addOutboxRow({ outcome: 'given_up' });
    const calls: string[] = [];
    const ask = appWith({ outbox: { wake: () => void calls.push('wake') } });
    const answer = await ask(`/admin/outbox/${id}/retry`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${admin.token}` },
    });
    expect(answer.status).toBe(200);
    expect(await answer.json<OutboxRow>()).toMatchObject({
      id,
      outcome: 'waiting',
      tries: 0,
      endedAt: null,
    });
    expect(calls).toEqual(['wake']);
    expect(await admin.auditOf(`outbox:${id}`)).toMatchObject([
      { action: 'outbox.retry', before: { outcome: 'given_up' }, after: { outcome: 'waiting' } },
    ]);
  });

  it('is refused for what waits or was done, and for what is put back already', async () => {
    const ids = [await addOutboxRow(), await addOutboxRow({ outcome: 'done' })];
    const given = await addOutboxRow({ outcome: 'given_up' });
    await deps.stores.db.execute(
      sql`UPDATE outbox SET outcome = NULL, ended_at = NULL WHERE id = ${given}`,
    );
    for (const id of [...ids, given]) {
      const answer = await admin.call('POST', `/outbox/${id}/retry`);
      expect(answer.status).toBe(409);
      expect(await answer.json()).toMatchObject({ code: 'not_given_up' });
      expect(await admin.auditOf(`outbox:${id}`)).toEqual([]);
    }
  });
});
