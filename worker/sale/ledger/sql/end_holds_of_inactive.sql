-- Ends what a deactivated customer holds, in every event, and gives the units back. One whose account was
-- deleted also leaves the queues in which they wait; one who was deactivated may come back, and is skipped
-- if their turn comes before. Takes the locks of settle_group in its order, and those of several events in
-- the order of their ids. Does nothing for a customer who is active. Returns the events that it changed.
CREATE OR REPLACE FUNCTION end_holds_of_inactive(p_customer_id text, p_now_ms bigint) RETURNS text[]
LANGUAGE plpgsql AS $$
DECLARE
  v_now timestamptz := to_timestamp(p_now_ms / 1000.0);
  v_event_ids text[];
  v_is_deleted boolean;
  -- Those for which somebody was paying.
  v_unpaid text[];
  v_gone text[];
BEGIN
  SELECT array_agg(e.id) INTO v_event_ids
    FROM (SELECT id FROM events
           WHERE id IN (SELECT o.event_id FROM orders o
                         WHERE o.customer_id = p_customer_id AND o.status = 'pending'
                        UNION ALL
                        SELECT q.event_id FROM queue_entries q
                         WHERE q.customer_id = p_customer_id AND q.status = 'waiting')
           ORDER BY id FOR NO KEY UPDATE) e;
  PERFORM FROM event_items WHERE event_id = ANY (v_event_ids)
    ORDER BY event_id, position FOR NO KEY UPDATE;
  SELECT deleted_at IS NOT NULL INTO v_is_deleted FROM users WHERE id = p_customer_id AND NOT active;
  IF NOT FOUND THEN
    RETURN '{}';
  END IF;
  WITH numbered AS MATERIALIZED (
    -- The time is that of the settlement, which is never before the one before it.
    SELECT e.id, next_settlement(e.id, v_now) AS settlement, greatest(v_now, q.settled_at) AS now
      FROM unnest(v_event_ids) AS e (id) LEFT JOIN event_queues q ON q.event_id = e.id
  ), ended AS (
    -- Cancelled, since an expired hold may still be confirmed; but what was due has expired. The empty
    -- key, which no customer has, says that it was not them, who would be told of it as done.
    UPDATE orders o SET ended_at = n.now, ended_in = n.settlement,
           cancel_key = CASE WHEN hold_ends_at(o.expires_at, o.paying) > n.now THEN '' END,
           status = CASE WHEN hold_ends_at(o.expires_at, o.paying) <= n.now THEN 'expired' ELSE 'cancelled' END
      FROM numbered n
     WHERE o.event_id = n.id AND o.customer_id = p_customer_id AND o.status = 'pending'
    RETURNING o.id, o.event_item_id, o.quantity, o.paying
  ), gone AS (
    UPDATE queue_entries q SET status = 'left', ended_at = n.now, ended_in = n.settlement
      FROM numbered n
     WHERE q.event_id = n.id AND q.customer_id = p_customer_id AND q.status = 'waiting'
       AND v_is_deleted
    RETURNING q.id, q.event_item_id, q.quantity
  ), sums AS (
    SELECT event_item_id, sum(held)::int AS held, sum(entries)::int AS entries,
           sum(wished)::int AS wished
      FROM (SELECT event_item_id, quantity AS held, 0 AS entries, 0 AS wished FROM ended
            UNION ALL SELECT event_item_id, 0, 1, quantity FROM gone) c
     GROUP BY event_item_id
  ), changed AS (
    UPDATE event_items i
       SET stock_remaining = stock_remaining + s.held, stock_held = stock_held - s.held,
           queue_waiting = queue_waiting - s.entries,
           queue_waiting_units = queue_waiting_units - s.wished
      FROM sums s WHERE i.id = s.event_item_id
    RETURNING i.event_id
  )
  SELECT coalesce(array_agg(DISTINCT event_id), '{}'),
         (SELECT array_agg(id) FROM ended WHERE paying), (SELECT array_agg(id) FROM gone)
    INTO v_event_ids, v_unpaid, v_gone FROM changed;
  PERFORM chain_leaves(event_id, array_agg(q ORDER BY q.id))
     FROM queue_entries q WHERE id = ANY (v_gone) GROUP BY event_id;
  IF v_unpaid IS NOT NULL THEN
    PERFORM release_payments_of(v_unpaid, '{open,authorised}', v_now);
  END IF;
  RETURN v_event_ids;
END
$$;
