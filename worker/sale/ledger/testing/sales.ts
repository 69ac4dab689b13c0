/** Sales, customers and attempts for tests of the ledger. */
import { sql } from 'drizzle-orm';
import {
  type EventId,
  type EventItemId,
  type FillRandom,
  type ItemId,
  makeEventId,
  makeEventItemId,
  makeItemId,
  makeOrderId,
  makeQueueEntryId,
  makeUserId,
  makeVariantId,
  type UserId,
} from '../../../contract/ids.ts';
import { insertItem } from '../../../stores/postgres/catalogue.ts';
import type { Db } from '../../../stores/postgres/client.ts';
import { type EventPlan, type PlanLine, rowsOf } from '../../../stores/postgres/event-plan-rows.ts';
import { insertEvent } from '../../../stores/postgres/event-plans.ts';
import { insertUser } from '../../../stores/postgres/users.ts';
import { replaceVariants } from '../../../stores/postgres/variants.ts';
import type {
  EnterAttempt,
  ReserveAttempt,
  Settlement,
  StampedAttempt,
  StampedEnter,
  StampedReserve,
} from '../../rules/attempts.ts';
import { settleGroup } from '../ledger.ts';

export const NOW_MS = Date.UTC(2030, 0, 1);
export const HOLD_MS = 10_000;
/** Ids of orders and entries rise with arrival, as the object makes them. */
let orderIdMs = NOW_MS;
const fillRandom: FillRandom = (bytes) => crypto.getRandomValues(bytes);

export interface Sale {
  db: Db;
  eventId: EventId;
  items: EventItemId[];
}

/** What a sale has of one item. */
interface Line {
  stock: number;
  limit: number;
  /** The item has so many variants, called S1, S2 and so on; each has the stock. */
  sizes?: number;
}

/** For the catalogue, without variants. */
export async function makeItems(db: Db, count: number): Promise<ItemId[]> {
  const ids = Array.from({ length: count }, () => makeItemId(NOW_MS, fillRandom));
  for (const id of ids) {
    const texts = { name: 'Lamp', description: '', category: 'x', imageUrl: null };
    await insertItem(db, { id, ...texts }, 'a test');
  }
  return ids;
}

/**
 * @param more `catalogue` is what is sold: new items where it is left out.
 * @returns its items are event items: with sizes, one for each.
 */
export async function makeSale(
  db: Db,
  lines: Line[],
  more: Partial<{ catalogue: ItemId[] } & Omit<EventPlan, 'holdSeconds' | 'items'>> = {},
): Promise<Sale> {
  const eventId = makeEventId(fillRandom);
  const { catalogue, ...conditions } = more;
  const itemIds = catalogue ?? (await makeItems(db, lines.length));
  const items: PlanLine[] = [];
  for (const [n, line] of lines.entries()) {
    items.push(await planLine(db, itemIds[n] ?? makeItemId(NOW_MS, fillRandom), line));
  }
  const plan = {
    title: 'Sale',
    description: '',
    currency: 'EUR',
    startsAt: new Date(NOW_MS).toISOString(),
    endsAt: new Date(NOW_MS + 3_600_000).toISOString(),
    timeZone: 'UTC',
    published: true,
    requireVerifiedEmail: false,
    oneLimitPerMailbox: false,
    reportPublic: false,
    payment: 'none' as const,
    needsAddress: false,
    shipping: [],
    admission: 'first_come' as const,
    waitlist: true,
    offerSeconds: 600,
    entriesCloseAt: null,
    ...conditions,
    holdSeconds: HOLD_MS / 1_000,
    items,
  };
  await insertEvent(db, eventId, { plan, actor: 'a test' });
  const eventItemIds = rowsOf(plan).map(({ position }) => makeEventItemId(eventId, position));
  return { db, eventId, items: eventItemIds };
}

/** Gives the item its sizes. */
async function planLine(db: Db, itemId: ItemId, { stock, limit, sizes = 0 }: Line) {
  const line = { itemId, priceCents: 100, stock, limitPerCustomer: limit };
  if (sizes === 0) return line;
  const variants = Array.from({ length: sizes }, (_, n) => ({
    id: makeVariantId(NOW_MS, fillRandom),
    label: `S${n + 1}`,
    isNew: true,
  }));
  for (const write of replaceVariants(db, { id: itemId, variants, may: sql`TRUE` })) await write;
  const sold = variants.map(({ id }) => ({ variantId: id, priceCents: 100, stock }));
  return { ...line, stock: stock * sizes, variants: sold };
}

/** Each with an address of their own. */
export function makeCustomers(db: Db, count: number): Promise<UserId[]> {
  const names = Array.from({ length: count }, () => makeUserId(NOW_MS, fillRandom));
  return makeAccounts(
    db,
    names.map((name) => `${name}@example.com`),
  );
}

/** One for each address, none of which is verified. */
export async function makeAccounts(db: Db, emails: string[]): Promise<UserId[]> {
  const ids: UserId[] = [];
  for (const email of emails) {
    const id = makeUserId(NOW_MS, fillRandom);
    const fields = { displayName: 'C', passwordHash: 'none', role: 'customer' as const };
    await insertUser(db, { id, email, ...fields });
    ids.push(id);
  }
  return ids;
}

export function reserve(
  sale: Sale,
  customerId: UserId,
  more: Partial<ReserveAttempt & { atMs: number }> = {},
): StampedReserve {
  const [eventItemId] = sale.items;
  if (eventItemId === undefined) throw new Error('the sale has no item');
  return {
    kind: 'reserve' as const,
    eventItemId,
    customerId,
    sessionEpoch: 0,
    quantity: 1,
    key: null,
    orderId: makeOrderId(sale.eventId, ++orderIdMs, fillRandom),
    atMs: NOW_MS,
    ...more,
  };
}

/** Of a hold, without a key. */
export function confirm(hold: StampedReserve, atMs = NOW_MS): StampedAttempt {
  return { ...hold, kind: 'confirm', key: null, atMs };
}

export function cancel(hold: StampedReserve, atMs = NOW_MS): StampedAttempt {
  return { ...hold, kind: 'cancel', key: null, atMs };
}

/** A wish for one unit of the first item. */
export function enter(
  sale: Sale,
  customerId: UserId,
  more: Partial<EnterAttempt & { atMs: number }> = {},
): StampedEnter {
  const [eventItemId] = sale.items;
  if (eventItemId === undefined) throw new Error('the sale has no item');
  return {
    kind: 'enter',
    eventItemId,
    customerId,
    sessionEpoch: 0,
    quantity: 1,
    minQuantity: 1,
    key: null,
    entryId: makeQueueEntryId(sale.eventId, ++orderIdMs, fillRandom),
    atMs: NOW_MS,
    ...more,
  };
}

export function leave({ customerId, sessionEpoch, entryId }: StampedEnter): StampedAttempt {
  return { kind: 'leave', entryId, customerId, sessionEpoch, key: null, atMs: NOW_MS };
}

export async function settle(
  sale: Sale,
  attempts: StampedAttempt[],
  nowMs = NOW_MS,
): Promise<Settlement> {
  const settlement = await settleGroup(sale.db, sale.eventId, { attempts, nowMs });
  if (settlement === null) throw new Error('the event is unknown');
  return settlement;
}

export function outcomes({ answers }: Settlement): string[] {
  return answers.map((answer) => {
    if ('refusal' in answer) return answer.refusal;
    return 'order' in answer ? answer.order.status : answer.entry.status;
  });
}

/** How an event is drawn, by a seed of 32 such bytes; its round is made up. */
export function drawnBy(byte = 7) {
  const bytes = (length: number) => new Uint8Array(length).fill(byte);
  const round = { signature: bytes(48), randomness: bytes(32) };
  return { seed: bytes(32), round, nowMs: NOW_MS };
}

/** Customers with nothing else to their names, all at once. */
export async function makeCrowd(db: Db, count: number): Promise<UserId[]> {
  const ids = Array.from({ length: count }, () => makeUserId(NOW_MS, fillRandom));
  await db.execute(sql`
    INSERT INTO users (id, email, display_name, password_hash)
    SELECT id, id || '@example.com', 'C', 'none'
      FROM jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb) AS id`);
  return ids;
}

/** Orders that a customer has cancelled, all at once, each made under a key. */
export async function makeCancelledOrders(
  { db, eventId, items: [eventItemId] }: Sale,
  customerId: UserId,
  count: number,
): Promise<void> {
  await db.execute(sql`
    INSERT INTO orders (id, event_id, event_item_id, customer_id, status, quantity, unit_price_cents,
                        unit_price_minor, currency, reserved_at, expires_at, ended_at, reserve_key)
    SELECT ${customerId} || n, ${eventId}, ${eventItemId}, ${customerId}, 'cancelled', 1, 100,
           100, 'EUR', now(), now(), now(), 'key ' || n
      FROM generate_series(1, ${count}::int) AS n`);
}
