-- Locks the entries of a draw once their time is over. The caller holds the event's lock, and calls it before
-- anything else changes in the settlement. Does nothing where they are locked, before that time, and for an event
-- without a draw.
CREATE OR REPLACE FUNCTION lock_draw(p_event_id text, p_now timestamptz, p_settlement bigint,
                                     p_last_seq bigint) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM events
              WHERE id = p_event_id AND admission = 'draw' AND p_now >= entries_close_at) THEN
    PERFORM lock_entries(p_event_id, p_now, p_settlement, p_last_seq);
  END IF;
END
$$;
