/** Entering and leaving a queue over HTTP, and reading one's own entry. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Problem } from '../../contract/problems.ts';
import type { QueueEntryAnswer } from '../../contract/queue.ts';
import { expectProblem } from '../../testing/accounts.ts';
import { appWith } from '../../testing/apps.ts';
import { hold, pass, reserve, settle } from '../../testing/purchases.ts';
import { enter, enterQueue, leaveQueue, readEntry } from '../../testing/queue.ts';
import { call, makeEvent, makeShopper, makeShoppers } from '../../testing/shop.ts';
import { storeCallsOf } from '../../testing/store-calls.ts';
import { makeWaitlist } from '../../testing/waiting.ts';

afterEach(() => {
  vi.useRealTimers();
});

/** A sale of one unit, which the first of these shoppers holds. */
async function soldOut(shoppers: number, wanted: Parameters<typeof makeEvent>[0] = {}) {
  const event = await makeEvent({ stock: 1, ...wanted });
  const [holder, ...others] = await makeShoppers(shoppers + 1);
  if (!holder) throw new Error('nobody holds');
  const order = await hold(holder, event.eventItemId);
  return { ...event, holder, order, others };
}

describe('entering a queue', () => {
  it('is offered with sold out, and gives a place that is there to be read', async () => {
    const { eventId, eventItemId, others } = await soldOut(2);
    const [first, second] = others;
    if (!first || !second) throw new Error('nobody waits');
    const refusal = await reserve(first, eventItemId);
    expect(refusal.status).toBe(409);
    expect(await refusal.json()).toMatchObject({
      code: 'sold_out',
      queue: { open: true, waiting: 0, waitingUnits: 0 },
    });

    const answer = await enterQueue(first, eventItemId);
    expect(answer.status).toBe(201);
    const { entry } = await answer.json<QueueEntryAnswer>();
    expect(entry).toMatchObject({
      eventId,
      eventItemId,
      quantity: 1,
      minQuantity: 1,
      status: 'waiting',
      reason: null,
      seq: 1,
      rank: 1,
      ahead: { entries: 0, units: 0 },
      outlook: 'possible',
      orderId: null,
    });
    expect(await readEntry(first, entry)).toEqual(entry);
    const behind = await enter(second, eventItemId);
    expect(behind).toMatchObject({ seq: 2, rank: 2, ahead: { entries: 1, units: 1 } });
    expect(await readEntry(second, behind)).toEqual(behind);
  });

  it('again gives the same entry again, with 200, from however many tabs at once', async () => {
    const { eventItemId, others } = await soldOut(1);
    const [shopper] = others;
    if (!shopper) throw new Error('nobody waits');
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => enterQueue(shopper, eventItemId)),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(7);
    const entries = await Promise.all(answers.map((one) => one.json<QueueEntryAnswer>()));
    expect(new Set(entries.map(({ entry }) => entry.id)).size).toBe(1);
  });

  it('is for items without a free unit, and of a sale that is on', async () => {
    const shopper = await makeShopper();
    const free = await makeEvent();
    await expectProblem(await enterQueue(shopper, free.eventItemId), 409, 'stock_available');
    const closed = await soldOut(0, { waitlist: false });
    await expectProblem(await enterQueue(shopper, closed.eventItemId), 409, 'queue_closed');
    const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
    const early = await makeEvent({ startsAt: inAnHour });
    await expectProblem(await enterQueue(shopper, early.eventItemId), 409, 'not_open');
    const over = await makeEvent({
      startsAt: new Date(Date.now() - 7_200_000).toISOString(),
      endsAt: new Date(Date.now() - 3_600_000).toISOString(),
    });
    await expectProblem(await enterQueue(shopper, over.eventItemId), 409, 'closed');
    const draft = await makeEvent({ published: false });
    await expectProblem(await enterQueue(shopper, draft.eventItemId), 404, 'not_found');
  });

  it('names the limit to whoever could not be served', async () => {
    const { eventItemId, holder } = await soldOut(0);
    const refusal = await enterQueue(holder, eventItemId);
    expect(refusal.status).toBe(403);
    const body = await refusal.json<Problem>();
    expect(body).toMatchObject({ code: 'limit_reached', limit: 1, held: 1, bought: 0 });
    const shopper = await makeShopper();
    const wish = { quantity: 2, minQuantity: 1 };
    await expectProblem(await enterQueue(shopper, eventItemId, wish), 403, 'limit_reached');
  });

  it('needs a verified address where the sale does', async () => {
    const { eventItemId } = await makeEvent({ stock: 0, requireVerifiedEmail: true });
    const answer = await enterQueue(await makeShopper(), eventItemId);
    await expectProblem(answer, 403, 'email_unverified');
  });

  it('refuses wishes that cannot be, by their members', async () => {
    const { eventItemId } = await soldOut(0);
    const shopper = await makeShopper();
    const wrong: [object, string][] = [
      [{ quantity: 0 }, 'quantity'],
      [{ quantity: 101 }, 'quantity'],
      [{ quantity: 1.5 }, 'quantity'],
      [{ quantity: '1' }, 'quantity'],
      [{ minQuantity: 0 }, 'minQuantity'],
      [{ minQuantity: 2 }, 'minQuantity'],
      [{ quantity: 2, minQuantity: 3 }, 'minQuantity'],
    ];
    for (const [body, path] of wrong) {
      const answer = await call('POST', `/queue/${eventItemId}`, { token: shopper.token, body });
      expect(answer.status).toBe(400);
      const { code, errors } = await answer.json<Problem>();
      expect(code).toBe('malformed');
      expect(errors?.map((error) => error.path)).toContain(path);
    }
    const headers = { 'Idempotency-Key': '"' };
    const keyed = await call('POST', `/queue/${eventItemId}`, { token: shopper.token, headers });
    await expectProblem(keyed, 400, 'malformed');
  });

  it('too fast is refused, by customer and by address', async () => {
    const { eventItemId } = await soldOut(0);
    const shopper = await makeShopper();
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => enterQueue(shopper, eventItemId)),
    );
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    for (const { headers } of refused) {
      expect(Number(headers.get('Retry-After'))).toBeGreaterThan(0);
    }
    const asked: string[] = [];
    const purchase = async (key: string) => {
      asked.push(key);
      return false;
    };
    const ask = appWith({ limits: { purchase }, logging: { log: () => {} } });
    const headers = {
      Authorization: `Bearer ${shopper.token}`,
      'CF-Connecting-IP': '203.0.113.9',
    };
    for (const path of [
      `/queue/${eventItemId}`,
      `/queue/${(await makeWaitlist()).entry.id}/leave`,
    ]) {
      expect((await ask(path, { method: 'POST', headers })).status).toBe(429);
    }
    expect(asked).toEqual(['203.0.113.9', '203.0.113.9']);
  });

  it('anew is possible a few times a day', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { eventItemId, others } = await soldOut(1);
    const [shopper] = others;
    if (!shopper) throw new Error('nobody waits');
    vi.useFakeTimers({ toFake: ['Date'] });
    for (let n = 0; n < 5; n++) {
      // Slowly enough for the limit on requests.
      pass(1_000);
      expect((await leaveQueue(shopper, await enter(shopper, eventItemId))).status).toBe(200);
      // No more than may be asked in a second, however fast the machine.
      pass(2_000);
    }
    const refusal = await enterQueue(shopper, eventItemId);
    expect(Number(refusal.headers.get('Retry-After'))).toBeGreaterThan(80_000);
    await expectProblem(refusal, 429, 'rate_limited');
  });
});

describe('leaving a queue', () => {
  it('ends the entry for good, and answers the same again', async () => {
    const { eventItemId, others } = await soldOut(2);
    const [first, second] = others;
    if (!first || !second) throw new Error('nobody waits');
    const entry = await enter(first, eventItemId);
    const behind = await enter(second, eventItemId);
    for (let n = 0; n < 2; n++) {
      const answer = await leaveQueue(first, entry);
      expect(answer.status).toBe(200);
      const { entry: left } = await answer.json<QueueEntryAnswer>();
      expect(left).toEqual({ ...entry, status: 'left', ahead: null, outlook: 'unknown' });
      expect(await readEntry(first, entry)).toEqual(left);
    }
    expect((await readEntry(second, behind)).ahead).toEqual({ entries: 0, units: 0 });
    const anew = await enter(first, eventItemId);
    expect(anew).toMatchObject({ seq: 3, rank: 3, ahead: { entries: 1, units: 1 } });
  });
});

describe('somebody else’s entry', () => {
  it('cannot be read or left', async () => {
    const { entry } = await makeWaitlist();
    for (const stranger of [await makeShopper(), await makeShopper('admin')]) {
      const read = await call('GET', `/queue/${entry.id}`, { token: stranger.token });
      await expectProblem(read, 404, 'not_found');
      await expectProblem(await leaveQueue(stranger, entry), 404, 'not_found');
    }
    const { token } = await makeShopper();
    const other = entry.id.replace(/.$/, (char) => (char === '0' ? '1' : '0'));
    await expectProblem(await call('GET', `/queue/${other}`, { token }), 404, 'not_found');
  });
});

describe('an entry of a sale that is over', () => {
  it('is closed when it is read, and no longer once the sale is opened again', async () => {
    const endsAt = new Date(Date.now() + 3_600_000).toISOString();
    const { eventId, eventItemId, others } = await soldOut(1, { endsAt });
    const [shopper] = others;
    if (!shopper) throw new Error('nobody waits');
    const entry = await enter(shopper, eventItemId);
    const admin = await makeShopper('admin');
    const close = await call('POST', `/admin/events/${eventId}/close`, { token: admin.token });
    expect(close.status).toBe(200);
    const closed = { ...entry, status: 'closed', ahead: null, outlook: 'unknown' };
    expect(await readEntry(shopper, entry)).toEqual(closed);
    const again = await enterQueue(shopper, eventItemId);
    expect(again.status).toBe(200);
    expect((await again.json<QueueEntryAnswer>()).entry).toEqual(closed);
    await call('POST', `/admin/events/${eventId}/open`, { token: admin.token });
    expect(await readEntry(shopper, entry)).toEqual(entry);
  });
});

describe('what the queue costs the stores', () => {
  it('is nothing for an entry but its group, and one count of holds for all', async () => {
    const { eventItemId } = await soldOut(0);
    const shoppers = await makeShoppers(5);
    const ask = appWith({ logging: { log: () => {} } });
    const send = async ({ token }: (typeof shoppers)[number]) => {
      const headers = { Authorization: `Bearer ${token}` };
      const answer = await ask(`/queue/${eventItemId}`, { method: 'POST', headers });
      expect(answer.status).toBe(201);
    };
    const calls = await storeCallsOf(async () => {
      for (const shopper of shoppers) await send(shopper);
    });
    expect(calls).toEqual({ statements: 1, documents: 0 });
  });

  it('is two statements for a read of an entry', async () => {
    const { eventItemId, holder, order, others } = await soldOut(1);
    const [shopper] = others;
    if (!shopper) throw new Error('nobody waits');
    const { id } = await enter(shopper, eventItemId);
    await settle(holder, order, 'confirm');
    const ask = appWith({ logging: { log: () => {} } });
    const headers = { Authorization: `Bearer ${shopper.token}` };
    await ask(`/queue/${id}`, { headers });
    const calls = await storeCallsOf(() => ask(`/queue/${id}`, { headers }));
    expect(calls).toEqual({ statements: 2, documents: 0 });
  });
});
