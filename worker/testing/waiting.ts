/** Shoppers who wait in a queue, in tests in workerd: put there through the event's object. */
import { type EventItemId, eventIdOf } from '../contract/ids.ts';
import type { Answer } from '../sale/rules/attempts.ts';
import { hold } from './purchases.ts';
import { deps, makeEvent, makeShopper, type Shopper } from './shop.ts';

export type Waiting = Extract<Answer, { kind: 'entry' }>['entry'];

export function enterQueue(
  { user }: Shopper,
  eventItemId: EventItemId,
  { quantity = 1, minQuantity = 1 } = {},
): Promise<Answer> {
  const wish = { eventItemId, quantity, minQuantity };
  const caller = { customerId: user.id, sessionEpoch: 0, key: null };
  return deps.sale.attempt(eventIdOf(eventItemId), { kind: 'enter', ...wish, ...caller });
}

/** @returns the entry, which waits. */
export async function wait(...asked: Parameters<typeof enterQueue>): Promise<Waiting> {
  const answer = await enterQueue(...asked);
  if (!answer.ok || answer.kind !== 'entry') throw new Error(JSON.stringify(answer));
  return answer.entry;
}

/** A sale of one unit, which somebody holds for a while, and somebody who waits for it. */
export async function makeWaitlist(wanted: Parameters<typeof makeEvent>[0] = {}) {
  const sale = await makeEvent({ stock: 1, holdSeconds: 300, ...wanted });
  const [holder, waiter] = [await makeShopper(), await makeShopper()];
  const order = await hold(holder, sale.eventItemId);
  const entry = await wait(waiter, sale.eventItemId);
  return { ...sale, holder, order, waiter, entry };
}

/** A draw that opens in an hour, unless `startsAt` says when, and of which entries close a bit before. */
export function makeDraw(wanted: Parameters<typeof makeEvent>[0] = {}) {
  const { startsAt = new Date(Date.now() + 3_600_000).toISOString() } = wanted;
  const entriesCloseAt = new Date(Date.parse(startsAt) - 5_000).toISOString();
  return makeEvent({ admission: 'draw', entriesCloseAt, ...wanted, startsAt });
}

/** The orders of a customer in an event, as the database has them. */
export async function ordersOf({ user }: Shopper, eventId: string) {
  const rows = await deps.stores.db.$client.query(
    'SELECT id, status, quantity, entry_id FROM orders WHERE customer_id = $1 AND event_id = $2',
    [user.id, eventId],
  );
  return rows.map(({ id, status, quantity, entry_id }) => ({
    id: String(id),
    status: String(status),
    quantity: Number(quantity),
    entryId: entry_id as string | null,
  }));
}

/** What became of an entry, as the database has it. */
export async function entryOf(id: string): Promise<string> {
  const [row] = await deps.stores.db.$client.query(
    "SELECT concat_ws(' ', status, reason) AS what FROM queue_entries WHERE id = $1",
    [id],
  );
  return String(row?.what);
}
