-- Writes new records of the chain of a draw.
CREATE OR REPLACE FUNCTION write_records(p_records draw_records[]) RETURNS void
LANGUAGE sql AS $$
  INSERT INTO draw_records (event_id, seq, kind, entry_id, at, head)
  SELECT r.event_id, r.seq, r.kind, r.entry_id, r.at, r.head FROM unnest(p_records) AS r
$$;
