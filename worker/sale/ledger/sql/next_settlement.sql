-- The number under which something outside of settle_group changes an event's units or queue; null for an
-- event without a queue. Locks the entries of a draw whose time is over, as any settlement does. The caller
-- holds the event's lock.
CREATE OR REPLACE FUNCTION next_settlement(p_event_id text, p_now timestamptz) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
  v_queue event_queues%ROWTYPE;
BEGIN
  UPDATE event_queues
     SET settlement = settlement + 1, settled_at = greatest(settled_at, date_trunc('milliseconds', p_now))
   WHERE event_id = p_event_id
  RETURNING * INTO v_queue;
  IF FOUND THEN
    PERFORM lock_draw(p_event_id, v_queue.settled_at, v_queue.settlement, v_queue.last_seq);
  END IF;
  RETURN v_queue.settlement;
END
$$;
