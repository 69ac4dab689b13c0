-- A part of cancel_event_batch: takes reminders of an event that is cancelled away, with their mails that were not
-- sent yet. Returns the id of one of their owners, null where none was left.
CREATE OR REPLACE FUNCTION cancel_reminders(p_event_id text, p_limit int, p_now timestamptz) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  v_users text[];
BEGIN
  WITH gone AS (
    DELETE FROM reminders
     WHERE event_id = p_event_id
       AND user_id = ANY (ARRAY(SELECT user_id FROM reminders WHERE event_id = p_event_id LIMIT p_limit))
    RETURNING user_id
  )
  SELECT array_agg(user_id) INTO v_users FROM gone;
  UPDATE outbox SET outcome = 'dropped', ended_at = p_now, payload = NULL, last_error = 'event_cancelled',
         lease_id = NULL, leased_until = NULL
   WHERE user_id = ANY (v_users) AND kind = 'mail.reminder' AND outcome IS NULL
     AND payload ->> 'eventId' = p_event_id;
  RETURN v_users[1];
END
$$;
