CREATE TABLE "item_variants" (
	"id" text PRIMARY KEY NOT NULL,
	"item_id" text NOT NULL,
	"label" text NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "item_variants_item_and_id" UNIQUE("item_id","id"),
	CONSTRAINT "item_variants_position" CHECK ("item_variants"."position" BETWEEN 1 AND 50)
);
--> statement-breakpoint
ALTER TABLE "event_items" DROP CONSTRAINT "event_items_event_and_item";--> statement-breakpoint
ALTER TABLE "event_items" ADD COLUMN "variant_id" text;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "variant_label" text;--> statement-breakpoint
ALTER TABLE "item_variants" ADD CONSTRAINT "item_variants_item_id_item_catalog_id_fk" FOREIGN KEY ("item_id") REFERENCES "public"."item_catalog"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- Safe beside the old version: no row has a variant yet, and the old version writes none.
ALTER TABLE "event_items" ADD CONSTRAINT "event_items_variant" FOREIGN KEY ("item_id","variant_id") REFERENCES "public"."item_variants"("item_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "event_items_variant_id" ON "event_items" USING btree ("variant_id") WHERE "event_items"."variant_id" IS NOT NULL;--> statement-breakpoint
-- Safe beside the old version: of rows without a variant it asks no more than the constraint that goes.
ALTER TABLE "event_items" ADD CONSTRAINT "event_items_event_and_variant" UNIQUE NULLS NOT DISTINCT("event_id","item_id","variant_id");--> statement-breakpoint
-- For each event item, those that share its limit, and its variant.
ALTER TYPE settling ADD ATTRIBUTE same_limit text[], ADD ATTRIBUTE variant_labels text[];
