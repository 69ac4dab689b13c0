CREATE TABLE "draws" (
	"event_id" text PRIMARY KEY NOT NULL,
	"locked_at" timestamp (3) with time zone NOT NULL,
	"locked_in" bigint NOT NULL,
	"entry_count" bigint NOT NULL,
	"seed" text,
	"drawn_at" timestamp (3) with time zone,
	"steps" jsonb,
	CONSTRAINT "draws_drawn_at" CHECK (("draws"."seed" IS NULL) = ("draws"."drawn_at" IS NULL))
);
--> statement-breakpoint
CREATE TABLE "event_queues" (
	"event_id" text PRIMARY KEY NOT NULL,
	"settlement" bigint DEFAULT 0 NOT NULL,
	"settled_at" timestamp (3) with time zone NOT NULL,
	"last_seq" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "queue_entries" (
	"id" text PRIMARY KEY NOT NULL,
	"event_id" text NOT NULL,
	"event_item_id" text NOT NULL,
	"customer_id" text NOT NULL,
	"quantity" integer NOT NULL,
	"min_quantity" integer NOT NULL,
	"status" text DEFAULT 'waiting' NOT NULL,
	"reason" text,
	"entered_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"seq" bigint NOT NULL,
	"rank" bigint,
	"order_id" text,
	"entered_in" bigint NOT NULL,
	"ended_in" bigint,
	"free_found" integer,
	CONSTRAINT "queue_entries_status" CHECK ("queue_entries"."status" IN ('waiting', 'offered', 'left', 'skipped')),
	CONSTRAINT "queue_entries_quantity" CHECK ("queue_entries"."quantity" BETWEEN 1 AND 100),
	CONSTRAINT "queue_entries_minimum" CHECK ("queue_entries"."min_quantity" BETWEEN 1 AND "queue_entries"."quantity"),
	CONSTRAINT "queue_entries_reason" CHECK (("queue_entries"."status" = 'skipped') = ("queue_entries"."reason" IS NOT NULL)),
	CONSTRAINT "queue_entries_offer" CHECK (("queue_entries"."status" = 'offered') = ("queue_entries"."order_id" IS NOT NULL)),
	CONSTRAINT "queue_entries_ended_at" CHECK (("queue_entries"."status" = 'waiting') = ("queue_entries"."ended_at" IS NULL))
);
--> statement-breakpoint
CREATE TABLE "queue_stock_changes" (
	"event_item_id" text NOT NULL,
	"settlement" bigint NOT NULL,
	"units" integer NOT NULL,
	CONSTRAINT "queue_stock_changes_event_item_id_settlement_pk" PRIMARY KEY("event_item_id","settlement")
);
--> statement-breakpoint
ALTER TABLE "event_items" ADD COLUMN "queue_waiting" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "event_items" ADD COLUMN "queue_waiting_units" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "event_items" ADD COLUMN "queue_served_rank" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "event_items" ADD COLUMN "queue_offers" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "admission" text DEFAULT 'first_come' NOT NULL;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "waitlist" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "offer_seconds" integer DEFAULT 600 NOT NULL;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "entries_close_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "has_entries" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "entry_id" text;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "made_in" bigint;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "ended_in" bigint;--> statement-breakpoint
ALTER TABLE "draws" ADD CONSTRAINT "draws_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_queues" ADD CONSTRAINT "event_queues_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "queue_entries" ADD CONSTRAINT "queue_entries_customer_id_users_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "queue_entries" ADD CONSTRAINT "queue_entries_event_item" FOREIGN KEY ("event_id","event_item_id") REFERENCES "public"."event_items"("event_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "queue_stock_changes" ADD CONSTRAINT "queue_stock_changes_event_item_id_event_items_id_fk" FOREIGN KEY ("event_item_id") REFERENCES "public"."event_items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "queue_entries_waits_once" ON "queue_entries" USING btree ("customer_id","event_item_id") WHERE "queue_entries"."status" = 'waiting';--> statement-breakpoint
CREATE INDEX "queue_entries_next" ON "queue_entries" USING btree ("event_item_id","min_quantity","rank","quantity") WHERE "queue_entries"."status" = 'waiting' AND "queue_entries"."rank" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "queue_entries_customer" ON "queue_entries" USING btree ("customer_id","event_item_id");--> statement-breakpoint
CREATE UNIQUE INDEX "orders_entry" ON "orders" USING btree ("entry_id") WHERE "orders"."entry_id" IS NOT NULL;--> statement-breakpoint
-- Safe beside the old version: it writes none of these columns, and their defaults pass.
ALTER TABLE "event_items" ADD CONSTRAINT "event_items_queue_not_negative" CHECK ("event_items"."queue_waiting" >= 0 AND "event_items"."queue_waiting_units" >= 0 AND "event_items"."queue_offers" >= 0);--> statement-breakpoint
-- Safe beside the old version: it writes none of these columns, and their defaults pass.
ALTER TABLE "events" ADD CONSTRAINT "events_admission" CHECK ("events"."admission" IN ('first_come', 'draw'));--> statement-breakpoint
-- Safe beside the old version: it writes none of these columns, and their defaults pass.
ALTER TABLE "events" ADD CONSTRAINT "events_offer_seconds" CHECK ("events"."offer_seconds" BETWEEN 30 AND 86400);--> statement-breakpoint
-- Safe beside the old version: it writes none of these columns, and their defaults pass.
ALTER TABLE "events" ADD CONSTRAINT "events_entries_close_at" CHECK (("events"."admission" = 'draw') = ("events"."entries_close_at" IS NOT NULL));--> statement-breakpoint
-- Of an event with a queue, else null; columns by item are in the order of ids.
ALTER TYPE settling ADD ATTRIBUTE settlement bigint, ADD ATTRIBUTE last_seq bigint,
  ADD ATTRIBUTE waitlist boolean, ADD ATTRIBUTE offer_ends_at timestamptz,
  ADD ATTRIBUTE is_draw boolean,
  -- Whether entries have a rank from when they come: not before the lock of a draw.
  ADD ATTRIBUTE is_locked boolean, ADD ATTRIBUTE locks_at_ms bigint,
  -- Of a draw that is not drawn yet.
  ADD ATTRIBUTE draw_at_ms bigint,
  ADD ATTRIBUTE waiting int[], ADD ATTRIBUTE waiting_units int[], ADD ATTRIBUTE served_ranks bigint[],
  ADD ATTRIBUTE offers int[],
  -- Whether units are free for somebody who waits, whom the next settlement serves.
  ADD ATTRIBUTE has_more boolean[],
  -- How many entries the last round of serving ended.
  ADD ATTRIBUTE ended int,
  -- What was offered: entry, customer, event item and quantity of each.
  ADD ATTRIBUTE offered jsonb,
  -- Whether confirms of holds that have ended are settled now. Never null.
  ADD ATTRIBUTE settles_late boolean;
