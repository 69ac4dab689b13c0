-- Trigger of event_items: sets price_minor, which is wide enough for any currency, where only
-- price_cents is written, as a Worker from before price_minor does.
CREATE OR REPLACE FUNCTION widen_price() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.price_cents <> least(NEW.price_minor, 2147483647) THEN
    NEW.price_minor := NEW.price_cents;
  END IF;
  RETURN NEW;
END
$$;
