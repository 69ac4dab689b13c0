CREATE TABLE "idempotency_keys" (
	"caller" text NOT NULL,
	"operation" text NOT NULL,
	"key" text NOT NULL,
	"request_hash" text NOT NULL,
	"subject" text NOT NULL,
	"answer" jsonb,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "idempotency_keys_caller_operation_key_pk" PRIMARY KEY("caller","operation","key")
);
--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "calendar_sequence" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "calendar_changed_at" timestamp (3) with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
CREATE INDEX "idempotency_keys_created_at" ON "idempotency_keys" USING btree ("created_at");--> statement-breakpoint
-- What calendars are told of an event: a change that they show raises its number, whoever makes it.
-- The number of units and prices are no part of it. A purchase changes no event's row.
CREATE FUNCTION count_calendar_change() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  NEW.calendar_sequence := OLD.calendar_sequence + 1;
  NEW.calendar_changed_at := greatest(now(), OLD.calendar_changed_at);
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER events_calendar_change BEFORE UPDATE ON events FOR EACH ROW
WHEN ((OLD.title, OLD.description, OLD.starts_at, OLD.ends_at, OLD.opened_at, OLD.closed_at)
      IS DISTINCT FROM
      (NEW.title, NEW.description, NEW.starts_at, NEW.ends_at, NEW.opened_at, NEW.closed_at))
EXECUTE FUNCTION count_calendar_change();
