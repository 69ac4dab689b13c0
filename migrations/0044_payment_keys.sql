-- Safe beside the old version: new columns with a default and an index; nothing has written a refund yet.
ALTER TABLE "payment_refunds" ADD COLUMN "keys_spent" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "keys_spent" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "payment_refunds_provider" ON "payment_refunds" USING btree ("provider_refund_id") WHERE "payment_refunds"."provider_refund_id" IS NOT NULL;