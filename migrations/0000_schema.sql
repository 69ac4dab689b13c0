CREATE TABLE "event_items" (
	"id" text PRIMARY KEY NOT NULL,
	"event_id" text NOT NULL,
	"item_id" text NOT NULL,
	"position" integer NOT NULL,
	"price_cents" integer NOT NULL,
	"stock_total" integer NOT NULL,
	"stock_remaining" integer NOT NULL,
	"stock_held" integer DEFAULT 0 NOT NULL,
	"stock_sold" integer DEFAULT 0 NOT NULL,
	"limit_per_customer" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "event_items_event_and_id" UNIQUE("event_id","id"),
	CONSTRAINT "event_items_event_and_item" UNIQUE("event_id","item_id"),
	CONSTRAINT "event_items_event_and_position" UNIQUE("event_id","position"),
	CONSTRAINT "event_items_stock_law" CHECK ("event_items"."stock_remaining" + "event_items"."stock_held" + "event_items"."stock_sold" = "event_items"."stock_total"),
	CONSTRAINT "event_items_stock_not_negative" CHECK ("event_items"."stock_remaining" >= 0 AND "event_items"."stock_held" >= 0 AND "event_items"."stock_sold" >= 0),
	CONSTRAINT "event_items_price" CHECK ("event_items"."price_cents" >= 0),
	CONSTRAINT "event_items_limit" CHECK ("event_items"."limit_per_customer" BETWEEN 1 AND 100)
);
--> statement-breakpoint
CREATE TABLE "events" (
	"id" text PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"currency" char(3) NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"opened_at" timestamp (3) with time zone,
	"closed_at" timestamp (3) with time zone,
	"hold_seconds" integer NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "events_window" CHECK ("events"."ends_at" > "events"."starts_at"),
	CONSTRAINT "events_hold_seconds" CHECK ("events"."hold_seconds" BETWEEN 5 AND 1800)
);
--> statement-breakpoint
CREATE TABLE "item_catalog" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"category" text NOT NULL,
	"image_url" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "orders" (
	"id" text PRIMARY KEY NOT NULL,
	"event_id" text NOT NULL,
	"event_item_id" text NOT NULL,
	"customer_id" text NOT NULL,
	"status" text NOT NULL,
	"quantity" integer NOT NULL,
	"unit_price_cents" integer NOT NULL,
	"currency" char(3) NOT NULL,
	"reserved_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"reserve_key" text,
	"confirm_key" text,
	"cancel_key" text,
	CONSTRAINT "orders_status" CHECK ("orders"."status" IN ('pending', 'confirmed', 'cancelled', 'expired')),
	CONSTRAINT "orders_quantity" CHECK ("orders"."quantity" BETWEEN 1 AND 100),
	CONSTRAINT "orders_ended_at" CHECK (("orders"."status" = 'pending') = ("orders"."ended_at" IS NULL))
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"display_name" text NOT NULL,
	"password_hash" text NOT NULL,
	"role" text DEFAULT 'customer' NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "users_role" CHECK ("users"."role" IN ('customer', 'admin')),
	CONSTRAINT "users_email_lower" CHECK ("users"."email" = lower("users"."email"))
);
--> statement-breakpoint
ALTER TABLE "event_items" ADD CONSTRAINT "event_items_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_items" ADD CONSTRAINT "event_items_item_id_item_catalog_id_fk" FOREIGN KEY ("item_id") REFERENCES "public"."item_catalog"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_customer_id_users_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_event_item" FOREIGN KEY ("event_id","event_item_id") REFERENCES "public"."event_items"("event_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "events_starts_at" ON "events" USING btree ("starts_at","id");--> statement-breakpoint
CREATE INDEX "orders_customer" ON "orders" USING btree ("customer_id","event_item_id");--> statement-breakpoint
CREATE UNIQUE INDEX "orders_reserve_key" ON "orders" USING btree ("customer_id","reserve_key") WHERE "orders"."reserve_key" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "orders_holds" ON "orders" USING btree ("event_item_id","expires_at") WHERE "orders"."status" = 'pending';--> statement-breakpoint
CREATE INDEX "orders_sales" ON "orders" USING btree ("event_item_id") WHERE "orders"."status" = 'confirmed';--> statement-breakpoint
CREATE UNIQUE INDEX "users_email_key" ON "users" USING btree ("email");