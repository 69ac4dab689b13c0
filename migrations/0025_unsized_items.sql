ALTER TABLE "item_variants" DROP CONSTRAINT "item_variants_item_id_item_catalog_id_fk";
--> statement-breakpoint
-- Safe beside the old version: it is the constraint that goes, and refuses less.
ALTER TABLE "item_variants" ADD CONSTRAINT "item_variants_item_id_item_catalog_id_fk" FOREIGN KEY ("item_id") REFERENCES "public"."item_catalog"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
-- Trigger of event_items: refuses to sell an item that has variants without saying which, as a Worker
-- from before variants would, beside a deploy or after a rollback. One that was planned before its item
-- got variants is sold as it was planned.
CREATE OR REPLACE FUNCTION refuse_unsized_item() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM item_variants v WHERE v.item_id = NEW.item_id) THEN
    RAISE EXCEPTION '% is sold by its variants', NEW.item_id
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER event_items_refuse_unsized_item BEFORE INSERT ON event_items
  FOR EACH ROW WHEN (NEW.variant_id IS NULL) EXECUTE FUNCTION refuse_unsized_item();
