-- Skips an entry that waits, by an admin. It keeps its rank. Takes the event's lock, as settle_group does.
-- Returns the entry as it is then, as JSON; null if there is none.
CREATE OR REPLACE FUNCTION disqualify_entry(p_event_id text, p_entry_id text, p_now_ms bigint)
RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
  v_now timestamptz := to_timestamp(p_now_ms / 1000.0);
  v_settlement bigint;
  v_entry queue_entries%ROWTYPE;
BEGIN
  PERFORM FROM events WHERE id = p_event_id FOR NO KEY UPDATE;
  SELECT * INTO v_entry FROM queue_entries WHERE id = p_entry_id AND event_id = p_event_id;
  IF v_entry.status = 'waiting' THEN
    v_settlement := next_settlement(p_event_id, v_now);
    -- The caller's clock may be behind that of the settlement before.
    SELECT greatest(v_now, settled_at) INTO v_now FROM event_queues WHERE event_id = p_event_id;
    UPDATE queue_entries
       SET status = 'skipped', reason = 'disqualified', ended_at = v_now, ended_in = v_settlement
     WHERE id = p_entry_id RETURNING * INTO STRICT v_entry;
    UPDATE event_items
       SET queue_waiting = queue_waiting - 1,
           queue_waiting_units = queue_waiting_units - v_entry.quantity
     WHERE id = v_entry.event_item_id;
  END IF;
  RETURN CASE WHEN v_entry.id IS NOT NULL THEN entry_json(v_entry) END;
END
$$;
