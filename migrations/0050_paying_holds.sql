-- Safe beside the old version: indexes of rows that only the new one writes.
CREATE INDEX "orders_paying" ON "orders" USING btree ("event_item_id","expires_at") WHERE "orders"."status" = 'pending' AND "orders"."paying";--> statement-breakpoint
CREATE INDEX "orders_returned" ON "orders" USING btree ("event_id","ended_at") WHERE "orders"."units_returned" > 0;