-- What waits before an entry that waits with a rank; null for any other, and until a draw is drawn: those who
-- take part in it are before those who came too late for it, and have no rank yet. Counts places in the order in
-- which the queue is served, one range for each minimum that a wish may have.
CREATE OR REPLACE FUNCTION queue_ahead_of(e queue_entries) RETURNS jsonb
LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN e.status = 'waiting' AND e.rank IS NOT NULL AND NOT EXISTS (
    SELECT FROM draws d WHERE d.event_id = e.event_id AND d.drawn_at IS NULL) THEN (
    SELECT jsonb_build_object('entries', count(*), 'units', coalesce(sum(o.quantity), 0))
      FROM generate_series(1, 100) AS m (min_quantity)
      JOIN queue_places o ON o.event_item_id = e.event_item_id AND o.min_quantity = m.min_quantity
                         AND o.rank < e.rank) END
$$;
