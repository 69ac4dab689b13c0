-- Safe beside the old version: new tables, and new columns with defaults that mean what it does: no order is
-- paid online, and no unit was given back.
CREATE TABLE "payment_events" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"about_kind" text,
	"about_id" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"worked_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "payment_refunds" (
	"id" text PRIMARY KEY NOT NULL,
	"payment_id" text NOT NULL,
	"order_id" text NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"amount_minor" bigint NOT NULL,
	"currency" char(3) NOT NULL,
	"units" integer DEFAULT 0 NOT NULL,
	"units_returned" boolean DEFAULT false NOT NULL,
	"reason" text NOT NULL,
	"decided_by" text,
	"request_key" text,
	"provider_refund_id" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "payment_refunds_state" CHECK ("payment_refunds"."state" IN ('pending', 'done', 'failed')),
	CONSTRAINT "payment_refunds_amount" CHECK ("payment_refunds"."amount_minor" >= 0 AND "payment_refunds"."units" >= 0),
	CONSTRAINT "payment_refunds_ended_at" CHECK (("payment_refunds"."state" = 'pending') = ("payment_refunds"."ended_at" IS NULL))
);
--> statement-breakpoint
CREATE TABLE "payments" (
	"id" text PRIMARY KEY NOT NULL,
	"order_id" text NOT NULL,
	"event_id" text NOT NULL,
	"customer_id" text NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"amount_minor" bigint NOT NULL,
	"currency" char(3) NOT NULL,
	"captured_minor" bigint DEFAULT 0 NOT NULL,
	"refunded_minor" bigint DEFAULT 0 NOT NULL,
	"session_id" text,
	"session_url" text,
	"session_ends_at" timestamp (3) with time zone,
	"provider_payment_id" text,
	"capture_before" timestamp (3) with time zone,
	"decline_reason" text,
	"end_reason" text,
	"begun_at" timestamp (3) with time zone NOT NULL,
	"authorised_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "payments_state" CHECK ("payments"."state" IN ('open', 'authorised', 'captured', 'released', 'failed')),
	CONSTRAINT "payments_amount" CHECK ("payments"."amount_minor" > 0),
	CONSTRAINT "payments_taken" CHECK ("payments"."refunded_minor" BETWEEN 0 AND "payments"."captured_minor" AND "payments"."captured_minor" <= "payments"."amount_minor"),
	CONSTRAINT "payments_captured" CHECK (("payments"."state" = 'captured') = ("payments"."captured_minor" > 0)),
	CONSTRAINT "payments_ended_at" CHECK (("payments"."state" IN ('open', 'authorised')) = ("payments"."ended_at" IS NULL))
);
--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "payment" text DEFAULT 'none' NOT NULL;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "pay_online" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "paying" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "payment_id" text;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "units_returned" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "payment_id" text;--> statement-breakpoint
ALTER TABLE "payment_refunds" ADD CONSTRAINT "payment_refunds_payment_id_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."payments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "payment_events_waiting" ON "payment_events" USING btree ("received_at") WHERE "payment_events"."worked_at" IS NULL;--> statement-breakpoint
CREATE INDEX "payment_refunds_payment" ON "payment_refunds" USING btree ("payment_id");--> statement-breakpoint
CREATE INDEX "payment_refunds_order" ON "payment_refunds" USING btree ("order_id");--> statement-breakpoint
CREATE UNIQUE INDEX "payment_refunds_request" ON "payment_refunds" USING btree ("decided_by","request_key") WHERE "payment_refunds"."request_key" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "payments_order" ON "payments" USING btree ("order_id");--> statement-breakpoint
CREATE UNIQUE INDEX "payments_open" ON "payments" USING btree ("order_id") WHERE "payments"."state" = 'open';--> statement-breakpoint
CREATE INDEX "payments_customer" ON "payments" USING btree ("customer_id");--> statement-breakpoint
CREATE UNIQUE INDEX "payments_session" ON "payments" USING btree ("session_id") WHERE "payments"."session_id" IS NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "payments_provider" ON "payments" USING btree ("provider_payment_id") WHERE "payments"."provider_payment_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "payments_unsettled" ON "payments" USING btree ("begun_at") WHERE "payments"."state" IN ('open', 'authorised');--> statement-breakpoint
CREATE INDEX "outbox_payment" ON "outbox" USING btree ("payment_id","id") WHERE "outbox"."payment_id" IS NOT NULL AND "outbox"."outcome" IS NULL;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_payment" CHECK ("events"."payment" IN ('none', 'online')) NOT VALID;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_units_returned" CHECK ("orders"."units_returned" BETWEEN 0 AND "orders"."quantity" AND ("orders"."units_returned" = 0 OR "orders"."status" = 'confirmed')) NOT VALID;