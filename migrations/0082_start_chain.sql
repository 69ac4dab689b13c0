-- Begins the chain of a draw: gives the draw its number, which has no gaps since whoever takes one waits for the
-- others, and fixes what it depends on. The caller holds the event's lock. Returns the last record.
--
-- Entries that were made before chains were kept come first, with their leavings, each with its own time: a receipt
-- names the time at which its entry was made, and the list the same one.
CREATE OR REPLACE FUNCTION start_chain(p_event_id text, p_now timestamptz) RETURNS draw_records
LANGUAGE plpgsql AS $$
DECLARE
  v_start jsonb;
  v_last draw_records;
  v_before record;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('the number of a draw'));
  SELECT draw_start(p_event_id, coalesce(max(number), 0) + 1) INTO v_start FROM draw_proofs;
  INSERT INTO draw_proofs (event_id, number, start)
  VALUES (p_event_id, (v_start ->> 'number')::int, v_start);
  v_last := ROW(p_event_id, 0, 'start', NULL, p_now,
                sha256(decode(repeat('00', 32), 'hex') || draw_start_record(v_start)));
  PERFORM write_records(ARRAY[v_last]);

  FOR v_before IN
    SELECT k.kind, CASE k.kind WHEN 'enter' THEN e.entered_at ELSE e.ended_at END AS at, e AS entry
      FROM queue_entries e CROSS JOIN (VALUES ('enter'), ('leave')) AS k (kind)
     WHERE e.id BETWEEN 'ent_' || substr(p_event_id, 5) || '_' || repeat('0', 18)
                    AND 'ent_' || substr(p_event_id, 5) || '_' || repeat('z', 18)
       AND e.event_id = p_event_id AND (k.kind = 'enter' OR e.status = 'left')
     ORDER BY at, k.kind, e.seq
  LOOP
    v_last := next_record(v_last, v_before.kind, v_before.entry, v_before.at);
    IF v_before.kind = 'enter' THEN
      UPDATE queue_entries SET record_seq = v_last.seq WHERE id = (v_before.entry).id;
    END IF;
    PERFORM write_records(ARRAY[v_last]);
  END LOOP;
  RETURN v_last;
END
$$;
