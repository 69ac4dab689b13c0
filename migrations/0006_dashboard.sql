-- For figures and lists of the administration. Orders have only partial indexes here: a purchase
-- inserts a pending order, which none of these takes in, so only what ends a hold pays for them.
-- They are not in worker/stores/schema.ts, since drizzle-kit has no word for INCLUDE.

-- All that revenue, its course over time and the best sold items are made of, without the table.
CREATE INDEX orders_revenue ON orders (event_id, ended_at)
  INCLUDE (event_item_id, quantity, unit_price_cents) WHERE status = 'confirmed';
--> statement-breakpoint
-- Holds that came to nothing, only to count them.
CREATE INDEX orders_unsold ON orders (event_id, status) WHERE status IN ('cancelled', 'expired');
--> statement-breakpoint
-- Whether any event has an item of the catalogue.
CREATE INDEX event_items_item ON event_items (item_id);
--> statement-breakpoint
CREATE INDEX item_catalog_created_at ON item_catalog (created_at, id);
--> statement-breakpoint
CREATE INDEX audit_log_actor ON audit_log (actor, id);
