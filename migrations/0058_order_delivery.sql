-- Safe beside the old version: new columns without a value, which it does not read, and a check that holds
-- for all it writes. NOT VALID, or all orders would be read for it.
ALTER TABLE "orders" ADD COLUMN "sent_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "tracking_url" text;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_sent" CHECK ("orders"."sent_at" IS NULL AND "orders"."tracking_url" IS NULL OR "orders"."sent_at" IS NOT NULL AND "orders"."status" = 'confirmed') NOT VALID;