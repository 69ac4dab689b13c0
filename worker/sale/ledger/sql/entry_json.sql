-- A queue entry as JSON, with the members of EntryRecord in sale/rules/attempts.ts.
CREATE OR REPLACE FUNCTION entry_json(e queue_entries) RETURNS jsonb
LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'id', e.id, 'eventId', e.event_id, 'eventItemId', e.event_item_id, 'quantity', e.quantity,
    'minQuantity', e.min_quantity, 'status', e.status, 'reason', e.reason,
    'enteredAtMs', epoch_ms(e.entered_at), 'seq', e.seq, 'rank', e.rank, 'orderId', e.order_id)
$$;
