/** What the minute's sweep finds of queues whose objects were not woken. */
import { afterEach, expect, it, vi } from 'vitest';
import type { EventId } from '../../contract/ids.ts';
import { PUBLISHED_AFTER_MS } from '../../draw/draw-event.ts';
import { findDueQueues, findLeftDraws } from '../../stores/postgres/due-queues.ts';
import { pass } from '../../testing/purchases.ts';
import { deps, makeEvent, makeShopper } from '../../testing/shop.ts';
import { sweepOf } from '../../testing/sweeping.ts';
import { entryOf, makeDraw, makeWaitlist, ordersOf, wait } from '../../testing/waiting.ts';

const HOUR_MS = 3_600_000;

afterEach(() => {
  vi.useRealTimers();
});

/** Behind everybody's back, as a change whose object could not be woken. */
async function addStock(eventId: EventId, units: number): Promise<void> {
  await deps.stores.db.$client.query(
    `UPDATE event_items SET stock_total = stock_total + $2, stock_remaining = stock_remaining + $2
      WHERE event_id = $1`,
    [eventId, units],
  );
}

/**
 * Soon after what a test looks at. The sweep takes so many events, the first to end first, and other tests
 * leave a lot behind.
 */
function endsSoon(afterMs = 0): { endsAt: string } {
  return { endsAt: new Date(Date.now() + afterMs + 60_000).toISOString() };
}

it('the sweep has a free unit offered to who waits, where nobody else did', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const { eventId, waiter, entry } = await makeWaitlist(endsSoon());
  pass(10_000);
  await addStock(eventId, 1);
  expect(await sweepOf(eventId)).toEqual([eventId]);
  expect(await entryOf(entry.id)).toBe('offered');
  expect(await ordersOf(waiter, eventId)).toMatchObject([{ status: 'pending' }]);
});

it('the sweep leaves a queue alone of which nobody can be served', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const soldOut = await makeWaitlist(endsSoon());
  const tooFew = await makeEvent({ stock: 0, limitPerCustomer: 5, ...endsSoon() });
  await wait(await makeShopper(), tooFew.eventItemId, { quantity: 5, minQuantity: 3 });
  const closed = await makeWaitlist(endsSoon());
  const coming = await makeDraw(endsSoon(HOUR_MS));
  await wait(await makeShopper(), coming.eventItemId);
  const nobody = await makeEvent(endsSoon());
  pass(10_000);
  await addStock(tooFew.eventId, 2);
  const { $client } = deps.stores.db;
  await $client.query('UPDATE events SET closed_at = now() WHERE id = $1', [closed.eventId]);
  await addStock(closed.eventId, 1);
  const ids = [soldOut, tooFew, closed, coming, nobody].map(({ eventId }) => eventId);
  expect(await sweepOf(...ids)).toEqual([]);
  await addStock(tooFew.eventId, 1);
  expect(await sweepOf(...ids)).toEqual([tooFew.eventId]);
});

it('the sweep has a draw locked and drawn whose alarms were lost, and its units offered', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const { eventId, eventItemId } = await makeDraw({ stock: 2, ...endsSoon(HOUR_MS) });
  const shoppers = [await makeShopper(), await makeShopper(), await makeShopper()];
  const entries = await Promise.all(shoppers.map((shopper) => wait(shopper, eventItemId)));
  const drawOf = async () => {
    const [row] = await deps.stores.db.$client.query(
      'SELECT entry_count::int AS entries, seed FROM draws WHERE event_id = $1',
      [eventId],
    );
    return row;
  };
  // Its entries have closed, and it opens in some seconds.
  pass(HOUR_MS - 5_000 + 4_000);
  const isDue = async () => {
    const due = { nowMs: Date.now(), beforeMs: Date.now() - 5_000, limit: 1_000 };
    return (await findDueQueues(deps.stores.db, due)).includes(eventId);
  };
  expect(await isDue()).toBe(false);
  pass(1_500);
  expect(await isDue()).toBe(true);
  pass(8_000);
  expect(await sweepOf(eventId)).toEqual([eventId]);
  await vi.waitFor(async () => expect(await drawOf()).toMatchObject({ entries: 3 }));
  await vi.waitFor(
    async () => {
      const outcomes = await Promise.all(entries.map(({ id }) => entryOf(id)));
      expect(outcomes.toSorted()).toEqual(['offered', 'offered', 'waiting']);
    },
    { timeout: 10_000 },
  );
  expect(await drawOf()).toMatchObject({ seed: expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(await isDue()).toBe(false);
});

it('the sweep has signed what became of a draw, also where its sale was closed before', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const { eventId, eventItemId } = await makeDraw(endsSoon(HOUR_MS));
  await wait(await makeShopper(), eventItemId);
  const { db } = deps.stores;
  await db.$client.query('UPDATE events SET closed_at = now() WHERE id = $1', [eventId]);
  const isLeft = async () => {
    const found = await findLeftDraws(db, { beforeMs: Date.now(), limit: 10_000 });
    return found.includes(eventId);
  };
  const statementsOf = async () => {
    const [row] = await db.$client.query(
      'SELECT num_nonnulls(locked_statement, drawn_statement) AS n FROM draw_proofs WHERE event_id = $1',
      [eventId],
    );
    return Number(row?.['n']);
  };
  expect(await isLeft()).toBe(false);
  pass(HOUR_MS + 3_000 + PUBLISHED_AFTER_MS);
  expect(await isLeft()).toBe(true);
  await deps.sale.expireDue(eventId);
  await vi.waitFor(async () => expect(await statementsOf()).toBe(2), { timeout: 20_000 });
  expect(await isLeft()).toBe(false);

  // As where the object ended between the draw and its statement.
  await db.$client.query('UPDATE draw_proofs SET drawn_statement = NULL WHERE event_id = $1', [
    eventId,
  ]);
  expect(await isLeft()).toBe(true);
});
