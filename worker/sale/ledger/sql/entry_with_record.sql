-- A queue entry as JSON, with the members of EntryRecord in sale/rules/attempts.ts. p_head is the one of its record.
CREATE OR REPLACE FUNCTION entry_with_record(e queue_entries, p_head bytea) RETURNS jsonb
LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'id', e.id, 'eventId', e.event_id, 'eventItemId', e.event_item_id, 'quantity', e.quantity,
    'minQuantity', e.min_quantity, 'status', e.status, 'reason', e.reason,
    'enteredAtMs', epoch_ms(e.entered_at), 'seq', e.seq, 'rank', e.rank, 'orderId', e.order_id,
    'record', CASE WHEN e.record_seq IS NOT NULL THEN
      jsonb_build_object('seq', e.record_seq, 'head', encode(p_head, 'hex')) END)
$$;
