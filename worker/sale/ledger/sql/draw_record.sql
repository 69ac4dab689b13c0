-- The bytes of one entering or leaving in the chain of a draw: see docs/fairness.md. p_seq is its number there.
CREATE OR REPLACE FUNCTION draw_record(p_kind text, p_seq bigint, e queue_entries, p_at timestamptz)
RETURNS bytea
LANGUAGE sql STABLE AS $$
  SELECT draw_field(p_kind) || draw_field(p_seq::text) || draw_field(e.id) || draw_field(e.event_item_id)
         || draw_field(e.quantity::text) || draw_field(e.min_quantity::text)
         || draw_field(epoch_ms(p_at)::text)
$$;
