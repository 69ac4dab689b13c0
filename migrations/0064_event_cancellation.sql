-- Safe beside the old version: new columns without a value, which it does not read. It cannot open an event again
-- that was cancelled, since the check refuses that. NOT VALID, or all events would be read for it. The type is
-- only a variable of functions, and those of the old version leave its last attribute empty.
ALTER TABLE "events" ADD COLUMN "cancelled_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "cancel_reason" text;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "cancelled_by" text;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_cancelled" CHECK (CASE WHEN "events"."cancelled_at" IS NULL THEN "events"."cancel_reason" IS NULL AND "events"."cancelled_by" IS NULL
      ELSE "events"."cancel_reason" IS NOT NULL AND "events"."cancelled_by" IS NOT NULL AND "events"."closed_at" IS NOT NULL END) NOT VALID;--> statement-breakpoint
ALTER TYPE settling ADD ATTRIBUTE cancelled boolean;
