/** Queue entries as admins look them up, and what it is to be disqualified. */
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { makeQueueEntryId } from '../../contract/ids.ts';
import type { AdminQueue, AdminQueueAnswer } from '../../contract/queue-administration.ts';
import { expectProblem } from '../../testing/accounts.ts';
import { type Admin, makeAdmin } from '../../testing/admin.ts';
import { pass, settle } from '../../testing/purchases.ts';
import { leaveQueue } from '../../testing/queue.ts';
import { deps, makeEvent, makeShopper, readEvent, readIntegrity } from '../../testing/shop.ts';
import { enterQueue, makeDraw, makeWaitlist, ordersOf, wait } from '../../testing/waiting.ts';

let admin: Admin;

beforeAll(async () => {
  admin = await makeAdmin();
});

afterEach(() => {
  vi.useRealTimers();
});

async function listed(eventId: string, query = ''): Promise<AdminQueue> {
  const answer = await admin.call('GET', `/events/${eventId}/queue${query}`);
  expect(answer.status).toBe(200);
  return answer.json();
}

const idsOf = ({ entries }: AdminQueue) => entries.map(({ id }) => id);

function disqualify(id: string, reason = 'An invented person'): Promise<Response> {
  return admin.call('POST', `/queue/${id}/disqualify`, { reason });
}

describe('the queue of an event', () => {
  it('is listed page by page', async () => {
    const { eventId, eventItemId } = await makeEvent({ stock: 0, limitPerCustomer: 3 });
    const shoppers = [await makeShopper(), await makeShopper(), await makeShopper()];
    const ids: string[] = [];
    for (const shopper of shoppers) {
      const wish = { quantity: 3, minQuantity: 2 };
      ids.push((await wait(shopper, eventItemId, wish)).id);
    }
    const first = await listed(eventId, '?limit=2');
    expect(idsOf(first)).toEqual(ids.slice(0, 2));
    expect(first.entries[1]).toMatchObject({
      eventId,
      eventItemId,
      itemName: 'Lamp',
      variantLabel: null,
      customerId: shoppers[1]?.user.id,
      customerEmail: shoppers[1]?.user.email,
      quantity: 3,
      minQuantity: 2,
      status: 'waiting',
      reason: null,
      endedAt: null,
      seq: 2,
      rank: 2,
      orderId: null,
      order: null,
    });
    const rest = await listed(eventId, `?limit=2&cursor=${first.nextCursor}`);
    expect([idsOf(rest), rest.nextCursor]).toEqual([ids.slice(2), null]);
  });

  it('begins with those that wait, by rank, and ends with those that have left', async () => {
    const { eventId, eventItemId } = await makeEvent({ stock: 0 });
    const leaver = await makeShopper();
    const first = await wait(leaver, eventItemId);
    const second = await wait(await makeShopper(), eventItemId);
    const third = await wait(await makeShopper(), eventItemId);
    expect((await leaveQueue(leaver, first)).status).toBe(200);
    const ids: string[] = [];
    let query = '?limit=1';
    for (let page = 0; page < 3; page++) {
      const list = await listed(eventId, query);
      ids.push(...idsOf(list));
      query = `?limit=1&cursor=${list.nextCursor}`;
    }
    expect(ids).toEqual([second.id, third.id, first.id]);
  });

  it('has those that a draw will rank in the order in which they came', async () => {
    const { eventId, eventItemId } = await makeDraw();
    const ids: string[] = [];
    for (let n = 0; n < 3; n++) ids.push((await wait(await makeShopper(), eventItemId)).id);
    const page = await listed(eventId, '?limit=2');
    const rest = await listed(eventId, `?limit=2&cursor=${page.nextCursor}`);
    expect([...idsOf(page), ...idsOf(rest)]).toEqual(ids);
  });

  it('is searched by address, customer, entry and status', async () => {
    const { eventId, waiter, entry } = await makeWaitlist();
    const elsewhere = await makeWaitlist();
    const address = encodeURIComponent(waiter.user.email.toUpperCase());
    for (const [query, found] of [
      [`email=${address}`, [entry.id]],
      [`customerId=${waiter.user.id}`, [entry.id]],
      [`entryId=${entry.id}`, [entry.id]],
      [`entryId=${elsewhere.entry.id}`, []],
      [`customerId=${elsewhere.waiter.user.id}`, []],
      ['email=nobody@example.com', []],
      ['status=waiting', [entry.id]],
      ['status=offered', []],
      ['status=closed', []],
      [`status=waiting&email=${address}&customerId=${waiter.user.id}`, [entry.id]],
    ] as const) {
      expect([query, idsOf(await listed(eventId, `?${query}`))]).toEqual([query, found]);
    }
    const lost = await admin.call('GET', `/events/${eventId}/queue?cursor=nonsense`);
    await expectProblem(lost, 400, 'malformed');
    await expectProblem(
      await admin.call('GET', '/events/evt_000000000000/queue'),
      404,
      'not_found',
    );
  });

  it('shows what became of an offer', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { eventId, holder, order, waiter, entry } = await makeWaitlist();
    expect((await settle(holder, order, 'cancel')).status).toBe(200);
    const [offer] = await ordersOf(waiter, eventId);
    const { entries } = await listed(eventId, '?status=offered');
    expect(entries).toMatchObject([
      {
        id: entry.id,
        orderId: offer?.id,
        order: { id: offer?.id, status: 'pending', quantity: 1 },
        endedAt: expect.any(String),
      },
    ]);
    pass(600_000);
    expect((await listed(eventId)).entries).toMatchObject([{ order: { status: 'expired' } }]);
  });

  it('is closed while the sale is over, and waits again when it goes on', async () => {
    const { eventId, entry } = await makeWaitlist();
    await admin.call('POST', `/events/${eventId}/close`);
    expect((await listed(eventId)).entries).toMatchObject([{ id: entry.id, status: 'closed' }]);
    expect(idsOf(await listed(eventId, '?status=waiting'))).toEqual([]);
    expect(idsOf(await listed(eventId, '?status=closed'))).toEqual([entry.id]);
    await admin.call('POST', `/events/${eventId}/open`);
    expect((await listed(eventId)).entries).toMatchObject([{ status: 'waiting' }]);
  });
});

describe('an entry that is disqualified', () => {
  it('is skipped with that word, and the log has who did it and why', async () => {
    const { eventId, eventItemId, holder, order, waiter, entry } = await makeWaitlist();
    const behind = await makeShopper();
    await wait(behind, eventItemId);
    const answer = await disqualify(entry.id, 'Bought for resale, says the forum');
    expect(answer.status).toBe(200);
    expect(await answer.json<AdminQueueAnswer>()).toMatchObject({
      entry: { id: entry.id, status: 'skipped', reason: 'disqualified', rank: 1, order: null },
    });
    expect(await admin.auditOf(entry.id)).toMatchObject([
      {
        actor: admin.user.id,
        action: 'queue.disqualify',
        before: { status: 'waiting' },
        after: { status: 'skipped', reason: 'Bought for resale, says the forum' },
      },
    ]);
    expect((await readEvent(eventId)).items[0]?.queue).toMatchObject({ waiting: 1 });

    // Whoever is behind them is served in their place.
    await settle(holder, order, 'cancel');
    expect(await ordersOf(waiter, eventId)).toEqual([]);
    expect(await ordersOf(behind, eventId)).toMatchObject([{ status: 'pending' }]);
    expect((await readIntegrity(eventId)).ok).toBe(true);
  });

  it('stays so when it is done again, with one line in the log', async () => {
    const { entry } = await makeWaitlist();
    const first = await (await disqualify(entry.id)).json<AdminQueueAnswer>();
    const again = await disqualify(entry.id, 'Another reason');
    expect(again.status).toBe(200);
    expect((await again.json<AdminQueueAnswer>()).entry).toEqual(first.entry);
    expect(await admin.auditOf(entry.id)).toHaveLength(1);
  });

  it('in a draw, keeps its customer from the draw', async () => {
    const { eventItemId } = await makeDraw();
    const entry = await wait(await makeShopper(), eventItemId);
    const { entry: skipped } = await (await disqualify(entry.id)).json<AdminQueueAnswer>();
    expect(skipped).toMatchObject({ seq: 1, rank: null, status: 'skipped' });
  });
});

describe('an entry is not disqualified', () => {
  it('once it was offered or has left', async () => {
    const { eventItemId, holder, order, entry, waiter } = await makeWaitlist();
    await settle(holder, order, 'cancel');
    await expectProblem(await disqualify(entry.id), 409, 'not_waiting');
    const left = await wait(holder, eventItemId);
    const caller = { customerId: holder.user.id, sessionEpoch: 0, key: null };
    const leave = { kind: 'leave', entryId: left.id, ...caller } as const;
    expect(await deps.sale.attempt(left.eventId, leave)).toMatchObject({ ok: true });
    await expectProblem(await disqualify(left.id), 409, 'not_waiting');
    expect(await admin.auditOf(left.id)).toEqual([]);
    // The offer is theirs still.
    const again = await enterQueue(waiter, eventItemId);
    expect(again).toMatchObject({ ok: true, replayed: true, entry: { id: entry.id } });
  });

  it('where there is none, or without a reason', async () => {
    const { eventId, entry } = await makeWaitlist();
    const { nowMs, fillRandom } = deps.platform;
    const nobodys = makeQueueEntryId(eventId, nowMs(), fillRandom);
    await expectProblem(await disqualify(nobodys), 404, 'not_found');
    await expectProblem(await disqualify(entry.id, '  '), 400, 'malformed');
    await expectProblem(await disqualify(entry.id, 'x'.repeat(201)), 400, 'malformed');
  });
});
