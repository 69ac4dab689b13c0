-- Chains that entries left, in the order given, where the entries of their draw are not locked. The caller holds
-- the event's lock, and has begun a settlement, which locks what is due.
CREATE OR REPLACE FUNCTION chain_leaves(p_event_id text, p_left queue_entries[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  v_last draw_records := last_record(p_event_id);
  v_entry queue_entries%ROWTYPE;
  v_records draw_records[] := '{}';
BEGIN
  IF v_last.seq IS NULL OR EXISTS (SELECT FROM draws WHERE event_id = p_event_id) THEN
    RETURN;
  END IF;
  FOREACH v_entry IN ARRAY p_left LOOP
    v_last := next_record(v_last, 'leave', v_entry, v_entry.ended_at);
    v_records := v_records || v_last;
  END LOOP;
  PERFORM write_records(v_records);
END
$$;
