-- The last record of a draw's chain; null before the first entry.
CREATE OR REPLACE FUNCTION last_record(p_event_id text) RETURNS draw_records
LANGUAGE sql STABLE AS $$
  SELECT r FROM draw_records r WHERE r.event_id = p_event_id ORDER BY r.seq DESC LIMIT 1
$$;
