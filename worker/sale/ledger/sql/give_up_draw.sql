-- Gives up a draw that is not drawn, for a reason for which it may be: its entries are locked as they are, and never
-- ranked. The event is closed for good by the caller, in the same transaction. Takes the event's lock.
-- Returns whether it was given up now.
CREATE OR REPLACE FUNCTION give_up_draw(p_event_id text, p_reason text, p_now_ms bigint) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
  v_queue event_queues%ROWTYPE;
BEGIN
  PERFORM FROM events WHERE id = p_event_id FOR NO KEY UPDATE;
  IF may_give_up_draw(p_event_id, p_reason, to_timestamp(p_now_ms / 1000.0)) IS NOT TRUE THEN
    RETURN false;
  END IF;
  PERFORM next_settlement(p_event_id, to_timestamp(p_now_ms / 1000.0));
  SELECT * INTO STRICT v_queue FROM event_queues WHERE event_id = p_event_id;
  PERFORM lock_entries(p_event_id, v_queue.settled_at, v_queue.settlement, v_queue.last_seq);
  UPDATE draw_proofs SET given_up_at = v_queue.settled_at, given_up_reason = p_reason
   WHERE event_id = p_event_id;
  RETURN true;
END
$$;
