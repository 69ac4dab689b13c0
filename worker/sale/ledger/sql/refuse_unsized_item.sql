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
