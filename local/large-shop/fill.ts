/** Fills a database with a large shop, for measuring how long reading it takes. Knows no query of the shop's. */
import type pg from 'pg';
import type { EventId } from '../../worker/contract/ids.ts';

/** The moment in which the shop is looked at. */
export const SHOP_NOW_MS = Date.UTC(2030, 0, 1);

export interface LargeShop {
  orders: number;
  customers: number;
  events: number;
  /** Each of its own in the catalogue, up to so many as there are in it. */
  itemsPerEvent: number;
  catalogueItems: number;
}

const HOUR_MS = 3_600_000;
const DIGITS = 12;
/** Who does what the audit log tells. */
const ADMINS = 5;
/** Of a hundred events, the last is to come; what was sold is of the others. */
const SHARE_OVER = 0.99;

export function largeEventId(n: number): EventId {
  return `evt_${String(n).padStart(DIGITS, '0')}` as EventId;
}

/** The greatest event, which is number 0, has half of the orders; the others share the rest. */
export async function fillLargeShop(client: pg.Client, shop: LargeShop): Promise<void> {
  await fillCustomers(client, shop);
  await fillEvents(client, shop);
  await fillOrders(client, shop);
  await fillPayments(client);
  await fillRecords(client, shop);
  await client.query('VACUUM ANALYZE');
}

async function fillCustomers(client: pg.Client, { customers }: LargeShop): Promise<void> {
  await client.query(
    `INSERT INTO users (id, email, display_name, password_hash, role, created_at)
     SELECT 'usr_' || lpad(n::text, 18, '0'), 'c' || n || '@example.com',
            CASE WHEN n % 150 = 0 THEN 'Maja' ELSE (ARRAY['Ana', 'Bo', 'Çelik', 'Dara', 'Эмма'])[1 + n % 5] END
            || CASE WHEN n % 3000 = 0 THEN ' Lindquist ' ELSE ' Berg' END || n / 100, 'none',
            CASE WHEN n < ${ADMINS} THEN 'admin' ELSE 'customer' END,
            $2::timestamptz - n * interval '1 min'
       FROM generate_series(0, $1 - 1) n`,
    [customers, new Date(SHOP_NOW_MS)],
  );
}

/** Of a hundred events two are drafts and one is cancelled; one day of each is sold, an hour after the one before. */
async function fillEvents(client: pg.Client, shop: LargeShop): Promise<void> {
  const { events, itemsPerEvent, catalogueItems } = shop;
  await client.query(
    `INSERT INTO item_catalog (id, name, category, image_url, created_at)
     SELECT 'itm_' || n, CASE WHEN n % 20 = 0 THEN 'Lamp ' ELSE 'Item ' END || n, 'category ' || n % 12,
            '/pictures/' || n, $2::timestamptz - n * interval '1 min'
       FROM generate_series(1, $1::int) n`,
    [catalogueItems, new Date(SHOP_NOW_MS)],
  );
  await client.query(
    `INSERT INTO events (id, title, currency, starts_at, ends_at, hold_seconds, published, closed_at, cancelled_at,
                         cancel_reason)
     SELECT 'evt_' || lpad(n::text, ${DIGITS}, '0'), (ARRAY['Friday', 'Winter', 'Été', 'Night'])[1 + n % 4]
            || ' drop ' || n, 'EUR', at, at + interval '1 day', 300, n % 50 <> 7,
            CASE WHEN n % 100 = 31 THEN at + interval '2 h' END, CASE WHEN n % 100 = 31 THEN at + interval '2 h' END,
            CASE WHEN n % 100 = 31 THEN 'Broken' END
       FROM (SELECT n, $2::timestamptz + CASE WHEN n < $3 THEN - (n + 1) ELSE n - $3 + 1 END * interval '1 h' AS at
               FROM generate_series(0, $1::int - 1) n) e`,
    [events, new Date(SHOP_NOW_MS), eventsOver(shop)],
  );
  await client.query(
    `INSERT INTO event_items (id, event_id, item_id, position, price_cents, price_minor, stock_total, stock_remaining)
     SELECT replace(e.id, 'evt_', 'evi_') || '_' || k, e.id, 'itm_' || 1 + (right(e.id, 9)::int * $1::int + k) % $2::int,
            k, 1000 + k, 1000 + k, free, free
       FROM (SELECT id, CASE WHEN right(id, 9)::int % 2 = 1 THEN 0 ELSE 40 END AS free FROM events) e,
            generate_series(1, $1::int) k`,
    [itemsPerEvent, catalogueItems],
  );
}

function eventsOver({ events }: LargeShop): number {
  return Math.max(1, Math.floor(events * SHARE_OVER));
}

/** Of a hundred orders 70 are confirmed, 15 expired, 14 cancelled and one is held; most were sent. */
async function fillOrders(client: pg.Client, shop: LargeShop): Promise<void> {
  const { orders, customers, itemsPerEvent } = shop;
  const others = eventsOver(shop) - 1;
  const each = others === 0 ? 0 : Math.floor(orders / 2 / others);
  const sizes = [orders - each * others, each];
  await client.query(
    `INSERT INTO orders (id, event_id, event_item_id, customer_id, status, quantity, unit_price_cents,
                         unit_price_minor, currency, reserved_at, expires_at, ended_at, sent_at, event_title, item_name)
     SELECT 'ord_' || no || '_' || lpad(number::text, 18, '0'), 'evt_' || no,
            'evi_' || no || '_' || 1 + n * 7919 % $3::int,
            'usr_' || lpad((number * 104729 % $4::int)::text, 18, '0'), status, 1 + n % 2, 1000, 1000, 'EUR', at,
            at + interval '5 min', CASE WHEN status <> 'pending' THEN at + interval '1 min' END,
            CASE WHEN status = 'confirmed' AND n % 10 > 0 THEN at + interval '1 hour' END, 'A drop', 'A thing'
       FROM (SELECT n, lpad(e::text, ${DIGITS}, '0') AS no,
                    CASE WHEN e = 0 THEN n ELSE $1::bigint + (e - 1) * $2::bigint + n END AS number,
                    $5::timestamptz - (e + 1) * interval '1 h'
                      + n * interval '1 h' / CASE WHEN e = 0 THEN $1::bigint ELSE $2::bigint END AS at,
                    CASE WHEN n % 100 < 70 THEN 'confirmed' WHEN n % 100 < 85 THEN 'expired'
                         WHEN n % 100 < 99 THEN 'cancelled' ELSE 'pending' END AS status
               FROM generate_series(0, $6::int) e,
                    generate_series(1::bigint, CASE WHEN e = 0 THEN $1::bigint ELSE $2::bigint END) n) o`,
    [...sizes, itemsPerEvent, customers, new Date(SHOP_NOW_MS), others],
  );
  await client.query(`
    UPDATE event_items i SET stock_held = held, stock_sold = sold, stock_total = stock_remaining + held + sold
      FROM (SELECT event_item_id, coalesce(sum(quantity) FILTER (WHERE status = 'pending'), 0) held,
                   coalesce(sum(quantity) FILTER (WHERE status = 'confirmed'), 0) sold
              FROM orders GROUP BY 1) o WHERE event_item_id = i.id`);
  await client.query(`
    INSERT INTO order_addresses (order_id, address, written_at)
    SELECT id, jsonb_build_object('name', 'Kim Berg' || right(customer_id, 4), 'line1', 'Street ' || right(id, 3),
             'postalCode', right(id, 5), 'city', (ARRAY['Bonn', 'Kiel', 'Lyon', 'Graz'])[1 + right(id, 2)::int % 4],
             'country', 'DE'), reserved_at
      FROM orders WHERE status = 'confirmed'`);
}

/** Half of the confirmed orders are paid; one in ten thousand was given back. */
async function fillPayments(client: pg.Client): Promise<void> {
  await client.query(`
    INSERT INTO payments (id, order_id, event_id, customer_id, state, amount_minor, currency, captured_minor,
                          refunded_minor, begun_at, authorised_at, ended_at)
    SELECT replace(id, 'ord_', 'pay_'), id, event_id, customer_id, 'captured', 1000, 'EUR', 1000,
           CASE WHEN right(id, 4) = '0000' THEN 1000 ELSE 0 END, reserved_at, reserved_at, ended_at
      FROM orders WHERE status = 'confirmed' AND right(id, 1) IN ('0', '2', '4', '6', '8')`);
  await client.query(`
    UPDATE orders SET payment_id = p.id, paying = true
      FROM payments p WHERE p.order_id = orders.id`);
}

/** An act of an admin for every fifth order; a mail for every confirmed one, of which the newest thousand wait. */
async function fillRecords(client: pg.Client, { events }: LargeShop): Promise<void> {
  await client.query(`
    INSERT INTO audit_log (at, actor, action, subject)
    SELECT reserved_at, 'usr_' || lpad((row_number() OVER (ORDER BY reserved_at) % ${ADMINS})::text, 18, '0'),
           'order.sent', id
      FROM orders WHERE right(id, 1) IN ('1', '6') ORDER BY reserved_at`);
  await client.query(
    `INSERT INTO audit_log (at, actor, action, subject)
     SELECT starts_at, 'usr_' || lpad('0', 18, '0'), 'event.create', id FROM events ORDER BY starts_at LIMIT $1::int`,
    [events],
  );
  await client.query(
    `INSERT INTO outbox (kind, key, user_id, created_at, due_at, outcome, ended_at, payload)
     SELECT 'mail.order_confirmed', id, customer_id, reserved_at, reserved_at,
            CASE WHEN reserved_at > $1::timestamptz THEN NULL WHEN right(id, 3) = '001' THEN 'given_up' ELSE 'done' END,
            CASE WHEN reserved_at > $1::timestamptz THEN NULL ELSE reserved_at + interval '1 min' END, NULL
       FROM orders WHERE status = 'confirmed' ORDER BY reserved_at`,
    [new Date(SHOP_NOW_MS - HOUR_MS / 100)],
  );
}
