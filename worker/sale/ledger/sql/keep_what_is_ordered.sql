-- Trigger of users and event_items: a row that an order or a queue entry names stays, and keeps its id. In place
-- of foreign keys, which look up what each new row names, and lock the rows of users for it.
-- That what is named is there, settle_group sees to, which alone writes orders and entries: it has read the
-- customer, and has locked the event's items.
CREATE OR REPLACE FUNCTION keep_what_is_ordered() RETURNS trigger
LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
  v_is_named boolean;
  v_key text;
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.id = OLD.id THEN
    RETURN NEW;
  END IF;
  IF TG_TABLE_NAME = 'users' THEN
    v_is_named := EXISTS (SELECT FROM orders WHERE customer_id = OLD.id)
      OR EXISTS (SELECT FROM queue_entries WHERE customer_id = OLD.id AND status = 'waiting')
      OR EXISTS (SELECT FROM queue_entries WHERE customer_id = OLD.id AND status <> 'waiting');
  ELSE
    -- Found by what their ids begin with.
    v_key := substr(OLD.event_id, 5) || '_';
    v_is_named := EXISTS (SELECT FROM orders
                           WHERE id BETWEEN 'ord_' || v_key || repeat('0', 18) AND 'ord_' || v_key || repeat('z', 18)
                             AND event_item_id = OLD.id)
      OR EXISTS (SELECT FROM queue_entries
                  WHERE id BETWEEN 'ent_' || v_key || repeat('0', 18) AND 'ent_' || v_key || repeat('z', 18)
                    AND event_item_id = OLD.id);
  END IF;
  IF v_is_named THEN
    RAISE foreign_key_violation
      USING MESSAGE = format('%s of %s is named by an order or a queue entry', OLD.id, TG_TABLE_NAME);
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
$$;
