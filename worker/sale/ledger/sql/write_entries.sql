-- A part of settle_group: writes new queue entries. Names its columns, so that one which a later version adds
-- gets its default.
CREATE OR REPLACE FUNCTION write_entries(p_entries queue_entries[]) RETURNS void
LANGUAGE sql AS $$
  INSERT INTO queue_entries (id, event_id, event_item_id, customer_id, quantity, min_quantity, status,
                             entered_at, seq, rank, record_seq, entered_in)
  SELECT e.id, e.event_id, e.event_item_id, e.customer_id, e.quantity, e.min_quantity, e.status,
         e.entered_at, e.seq, e.rank, e.record_seq, e.entered_in
    FROM unnest(p_entries) AS e
$$;
