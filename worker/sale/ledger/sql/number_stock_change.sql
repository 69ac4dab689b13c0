-- Trigger of event_items: gives stock that an admin changed in an event with a queue a number among its
-- settlements, so that what was free at each of them can be told afterwards. settle_group changes no total.
-- Whoever changes stock holds the event's lock. It has no time of its own: the database's clock may be ahead of
-- the sale's, by which holds end.
CREATE OR REPLACE FUNCTION number_stock_change() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO queue_stock_changes (event_item_id, settlement, units)
  SELECT NEW.id, q.settlement, NEW.stock_remaining - OLD.stock_remaining
    FROM next_settlement(NEW.event_id, '-infinity') AS q (settlement)
   WHERE q.settlement IS NOT NULL;
  RETURN NULL;
END
$$;
