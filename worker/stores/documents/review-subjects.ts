/** What Postgres has of reviews and comments: what they are about, and who wrote them. */
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Role } from '../../contract/accounts.ts';
import type { EventId, ItemId, UserId } from '../../contract/ids.ts';
import type { Author } from '../../contract/reviews.ts';
import { withoutDirectionControls } from '../../contract/visible-text.ts';
import { itemCatalog } from '../postgres/catalogue-schema.ts';
import { type Db, guarded } from '../postgres/client.ts';
import { events, users } from '../postgres/schema.ts';

export async function hasItem(db: Db, id: ItemId): Promise<boolean> {
  const rows = await guarded(() =>
    db.select({ id: itemCatalog.id }).from(itemCatalog).where(eq(itemCatalog.id, id)),
  );
  return rows.length > 0;
}

export async function hasPublishedEvent(db: Db, id: EventId): Promise<boolean> {
  const rows = await guarded(() =>
    db
      .select({ id: events.id })
      .from(events)
      .where(and(eq(events.id, id), events.published)),
  );
  return rows.length > 0;
}

/** Who has deleted the account has no name any more, also before all of it is erased. */
const authorColumns = {
  id: users.id,
  name: sql<
    string | null
  >`CASE WHEN ${users.deletedAt} IS NULL THEN ${users.displayName} END`.mapWith(shownName),
  role: users.role,
};

/** As the column itself is read, see schema.ts. */
function shownName(name: string): string {
  return withoutDirectionControls(name);
}

export type AuthorOf = (id: UserId) => Author;

/** The names of a page's authors as they are now, in one query. */
export async function readAuthors(db: Db, ids: readonly UserId[]): Promise<AuthorOf> {
  if (ids.length === 0) return (id) => authorFrom(id, undefined);
  const rows = await guarded(() =>
    db
      .select(authorColumns)
      .from(users)
      .where(inArray(users.id, [...new Set(ids)])),
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return (id) => authorFrom(id, byId.get(id));
}

/** As `readAuthors`, with whether each has a confirmed order of the item, in any event. */
export async function readReviewers(
  db: Db,
  itemId: ItemId,
  ids: readonly UserId[],
): Promise<(id: UserId) => { author: Author; verifiedBuyer: boolean }> {
  const bought = sql<boolean>`EXISTS (
    SELECT FROM orders o JOIN event_items e ON e.id = o.event_item_id
     WHERE o.customer_id = users.id AND e.item_id = ${itemId} AND o.status = 'confirmed')`;
  const rows =
    ids.length === 0
      ? []
      : await guarded(() =>
          db
            .select({ ...authorColumns, bought })
            .from(users)
            .where(inArray(users.id, [...new Set(ids)])),
        );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return (id) => ({
    author: authorFrom(id, byId.get(id)),
    verifiedBuyer: byId.get(id)?.bought ?? false,
  });
}

function authorFrom(id: UserId, row: { name: string | null; role: Role } | undefined): Author {
  return { id, name: row?.name ?? null, staff: row?.role === 'admin' };
}
