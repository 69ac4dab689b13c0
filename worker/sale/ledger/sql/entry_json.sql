-- A queue entry as JSON, with its record in the chain of a draw, where it has one.
CREATE OR REPLACE FUNCTION entry_json(e queue_entries) RETURNS jsonb
LANGUAGE sql STABLE AS $$
  SELECT entry_with_record(e, (SELECT r.head FROM draw_records r
                                WHERE r.event_id = e.event_id AND r.seq = e.record_seq))
$$;
