-- Begins the chain of a draw: gives the draw its number, which has no gaps since whoever takes one waits for the
-- others, and fixes what it depends on. The caller holds the event's lock. Returns the last record.
--
-- Entries that were made before chains were kept come first, in their order, as if they entered now.
CREATE OR REPLACE FUNCTION start_chain(p_event_id text, p_now timestamptz) RETURNS draw_records
LANGUAGE plpgsql AS $$
DECLARE
  v_start jsonb;
  v_last draw_records;
  v_entry queue_entries%ROWTYPE;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('the number of a draw'));
  SELECT draw_start(p_event_id, coalesce(max(number), 0) + 1) INTO v_start FROM draw_proofs;
  INSERT INTO draw_proofs (event_id, number, start)
  VALUES (p_event_id, (v_start ->> 'number')::int, v_start);
  v_last := ROW(p_event_id, 0, 'start', NULL, p_now,
                sha256(decode(repeat('00', 32), 'hex') || draw_start_record(v_start)));
  PERFORM write_records(ARRAY[v_last]);

  FOR v_entry IN
    SELECT * FROM queue_entries
     WHERE id BETWEEN 'ent_' || substr(p_event_id, 5) || '_' || repeat('0', 18)
                  AND 'ent_' || substr(p_event_id, 5) || '_' || repeat('z', 18)
       AND event_id = p_event_id
     ORDER BY seq
  LOOP
    v_last := next_record(v_last, 'enter', v_entry, p_now);
    UPDATE queue_entries SET record_seq = v_last.seq WHERE id = v_entry.id;
    PERFORM write_records(ARRAY[v_last]);
    IF v_entry.status = 'left' THEN
      v_last := next_record(v_last, 'leave', v_entry, p_now);
      PERFORM write_records(ARRAY[v_last]);
    END IF;
  END LOOP;
  RETURN v_last;
END
$$;
