-- A part of cancel_event_batch: has people told by mail that an event was cancelled, each once, however much of
-- theirs ends with it.
CREATE OR REPLACE FUNCTION tell_cancelled(p_event_id text, p_customers text[], p_now timestamptz) RETURNS void
LANGUAGE sql AS $$
  INSERT INTO outbox (kind, key, user_id, payload, priority, created_at, due_at)
  SELECT 'mail.event_cancelled', 'event_cancelled/' || p_event_id || '/' || c.id, c.id,
         jsonb_build_object('userId', c.id, 'eventId', p_event_id), 1, p_now, p_now
    FROM (SELECT DISTINCT id FROM unnest(p_customers) AS u (id) ORDER BY id) c
      ON CONFLICT (key) DO NOTHING
$$;
