/**
 * Which accounts a search finds: sought where few can be, else walked newest first and filtered. Either reads some
 * thousand rows, however many accounts there are.
 */
import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { Role } from '../../contract/accounts.ts';
import { instant } from './client.ts';
import type { Place } from './cursors.ts';
import { users } from './schema.ts';
import { hasGrams, hasSoughtWords } from './search.ts';
import { customerText } from './searched-texts.ts';

export interface CustomerFilter {
  after: Place | undefined;
  role?: Role | undefined;
  active?: boolean | undefined;
}

export interface CustomerSearch extends CustomerFilter {
  /** Words of the name and the e-mail address, of any part of them. */
  q: string;
  limit: number;
}

/** So many accounts that an index finds are looked at one by one. */
const SOUGHT_MAX = 1_000;
/** Where there are more, a page is sought in so many; if they do not fill it, the next goes on behind them. */
export const CUSTOMERS_WALKED_MAX = 2_000;

/** Asked before the page: gives `areMany`, whether more accounts may have the words than are looked at one by one. */
export function manyCustomersQuery(q: string): SQL {
  // Words of one letter are not what the index finds by.
  return sql`SELECT CASE WHEN cardinality(search_needs(${q})) = 0 THEN true ELSE (
    SELECT count(*) FROM (
      SELECT FROM users WHERE ${hasGrams(customerText, q)} LIMIT ${SOUGHT_MAX + 1}) c) > ${SOUGHT_MAX} END AS "areMany"`;
}

export interface FoundCustomers {
  /** Gives `id`, at most `limit` + 1. */
  ids: SQL;
  /** Gives `createdAt` and `id` of the last account that was walked, where there may be more behind it. */
  walkedTo: SQL;
}

export function findCustomers(search: CustomerSearch, areMany: boolean): FoundCustomers {
  const { q, limit } = search;
  const filter = filterOfCustomers(search);
  const newest = sql`ORDER BY created_at DESC, id DESC`;
  // Behind OFFSET 0, so that no index is chosen for how it sorts.
  const few = sql`(SELECT * FROM users WHERE ${hasGrams(customerText, q)} AND ${filter} OFFSET 0)`;
  const walked = sql`(SELECT * FROM users WHERE ${filter} ${newest} LIMIT ${CUSTOMERS_WALKED_MAX})`;
  return {
    ids: sql`SELECT id FROM ${areMany ? walked : few} users WHERE ${hasSoughtWords(customerText, q)}
      ${newest} LIMIT ${limit + 1}`,
    walkedTo: sql`SELECT created_at AS "createdAt", id FROM ${walked} walked
      WHERE ${areMany} OFFSET ${CUSTOMERS_WALKED_MAX - 1}`,
  };
}

export function filterOfCustomers({ after, role, active }: CustomerFilter): SQL {
  const all = and(
    after && sql`(${users.createdAt}, ${users.id}) < (${instant(after.atMs)}, ${after.id})`,
    role === undefined ? undefined : eq(users.role, role),
    active === undefined ? undefined : eq(users.active, active),
  );
  return all ?? sql`true`;
}
