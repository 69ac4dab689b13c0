-- Safe beside the old version: columns that it does not name, which are empty then, indexes of them, and a trigger
-- that fires where they change.
ALTER TABLE "events" ADD COLUMN "translations" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "item_catalog" ADD COLUMN "translations" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
CREATE INDEX "item_catalog_search_translated" ON "item_catalog" USING gin (search_grams((coalesce("translations" #>> '{en,name}', '') || ' ' || coalesce("translations" #>> '{de,name}', ''))));--> statement-breakpoint
CREATE INDEX "events_search_translated" ON "events" USING gin (search_grams((coalesce("translations" #>> '{en,title}', '') || ' ' || coalesce("translations" #>> '{de,title}', ''))));--> statement-breakpoint
CREATE TRIGGER events_calendar_translations BEFORE UPDATE ON events FOR EACH ROW
WHEN (OLD.translations IS DISTINCT FROM NEW.translations)
EXECUTE FUNCTION count_calendar_change();
