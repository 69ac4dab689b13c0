-- Safe beside the old version: a table that it does not know, empty while its references are made.
CREATE TABLE "payment_disputes" (
	"id" text PRIMARY KEY NOT NULL,
	"payment_id" text NOT NULL,
	"order_id" text NOT NULL,
	"state" text NOT NULL,
	"reason" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"currency" char(3) NOT NULL,
	"refundable" boolean NOT NULL,
	"answer_by" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "payment_disputes_state" CHECK ("payment_disputes"."state" IN ('needs_answer', 'answered', 'inquiry', 'inquiry_answered', 'closed', 'won', 'lost')),
	CONSTRAINT "payment_disputes_amount" CHECK ("payment_disputes"."amount_minor" >= 0),
	CONSTRAINT "payment_disputes_ended_at" CHECK (("payment_disputes"."state" IN ('closed', 'won', 'lost')) = ("payment_disputes"."ended_at" IS NOT NULL))
);
--> statement-breakpoint
ALTER TABLE "payment_disputes" ADD CONSTRAINT "payment_disputes_payment_id_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."payments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "payment_disputes_payment" ON "payment_disputes" USING btree ("payment_id");--> statement-breakpoint
CREATE INDEX "payment_disputes_order" ON "payment_disputes" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "payment_disputes_unanswered" ON "payment_disputes" USING btree ("answer_by") WHERE "payment_disputes"."state" IN ('needs_answer', 'inquiry');