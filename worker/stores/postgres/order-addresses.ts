/**
 * Addresses of orders and of accounts, as they are written. What is said of an order's address is decided in
 * paying/order-address.ts; each write holds the order's row, and looks once more at whether it may be.
 */
import { eq, type SQL, sql } from 'drizzle-orm';
import type { Address, AddressPart } from '../../contract/address.ts';
import type { OrderId, UserId } from '../../contract/ids.ts';
import type { OrderStatus } from '../../contract/orders.ts';
import type { OrderCosts } from '../../contract/totals.ts';
import { customerAddresses } from './address-schema.ts';
import { logChanges } from './audit.ts';
import { type Db, guarded, instant } from './client.ts';
import { costColumns, hasCosts } from './order-costs.ts';

export interface AddressChange {
  orderId: OrderId;
  address: Address;
  /** As it was when this was decided. */
  status: OrderStatus;
  /** What it costs at this address beside its items. */
  costs: OrderCosts;
  nowMs: number;
  /** Whose account keeps it too. */
  savedBy?: UserId | undefined;
  /** Of an admin, with the names of the parts that differ. */
  corrected?: { actor: UserId; parts: readonly AddressPart[] } | undefined;
}

/**
 * Writes where an order is delivered to, unless it was sent, has ended, or is being paid for other costs
 * meanwhile. The audit log hears which parts an admin changed, and not to what.
 * @returns whether it was written.
 */
export async function changeOrderAddress(db: Db, change: AddressChange): Promise<boolean> {
  const { orderId, address, status, costs, nowMs, savedBy, corrected } = change;
  const isOpen = sql`EXISTS (SELECT FROM payments p WHERE p.order_id = o.id AND ${isUnderWay})`;
  const may = sql`o.status = ${status} AND o.sent_at IS NULL
    AND (o.status <> 'pending' OR NOT ${isOpen} OR ${hasCosts(costs)})`;
  const [, , written] = await guarded(() =>
    db.batch([
      lockOrder(db, orderId),
      // What was fixed for another page, which has ended.
      db.execute(sql`UPDATE orders o SET costs_fixed = true, ${costColumns(costs)}
        WHERE o.id = ${orderId} AND o.status = 'pending' AND o.paying AND ${may}`),
      keepOrderAddress(db, { orderId, address, nowMs }, { which: may, replaces: true }),
      saveCustomerAddress(db, {
        customerId: savedBy,
        address: savedBy === undefined ? null : address,
        nowMs,
      }),
      db.execute(
        logChanges(
          { actor: corrected?.actor ?? '', action: 'order.address', subject: orderId },
          sql`SELECT NULL::jsonb, ${JSON.stringify({ parts: corrected?.parts ?? [] })}::jsonb
                FROM orders o WHERE o.id = ${orderId} AND ${may} AND ${corrected !== undefined}::boolean`,
        ),
      ),
    ]),
  );
  return written.rows.length > 0;
}

/** Whether the payment `p` is open, authorised, or taken and to be decided. */
export const isUnderWay = sql`(p.state IN ('open', 'authorised')
  OR p.state = 'captured' AND NOT EXISTS (SELECT FROM payment_refunds r WHERE r.payment_id = p.id))`;

/** What follows in the transaction sees the order as it stays until its end. */
export function lockOrder(db: Db, orderId: OrderId) {
  return db.execute(sql`SELECT FROM orders WHERE id = ${orderId} FOR NO KEY UPDATE`);
}

interface Kept {
  orderId: OrderId;
  /** Null for none: then nothing is written. */
  address: Address | null;
  nowMs: number;
}

/** Keeps an address with the order `o`; answers with a row where it did. */
export function keepOrderAddress(
  db: Db,
  { orderId, address, nowMs }: Kept,
  { which, replaces }: { which: SQL | undefined; replaces: boolean },
) {
  const onConflict = replaces
    ? sql`UPDATE SET address = excluded.address, written_at = excluded.written_at`
    : sql`NOTHING`;
  return db.execute(sql`
    INSERT INTO order_addresses (order_id, address, written_at)
    SELECT o.id, ${JSON.stringify(address)}::jsonb, ${instant(nowMs)} FROM orders o
     WHERE o.id = ${orderId} AND ${address !== null}::boolean AND ${which ?? sql`true`}
        ON CONFLICT (order_id) DO ${onConflict}
    RETURNING order_id`);
}

/** Keeps an address with an account; nothing is written without one. */
export function saveCustomerAddress(
  db: Db,
  { customerId, address, nowMs }: Omit<Kept, 'orderId'> & { customerId: UserId | undefined },
) {
  return db.execute(sql`
    INSERT INTO customer_addresses (customer_id, address, written_at)
    SELECT u.id, ${JSON.stringify(address)}::jsonb, ${instant(nowMs)} FROM users u
     WHERE u.id = ${customerId ?? null} AND u.deleted_at IS NULL AND ${address !== null}::boolean
        ON CONFLICT (customer_id) DO UPDATE SET address = excluded.address, written_at = excluded.written_at`);
}

export async function findCustomerAddress(db: Db, customerId: UserId): Promise<Address | null> {
  const [row] = await guarded(() =>
    db
      .select({ address: customerAddresses.address })
      .from(customerAddresses)
      .where(eq(customerAddresses.customerId, customerId)),
  );
  return row?.address ?? null;
}

export async function writeCustomerAddress(
  db: Db,
  customerId: UserId,
  { address, nowMs }: { address: Address; nowMs: number },
): Promise<void> {
  await guarded(() => saveCustomerAddress(db, { customerId, address, nowMs }));
}

export async function deleteCustomerAddress(db: Db, customerId: UserId): Promise<void> {
  await guarded(() =>
    db.delete(customerAddresses).where(eq(customerAddresses.customerId, customerId)),
  );
}

const DAY_MS = 24 * 60 * 60_000;
/** Of an order that was not confirmed: longer than a hold or its payment lasts, however late. */
const UNCONFIRMED_DAYS = 7;
/** Nothing that is not confirmed is looked for further back: sweeps may have been missed for so long. */
const LOOKED_BACK_DAYS = 60;

/**
 * Erases addresses of orders: those that were kept as long as they must be since they were written, and those
 * of orders that were not confirmed after a week.
 */
export function deleteOldAddressesStatement(
  db: Db,
  { nowMs, limit, keepDays }: { nowMs: number; limit: number; keepDays: number },
) {
  const daysAgo = (days: number) => instant(nowMs - days * DAY_MS);
  return db.execute(sql`
    DELETE FROM order_addresses WHERE order_id IN (
      (SELECT order_id FROM order_addresses WHERE written_at < ${daysAgo(keepDays)}
        ORDER BY written_at LIMIT ${limit})
       UNION ALL
      (SELECT a.order_id FROM order_addresses a JOIN orders o ON o.id = a.order_id
        WHERE a.written_at BETWEEN ${daysAgo(LOOKED_BACK_DAYS)} AND ${daysAgo(UNCONFIRMED_DAYS)}
          AND o.status <> 'confirmed'
        ORDER BY a.written_at LIMIT ${limit}))`);
}
