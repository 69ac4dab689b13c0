-- A part of cancel_event_batch: the orders of an event that is cancelled, those behind p_after, in the order of
-- their ids. Holds end, and what was begun to pay for them is released. Of confirmed ones all that is left of
-- their payment is given back, and all units that are left are unsold again, which nobody can buy any more.
-- Returns the id of the last one that it looked at, null behind the last.
--
-- The id of a refund is made of its payment's, so that cancelling gives back no payment twice.
CREATE OR REPLACE FUNCTION cancel_orders(p_event_id text, p_after text, p_limit int, p_settlement bigint,
                                         p_now timestamptz) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  v_prefix text := 'ord_' || substr(p_event_id, 5) || '_';
  v_ids text[];
  -- Those for which somebody was paying.
  v_unpaid text[];
  -- Whose order or hold ends with the event.
  v_customers text[];
BEGIN
  SELECT array_agg(o.id ORDER BY o.id) INTO v_ids
    FROM (SELECT id FROM orders
           WHERE id > greatest(p_after, v_prefix) AND id <= v_prefix || repeat('z', 18)
           ORDER BY id LIMIT p_limit) o;
  IF v_ids IS NULL THEN
    RETURN NULL;
  END IF;

  WITH ended AS (
    -- The empty key, which no customer has, says that it was not them. What was due has expired.
    UPDATE orders o SET ended_at = p_now, ended_in = p_settlement,
           cancel_key = CASE WHEN hold_ends_at(o.expires_at, o.paying) > p_now THEN '' END,
           status = CASE WHEN hold_ends_at(o.expires_at, o.paying) <= p_now THEN 'expired' ELSE 'cancelled' END
     WHERE o.id = ANY (v_ids) AND o.status = 'pending'
    RETURNING o.id, o.event_item_id, o.customer_id, o.paying, o.status, o.quantity AS units
  ), given_back AS (
    UPDATE orders o SET units_returned = o.quantity
      FROM orders b
     WHERE b.id = o.id AND o.id = ANY (v_ids) AND o.status = 'confirmed' AND o.units_returned < o.quantity
    RETURNING o.event_item_id, o.customer_id, b.quantity - b.units_returned AS units
  ), sums AS (
    SELECT event_item_id, sum(held)::int AS held, sum(sold)::int AS sold
      FROM (SELECT event_item_id, units AS held, 0 AS sold FROM ended
            UNION ALL SELECT event_item_id, 0, units FROM given_back) c
     GROUP BY event_item_id
  ), changed AS (
    UPDATE event_items i
       SET stock_remaining = stock_remaining + s.held + s.sold, stock_held = stock_held - s.held,
           stock_sold = stock_sold - s.sold
      FROM sums s WHERE i.id = s.event_item_id
  ), numbered AS (
    INSERT INTO queue_stock_changes (event_item_id, settlement, units)
    SELECT event_item_id, p_settlement, sold FROM sums WHERE sold > 0 AND p_settlement IS NOT NULL
  )
  SELECT (SELECT array_agg(id) FROM ended WHERE paying),
         (SELECT array_agg(DISTINCT customer_id)
            FROM (SELECT customer_id FROM ended WHERE status = 'cancelled'
                  UNION ALL SELECT customer_id FROM given_back) c)
    INTO v_unpaid, v_customers;

  IF v_unpaid IS NOT NULL THEN
    PERFORM release_payments_of(v_unpaid, '{open,authorised}', p_now);
  END IF;
  v_customers := v_customers || refund_cancelled(v_ids, p_now);
  PERFORM tell_cancelled(p_event_id, v_customers, p_now);
  RETURN v_ids[cardinality(v_ids)];
END
$$;
