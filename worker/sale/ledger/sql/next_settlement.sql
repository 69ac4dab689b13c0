-- The number under which something outside of settle_group changes an event's units or queue; null for an
-- event without a queue. The caller holds the event's lock.
CREATE OR REPLACE FUNCTION next_settlement(p_event_id text, p_now timestamptz) RETURNS bigint
LANGUAGE sql AS $$
  UPDATE event_queues
     SET settlement = settlement + 1, settled_at = greatest(settled_at, date_trunc('milliseconds', p_now))
   WHERE event_id = p_event_id
  RETURNING settlement
$$;
