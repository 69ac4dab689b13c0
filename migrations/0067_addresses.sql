-- Safe beside the old version: new tables and columns, of which it reads none. What it begins to pay for costs
-- its items alone, as it does by the new function that compares totals. NOT VALID, or all orders would be read.
CREATE TABLE "customer_addresses" (
	"customer_id" text PRIMARY KEY NOT NULL,
	"address" jsonb NOT NULL,
	"written_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "customer_addresses_country" CHECK (("customer_addresses"."address" ->> 'country') ~ '^[A-Z]{2}$')
);
--> statement-breakpoint
CREATE TABLE "order_addresses" (
	"order_id" text PRIMARY KEY NOT NULL,
	"address" jsonb NOT NULL,
	"written_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "order_addresses_country" CHECK (("order_addresses"."address" ->> 'country') ~ '^[A-Z]{2}$')
);
--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "needs_address" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "shipping" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "costs_fixed" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "shipping_minor" bigint;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "tax_minor" bigint;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "tax_included" boolean;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "tax_rate_milli" integer;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "costs_country" text;--> statement-breakpoint
ALTER TABLE "customer_addresses" ADD CONSTRAINT "customer_addresses_customer_id_users_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_addresses" ADD CONSTRAINT "order_addresses_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "order_addresses_written_at" ON "order_addresses" USING btree ("written_at");--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_costs" CHECK (coalesce("orders"."shipping_minor", 0) >= 0 AND coalesce("orders"."tax_minor", 0) >= 0
      AND ("orders"."tax_minor" IS NULL) = ("orders"."tax_included" IS NULL) AND ("orders"."tax_minor" IS NULL) = ("orders"."tax_rate_milli" IS NULL)
      AND ("orders"."costs_fixed" OR "orders"."shipping_minor" IS NULL AND "orders"."tax_minor" IS NULL)) NOT VALID;
