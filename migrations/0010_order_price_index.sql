-- Revenue counts the wide price. In a transaction of its own, so that orders can be read while the
-- index is built; they cannot be written meanwhile, which takes about a second for a million.
CREATE INDEX IF NOT EXISTS orders_revenue_minor ON orders (event_id, ended_at)
  INCLUDE (event_item_id, quantity, unit_price_cents, unit_price_minor) WHERE status = 'confirmed';
--> statement-breakpoint
DROP INDEX IF EXISTS orders_revenue;
