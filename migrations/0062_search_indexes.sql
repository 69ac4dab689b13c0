-- Safe beside the old version: indexes of its rows too.
CREATE INDEX "item_catalog_search" ON "item_catalog" USING gin (search_grams("name"));--> statement-breakpoint
CREATE INDEX "payments_status" ON "payments" USING btree ((CASE WHEN "state" <> 'captured' OR "refunded_minor" = 0 THEN "state"
    WHEN "refunded_minor" = "captured_minor" THEN 'refunded' ELSE 'partly_refunded' END));