-- Safe beside the old version: columns that it does not name, which are null then, and tables that it does not know.
CREATE TABLE "draw_proofs" (
	"event_id" text PRIMARY KEY NOT NULL,
	"number" integer NOT NULL,
	"start" jsonb NOT NULL,
	"records" bigint,
	"head" text,
	"signature" text,
	"randomness" text,
	"ranking" text,
	"given_up_at" timestamp (3) with time zone,
	"given_up_reason" text,
	"locked_statement" text,
	"drawn_statement" text,
	"given_up_statement" text,
	CONSTRAINT "draw_proofs_number_unique" UNIQUE("number"),
	CONSTRAINT "draw_proofs_locked" CHECK (("draw_proofs"."records" IS NULL) = ("draw_proofs"."head" IS NULL)),
	CONSTRAINT "draw_proofs_drawn" CHECK (num_nulls("draw_proofs"."signature", "draw_proofs"."randomness", "draw_proofs"."ranking") IN (0, 3)),
	CONSTRAINT "draw_proofs_given_up" CHECK (num_nulls("draw_proofs"."given_up_at", "draw_proofs"."given_up_reason") IN (0, 2) AND num_nulls("draw_proofs"."given_up_at", "draw_proofs"."signature") > 0),
	CONSTRAINT "draw_proofs_given_up_reason" CHECK ("draw_proofs"."given_up_reason" IN ('cancelled', 'beacon_silent', 'undrawn_at_end'))
);
--> statement-breakpoint
CREATE TABLE "draw_records" (
	"event_id" text NOT NULL,
	"seq" bigint NOT NULL,
	"kind" text NOT NULL,
	"entry_id" text,
	"at" timestamp (3) with time zone NOT NULL,
	"head" "bytea" NOT NULL,
	CONSTRAINT "draw_records_event_id_seq_pk" PRIMARY KEY("event_id","seq"),
	CONSTRAINT "draw_records_kind" CHECK ("draw_records"."kind" IN ('start', 'enter', 'leave')),
	CONSTRAINT "draw_records_start" CHECK (("draw_records"."kind" = 'start') = ("draw_records"."seq" = 0)),
	CONSTRAINT "draw_records_entry" CHECK (("draw_records"."kind" = 'start') = ("draw_records"."entry_id" IS NULL))
);
--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "draw_beacon" jsonb;--> statement-breakpoint
ALTER TABLE "queue_entries" ADD COLUMN "record_seq" bigint;--> statement-breakpoint
ALTER TABLE "draw_proofs" ADD CONSTRAINT "draw_proofs_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;