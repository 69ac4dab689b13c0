-- The record behind another one in the chain of a draw: of an entry that enters or leaves.
CREATE OR REPLACE FUNCTION next_record(p_last draw_records, p_kind text, e queue_entries, p_at timestamptz)
RETURNS draw_records
LANGUAGE sql STABLE AS $$
  SELECT ROW(e.event_id, p_last.seq + 1, p_kind, e.id, p_at,
             sha256(p_last.head || draw_record(p_kind, p_last.seq + 1, e, p_at)))::draw_records
$$;
