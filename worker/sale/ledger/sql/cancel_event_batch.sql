-- One batch of what follows from the cancelling of an event, as a row of the outbox asks for it: its orders first,
-- then whoever waits, then reminders. p_batch has the members of the payload of `event.cancel` in
-- contract/outbox.ts. In the same transaction it writes the row of the next batch, so that one that is worked
-- off twice does nothing the second time. Takes the locks of settle_group, in its order.
--
-- A batch goes by the ids of the event's rows, whatever became of them: so it is bounded, and as nothing is made
-- any more in an event that is cancelled, none is missed.
CREATE OR REPLACE FUNCTION cancel_event_batch(p_event_id text, p_batch jsonb, p_limit int, p_now_ms bigint)
RETURNS void
LANGUAGE plpgsql SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  v_now timestamptz := to_timestamp(p_now_ms / 1000.0);
  v_stage text := p_batch ->> 'stage';
  v_after text := coalesce(p_batch ->> 'after', '');
  v_number int := (p_batch ->> 'number')::int + 1;
  v_settlement bigint;
  v_last text;
BEGIN
  PERFORM FROM events WHERE id = p_event_id AND cancelled_at IS NOT NULL FOR NO KEY UPDATE;
  IF NOT FOUND OR EXISTS (SELECT FROM outbox WHERE key = 'cancel/' || p_event_id || '/' || v_number) THEN
    RETURN;
  END IF;
  PERFORM FROM event_items WHERE event_id = p_event_id ORDER BY position FOR NO KEY UPDATE;
  -- Reminders are no part of the queue.
  IF v_stage <> 'reminders' THEN
    v_settlement := next_settlement(p_event_id, v_now);
  END IF;
  -- The time is that of the settlement, which is never before the one before it.
  SELECT greatest(v_now, settled_at) INTO v_now FROM (SELECT 1) one
    LEFT JOIN event_queues ON event_id = p_event_id;

  IF v_stage = 'orders' THEN
    v_last := cancel_orders(p_event_id, v_after, p_limit, v_settlement, v_now);
  ELSIF v_stage = 'entries' THEN
    v_last := cancel_entries(p_event_id, v_after, p_limit, v_settlement, v_now);
  ELSE
    v_last := cancel_reminders(p_event_id, p_limit, v_now);
  END IF;
  IF v_last IS NULL THEN
    v_stage := CASE v_stage WHEN 'orders' THEN 'entries' WHEN 'entries' THEN 'reminders' END;
  END IF;
  IF v_stage IS NOT NULL THEN
    INSERT INTO outbox (kind, key, payload, priority, created_at, due_at)
    VALUES ('event.cancel', 'cancel/' || p_event_id || '/' || v_number,
            jsonb_build_object('eventId', p_event_id, 'number', v_number, 'stage', v_stage, 'after', v_last),
            0, v_now, v_now);
  END IF;
END
$$;
