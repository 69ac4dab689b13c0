/** Accounts as admins see and switch them. A change is written with its entry in the audit log. */
import { desc, eq, sql } from 'drizzle-orm';
import type { Customer, CustomerDetail, OrderCounts } from '../../contract/administration.ts';
import type { EventId, UserId } from '../../contract/ids.ts';
import { type Act, logChanges } from './audit.ts';
import { type Db, guarded, instant } from './client.ts';
import type { Place } from './cursors.ts';
import {
  type CustomerFilter,
  filterOfCustomers,
  findCustomers,
  manyCustomersQuery,
} from './customer-search.ts';
import { endDeactivatedLoginsStatements } from './ended-logins.ts';
import { endHoldsStatement, lockHeldEventsStatement } from './inactive-holds.ts';
import { suppressionSql } from './mail-suppressions.ts';
import { users } from './schema.ts';
import { userColumns } from './users.ts';

const customerColumns = {
  ...userColumns,
  active: users.active,
  createdAt: users.createdAt,
  deletedAt: users.deletedAt,
  mailSuppressed: suppressionSql(sql`${users.email}`).as('mail_suppressed'),
};

export interface CustomerPage {
  /** Newest first; at most one row more than `limit`, which tells that there is a next page. */
  customers: Customer[];
  /** Where the next page goes on though this one is not full: more may be found behind it. */
  walkedTo: Place | undefined;
}

/** @throws Fault */
export async function listCustomers(
  db: Db,
  page: CustomerFilter & { limit: number; q?: string | undefined },
): Promise<CustomerPage> {
  const { limit, q } = page;
  const rows = db
    .select(customerColumns)
    .from(users)
    .orderBy(desc(users.createdAt), desc(users.id))
    .limit(limit + 1);
  if (q === undefined) {
    const customers = await guarded(() => rows.where(filterOfCustomers(page)));
    return { customers: customers.map(withInstants), walkedTo: undefined };
  }
  const { rows: counted } = await guarded(() =>
    db.execute<{ areMany: boolean }>(manyCustomersQuery(q)),
  );
  const { ids, walkedTo } = findCustomers({ ...page, q }, counted[0]?.areMany !== false);
  const [customers, ends] = await guarded(() =>
    db.batch([
      rows.where(sql`${users.id} IN (${ids})`),
      db.execute<{ createdAt: string; id: string }>(walkedTo),
    ]),
  );
  const [end] = ends.rows;
  return {
    customers: customers.map(withInstants),
    walkedTo: end && { atMs: Date.parse(end.createdAt), id: end.id },
  };
}

/** @returns undefined without such an account. */
export async function findCustomer(
  db: Db,
  id: UserId,
  nowMs: number,
): Promise<CustomerDetail | undefined> {
  const [row] = await guarded(() =>
    db
      .select({ ...customerColumns, orders: orderCounts(nowMs) })
      .from(users)
      .where(eq(users.id, id)),
  );
  return row && withInstants(row);
}

export type Deactivation =
  /** The events whose stock grew by what the customer held. */
  | { outcome: 'done'; eventIds: EventId[] }
  /** The admin's own account; or no other admin were left. */
  | { outcome: 'not_found' | 'own_account' | 'last_admin' };

/** Shuts an account out and ends its logins and holds, at once. Doing it twice changes nothing. */
export async function deactivateCustomer(
  db: Db,
  id: UserId,
  { actor, nowMs }: Act,
): Promise<Deactivation> {
  if (id === actor) return { outcome: 'own_account' };
  const entry = { actor, action: 'user.deactivate', subject: id };
  const [, , , , , ended, after] = await guarded(() =>
    db.batch([
      lockHeldEventsStatement(db, id),
      // All admins' rows: two who shut out each other come one after the other.
      db.execute(sql`SELECT id FROM users WHERE id = ${id} OR (role = 'admin' AND active)
                      ORDER BY id FOR NO KEY UPDATE`),
      db.execute(sql`
        WITH changed AS (
          UPDATE users u SET active = false WHERE id = ${id} AND active AND (role <> 'admin' OR
            EXISTS (SELECT FROM users o WHERE o.id <> u.id AND o.role = 'admin' AND o.active))
          RETURNING id)
        ${logChanges(entry, sql`SELECT '{"active": true}'::jsonb, '{"active": false}'::jsonb FROM changed`)}`),
      ...endDeactivatedLoginsStatements(db, id),
      endHoldsStatement(db, id, nowMs),
      db.execute<{ active: boolean }>(sql`SELECT active FROM users WHERE id = ${id}`),
    ]),
  );
  const [user] = after.rows;
  if (user === undefined) return { outcome: 'not_found' };
  if (user.active) return { outcome: 'last_admin' };
  return { outcome: 'done', eventIds: ended.rows[0]?.eventIds ?? [] };
}

/** Lets an account in again, unless its owner has deleted it; its holder signs in anew. */
export async function activateCustomer(
  db: Db,
  id: UserId,
  { actor }: Act,
): Promise<'done' | 'not_found' | 'account_deleted'> {
  const entry = { actor, action: 'user.activate', subject: id };
  const [found] = await guarded(() =>
    db.batch([
      db.execute<{ isDeleted: boolean }>(sql`
        SELECT deleted_at IS NOT NULL AS "isDeleted" FROM users WHERE id = ${id} FOR NO KEY UPDATE`),
      db.execute(sql`
        WITH changed AS (
          UPDATE users SET active = true
           WHERE id = ${id} AND NOT active AND deleted_at IS NULL RETURNING id)
        ${logChanges(entry, sql`SELECT '{"active": false}'::jsonb, '{"active": true}'::jsonb FROM changed`)}`),
    ]),
  );
  const [user] = found.rows;
  if (user === undefined) return 'not_found';
  return user.isDeleted ? 'account_deleted' : 'done';
}

function withInstants<Row extends { createdAt: Date; deletedAt: Date | null }>(row: Row) {
  const { createdAt, deletedAt } = row;
  return {
    ...row,
    createdAt: createdAt.toISOString(),
    deletedAt: deletedAt?.toISOString() ?? null,
  };
}

function orderCounts(nowMs: number) {
  const isDue = sql`o.status = 'pending' AND o.expires_at <= ${instant(nowMs)}`;
  return sql<OrderCounts>`(SELECT jsonb_build_object(
      'pending', count(*) FILTER (WHERE o.status = 'pending' AND NOT (${isDue})),
      'confirmed', count(*) FILTER (WHERE o.status = 'confirmed'),
      'cancelled', count(*) FILTER (WHERE o.status = 'cancelled'),
      'expired', count(*) FILTER (WHERE o.status = 'expired' OR (${isDue})))
    FROM orders o WHERE o.customer_id = users.id)`;
}
