-- Ends what a deactivated customer holds, in every event, and gives the units back. Takes the locks of
-- settle_group in its order, and those of several events in the order of their ids. Does nothing for a
-- customer who is active. Returns the events whose stock it changed.
CREATE OR REPLACE FUNCTION end_holds_of_inactive(p_customer_id text, p_now_ms bigint) RETURNS text[]
LANGUAGE plpgsql AS $$
DECLARE
  v_now timestamptz := to_timestamp(p_now_ms / 1000.0);
  v_event_ids text[];
BEGIN
  SELECT array_agg(e.id) INTO v_event_ids
    FROM (SELECT id FROM events
           WHERE id IN (SELECT o.event_id FROM orders o
                         WHERE o.customer_id = p_customer_id AND o.status = 'pending')
           ORDER BY id FOR NO KEY UPDATE) e;
  PERFORM FROM event_items WHERE event_id = ANY (v_event_ids)
    ORDER BY event_id, position FOR NO KEY UPDATE;
  -- Cancelled, since an expired hold may still be confirmed; but what was due has expired. The empty
  -- key, which no customer has, says that it was not them, who would be told of it as done.
  WITH ended AS (
    UPDATE orders SET ended_at = v_now, cancel_key = CASE WHEN expires_at > v_now THEN '' END,
           status = CASE WHEN expires_at <= v_now THEN 'expired' ELSE 'cancelled' END
     WHERE customer_id = p_customer_id AND status = 'pending' AND event_id = ANY (v_event_ids)
       AND EXISTS (SELECT FROM users WHERE id = p_customer_id AND NOT active)
    RETURNING event_item_id, quantity
  ), freed AS (
    SELECT event_item_id, sum(quantity)::int AS units FROM ended GROUP BY event_item_id
  ), changed AS (
    UPDATE event_items i
       SET stock_remaining = stock_remaining + f.units, stock_held = stock_held - f.units
      FROM freed f WHERE i.id = f.event_item_id
    RETURNING i.event_id
  )
  SELECT coalesce(array_agg(DISTINCT event_id), '{}') INTO v_event_ids FROM changed;
  RETURN v_event_ids;
END
$$;
