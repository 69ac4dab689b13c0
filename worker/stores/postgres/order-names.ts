/** What orders keep of the names of what was sold, in their own rows. */
import { text } from 'drizzle-orm/pg-core';

/** As it was called at the hold. Null in older rows: see order-texts.ts. */
export const orderNames = {
  eventTitle: text('event_title'),
  itemName: text('item_name'),
  /** Null for an item without variants. */
  variantLabel: text('variant_label'),
  /** Its first 200 characters. */
  itemDescription: text('item_description'),
  itemImageUrl: text('item_image_url'),
};
