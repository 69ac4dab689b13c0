-- A part of cancel_event_batch: entries of an event that is cancelled, those behind p_after, in the order of their
-- ids. Who waits is skipped and keeps their rank. Returns the id of the last one that it looked at, null behind
-- the last.
CREATE OR REPLACE FUNCTION cancel_entries(p_event_id text, p_after text, p_limit int, p_settlement bigint,
                                          p_now timestamptz) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  v_prefix text := 'ent_' || substr(p_event_id, 5) || '_';
  v_ids text[];
  v_customers text[];
BEGIN
  SELECT array_agg(q.id ORDER BY q.id) INTO v_ids
    FROM (SELECT id FROM queue_entries
           WHERE id > greatest(p_after, v_prefix) AND id <= v_prefix || repeat('z', 18)
           ORDER BY id LIMIT p_limit) q;
  WITH ended AS (
    UPDATE queue_entries
       SET status = 'skipped', reason = 'event_cancelled', ended_at = p_now, ended_in = p_settlement
     WHERE id = ANY (v_ids) AND status = 'waiting'
    RETURNING event_item_id, customer_id, quantity
  ), changed AS (
    UPDATE event_items i
       SET queue_waiting = queue_waiting - s.entries, queue_waiting_units = queue_waiting_units - s.units
      FROM (SELECT event_item_id, count(*)::int AS entries, sum(quantity)::int AS units
              FROM ended GROUP BY event_item_id) s
     WHERE i.id = s.event_item_id
  )
  SELECT array_agg(DISTINCT customer_id) INTO v_customers FROM ended;
  PERFORM tell_cancelled(p_event_id, v_customers, p_now);
  RETURN v_ids[cardinality(v_ids)];
END
$$;
