/** The texts that admins search, in the words of their indexes. */
import { sql } from 'drizzle-orm';
import { itemCatalog } from './catalogue-schema.ts';
import { events, users } from './schema.ts';

/** Of the index users_search. */
export const customerText = sql`${users.displayName} || ' ' || ${users.email}`;
/** Of the index item_catalog_search. */
export const itemText = sql`${itemCatalog.name}`;
/** Of an index too. */
export const eventText = sql`${events.title}`;
