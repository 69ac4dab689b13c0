-- Safe beside the old version: a table that it does not know, and columns that it does not name, which are null then.
CREATE TABLE "pictures" (
	"id" text PRIMARY KEY NOT NULL,
	"digest" text NOT NULL,
	"bytes" integer NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"colours" text NOT NULL,
	"uploaded_by" text NOT NULL,
	"uploaded_at" timestamp (3) with time zone NOT NULL,
	"stored_at" timestamp (3) with time zone,
	"used_at" timestamp (3) with time zone NOT NULL,
	"removing_at" timestamp (3) with time zone,
	CONSTRAINT "pictures_size" CHECK ("pictures"."width" BETWEEN 1 AND 99999 AND "pictures"."height" BETWEEN 1 AND 99999),
	CONSTRAINT "pictures_colours" CHECK ("pictures"."colours" ~ '^[0-9a-f]{12}$'),
	CONSTRAINT "pictures_digest" CHECK ("pictures"."digest" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "cover_url" text;--> statement-breakpoint
ALTER TABLE "item_catalog" ADD COLUMN "pictures" text[];--> statement-breakpoint
CREATE INDEX "pictures_used_at" ON "pictures" USING btree ("used_at","id");--> statement-breakpoint
ALTER TABLE "item_catalog" ADD CONSTRAINT "item_catalog_pictures" CHECK (cardinality("item_catalog"."pictures") BETWEEN 2 AND 8) NOT VALID;