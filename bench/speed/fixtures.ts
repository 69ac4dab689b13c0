/** What the bench sells, and to whom: rows put straight into a database that is the bench's own. */
import { sql } from 'drizzle-orm';
import type { NamedBeacon } from '../../worker/contract/draw.ts';
import {
  type EventItemId,
  eventIdOf,
  type ItemId,
  type KeyedDigest,
  makeEventId,
  makeEventItemId,
  makeItemId,
} from '../../worker/contract/ids.ts';
import type { PaymentKind } from '../../worker/contract/payments.ts';
import { LIMITS } from '../../worker/contract/values.ts';
import { insertItem } from '../../worker/stores/postgres/catalogue.ts';
import type { Db } from '../../worker/stores/postgres/client.ts';
import { insertEvent } from '../../worker/stores/postgres/event-plans.ts';
import { shopperIdSql } from './shopper-ids.ts';

/** So that one statement stays well below the store's time limit. */
const SHOPPERS_PER_INSERT_MAX = 25_000;
const DAY_MS = 24 * 60 * 60 * 1_000;

export async function insertShoppers(db: Db, count: number): Promise<void> {
  for (let first = 0; first < count; first += SHOPPERS_PER_INSERT_MAX) {
    const last = Math.min(first + SHOPPERS_PER_INSERT_MAX, count) - 1;
    await db.execute(sql`
      INSERT INTO users (id, email, display_name, password_hash)
      SELECT ${sql.raw(shopperIdSql('n'))}, 'shopper' || n || '@bench.invalid', 'Shopper', 'none'
        FROM generate_series(${first}::int, ${last}::int) n`);
  }
}

/**
 * What earlier sales left behind, so that the database's plans are those of a shop that has sold
 * before, and not those for an empty table.
 */
export async function insertPastOrders(
  db: Db,
  past: { itemId: ItemId; count: number },
): Promise<void> {
  const { itemId, count } = past;
  const eventItemId = await openSale({ db }, { itemId, stock: LIMITS.stockMax });
  const eventId = eventIdOf(eventItemId);
  const orderId = `ord_${eventId.slice('evt_'.length)}_`;
  await db.execute(sql`
    INSERT INTO orders (id, event_id, event_item_id, customer_id, status, quantity,
                        unit_price_cents, currency, reserved_at, expires_at, ended_at, reserve_key)
    SELECT ${orderId} || lpad(n::text, 18, '0'), ${eventId}, ${eventItemId},
           ${sql.raw(shopperIdSql('n'))}, 'expired', 1, 1000, 'EUR', now() - interval '1 day',
           now() - interval '1 day', now() - interval '1 day', 'past'
      FROM generate_series(0, ${count - 1}::int) n`);
  await db.execute(sql`ANALYZE`);
}

export async function insertCatalogueItem(db: Db): Promise<ItemId> {
  const id = makeItemId(Date.now(), fillRandom);
  const texts = { name: 'Lamp', description: '', category: 'other', imageUrl: null };
  await insertItem(db, { id, ...texts }, 'the bench');
  return id;
}

/** With the shop's digest, the shop recognizes the ids of events as its own. */
export interface Shop {
  db: Db;
  eventDigest?: KeyedDigest;
}

/** A live event of its own for a phase, with one item and holds that outlast the bench. */
export async function openSale(
  { db, eventDigest }: Shop,
  sale: {
    itemId: ItemId;
    stock: number;
    /** 1 where it is left out. */
    limitPerCustomer?: number;
    /** Who takes the money; `none` where it is left out. */
    payment?: PaymentKind;
    /** Milliseconds since the epoch: the opening, and when entries are locked. */
    draw?: { startsAtMs: number; locksAtMs: number; beacon?: NamedBeacon };
  },
): Promise<EventItemId> {
  const eventId = makeEventId(fillRandom, eventDigest);
  const { itemId, stock, limitPerCustomer = 1, payment = 'none', draw } = sale;
  const plan = {
    title: 'A sale',
    description: '',
    currency: 'EUR',
    startsAt: new Date(draw?.startsAtMs ?? Date.now() - DAY_MS).toISOString(),
    endsAt: new Date(Date.now() + DAY_MS).toISOString(),
    timeZone: 'UTC',
    published: true,
    requireVerifiedEmail: false,
    oneLimitPerMailbox: false,
    reportPublic: false,
    payment,
    needsAddress: false,
    shipping: [],
    admission: draw ? ('draw' as const) : ('first_come' as const),
    waitlist: true,
    offerSeconds: 600,
    ...(draw?.beacon && { drawBeacon: draw.beacon }),
    entriesCloseAt: draw ? new Date(draw.locksAtMs).toISOString() : null,
    holdSeconds: LIMITS.holdSecondsMax,
    items: [{ itemId, priceCents: 1_000, stock, limitPerCustomer }],
  };
  await insertEvent(db, eventId, { plan, actor: 'the bench' });
  return makeEventItemId(eventId, 1);
}

function fillRandom(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(bytes);
}
