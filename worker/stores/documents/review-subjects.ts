/** What Postgres has of reviews and comments: what they are about, and who wrote them. */
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Role } from '../../contract/accounts.ts';
import type { EventId, ItemId, UserId } from '../../contract/ids.ts';
import { type Author, BOUGHT_VARIANTS_MAX } from '../../contract/reviews.ts';
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

/** What a reviewer has bought of the item, in any event. */
export interface Bought {
  verifiedBuyer: boolean;
  /** The labels of its variants, the latest first, at most BOUGHT_VARIANTS_MAX. */
  boughtVariants: string[];
}

/** As `readAuthors`, with what each has in confirmed orders of the item. */
export async function readReviewers(
  db: Db,
  itemId: ItemId,
  ids: readonly UserId[],
): Promise<(id: UserId) => Bought & { author: Author }> {
  const ordersOfItem = sql`orders o JOIN event_items e ON e.id = o.event_item_id
    WHERE o.customer_id = users.id AND e.item_id = ${itemId} AND o.status = 'confirmed'`;
  const verifiedBuyer = sql<boolean>`EXISTS (SELECT FROM ${ordersOfItem})`;
  const boughtVariants = sql<string[]>`ARRAY(
    SELECT o.variant_label FROM ${ordersOfItem} AND o.variant_label IS NOT NULL
     GROUP BY o.variant_label ORDER BY max(o.ended_at) DESC LIMIT ${BOUGHT_VARIANTS_MAX}::int)`.mapWith(
    (labels: string[]) => labels.map(withoutDirectionControls),
  );
  const rows =
    ids.length === 0
      ? []
      : await guarded(() =>
          db
            .select({ ...authorColumns, verifiedBuyer, boughtVariants })
            .from(users)
            .where(inArray(users.id, [...new Set(ids)])),
        );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return (id) => ({
    author: authorFrom(id, byId.get(id)),
    verifiedBuyer: byId.get(id)?.verifiedBuyer ?? false,
    boughtVariants: byId.get(id)?.boughtVariants ?? [],
  });
}

function authorFrom(id: UserId, row: { name: string | null; role: Role } | undefined): Author {
  return { id, name: row?.name ?? null, staff: row?.role === 'admin' };
}
