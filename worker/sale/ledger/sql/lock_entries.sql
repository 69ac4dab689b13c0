-- Locks the entries of a draw: those so far take part, and the head of their chain is final. Does nothing where
-- they are locked. The caller holds the event's lock.
CREATE OR REPLACE FUNCTION lock_entries(p_event_id text, p_now timestamptz, p_settlement bigint,
                                        p_last_seq bigint) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  v_last draw_records;
BEGIN
  INSERT INTO draws (event_id, locked_at, locked_in, entry_count)
  VALUES (p_event_id, p_now, p_settlement, p_last_seq)
  ON CONFLICT (event_id) DO NOTHING;
  IF NOT FOUND OR p_last_seq = 0 THEN
    RETURN;
  END IF;
  v_last := last_record(p_event_id);
  -- Its entries were made before chains were kept.
  IF v_last.seq IS NULL THEN
    v_last := start_chain(p_event_id, p_now);
  END IF;
  UPDATE draw_proofs SET records = v_last.seq, head = encode(v_last.head, 'hex')
   WHERE event_id = p_event_id;
END
$$;
