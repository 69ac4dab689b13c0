-- What waits before an entry that waits with a rank; null for any other, and until a draw is drawn: those who
-- take part in it are before those who came too late for it, and have no rank yet. Counts in the index by which the
-- queue is served, one range for each minimum that a wish may have.
CREATE OR REPLACE FUNCTION queue_ahead_of(e queue_entries) RETURNS jsonb
LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN e.status = 'waiting' AND e.rank IS NOT NULL AND NOT EXISTS (
    SELECT FROM draws d WHERE d.event_id = e.event_id AND d.drawn_at IS NULL) THEN (
    SELECT jsonb_build_object('entries', count(*), 'units', coalesce(sum(o.quantity), 0))
      FROM generate_series(1, 100) AS m (min_quantity)
      JOIN queue_entries o ON o.event_item_id = e.event_item_id AND o.min_quantity = m.min_quantity
                          AND o.rank < e.rank AND o.status = 'waiting' AND o.rank IS NOT NULL) END
$$;
--> statement-breakpoint
-- A part of settle_group: new queue entries, in order of arrival. An entry that waits, or whose offer is
-- pending, is given again instead of another one.
CREATE OR REPLACE FUNCTION enter_queue(INOUT s settling, p_attempts jsonb)
LANGUAGE plpgsql AS $$
DECLARE
  -- Outside of the record, whose array would be copied whole for each answer.
  v_answers jsonb[] := s.answers;
  v_item int;
  v_attempt record;
  v_mine record;
  v_entry queue_entries%ROWTYPE;
  v_refusal jsonb;
BEGIN
  FOR v_attempt IN
    SELECT * FROM ROWS FROM (jsonb_to_recordset(p_attempts) AS (
      "kind" text, "entryId" text, "eventItemId" text, "customerId" text, "sessionEpoch" int,
      "loginId" text, "quantity" int, "minQuantity" int, "atMs" bigint
    )) WITH ORDINALITY AS a (kind, entry_id, event_item_id, customer_id, session_epoch, login_id,
                             quantity, min_quantity, at_ms, n)
    WHERE kind = 'enter' ORDER BY n
  LOOP
    v_item := array_position(s.ids, v_attempt.event_item_id);
    -- An object of the version before passes on what it does not know, without an id: others in its group
    -- must not pay for it.
    IF v_item IS NULL OR v_attempt.entry_id IS NULL THEN
      v_answers[v_attempt.n] := '{"refusal": "not_found"}';
      CONTINUE;
    END IF;
    -- The same attempt sent again, or what they have in this queue already.
    SELECT e.* INTO v_entry FROM queue_entries e
      LEFT JOIN orders o ON o.id = e.order_id AND o.status = 'pending'
     WHERE e.customer_id = v_attempt.customer_id AND e.event_item_id = v_attempt.event_item_id
       AND (e.id = v_attempt.entry_id OR e.status = 'waiting' OR o.id IS NOT NULL)
     ORDER BY e.id = v_attempt.entry_id DESC, e.seq DESC LIMIT 1;
    SELECT u.active AND u.session_epoch = coalesce(v_attempt.session_epoch, u.session_epoch)
             AND NOT coalesce(u.ended_logins ? v_attempt.login_id, false) AS may_act,
           u.email_verified_at IS NOT NULL AS is_verified
      INTO v_mine FROM users u WHERE u.id = v_attempt.customer_id;
    IF v_entry.id IS DISTINCT FROM v_attempt.entry_id AND v_mine.may_act IS NOT TRUE THEN
      v_answers[v_attempt.n] := '{"refusal": "unauthenticated"}';
      CONTINUE;
    ELSIF v_entry.id IS NOT NULL THEN
      v_answers[v_attempt.n] := jsonb_build_object('entry', entry_json(v_entry),
        -- In a longer queue it is counted for everybody, outside of the event's lock.
        'ahead', CASE WHEN s.waiting[v_item] <= 1000 THEN queue_ahead_of(v_entry) END,
        'replayed', v_entry.id <> v_attempt.entry_id);
      CONTINUE;
    END IF;
    v_refusal := enter_refusal(s, v_item, to_jsonb(v_attempt), v_mine.is_verified);
    IF v_refusal IS NOT NULL THEN
      v_answers[v_attempt.n] := v_refusal;
      CONTINUE;
    END IF;

    s.last_seq := s.last_seq + 1;
    INSERT INTO queue_entries (id, event_id, event_item_id, customer_id, quantity, min_quantity,
                               entered_at, seq, rank, entered_in)
    VALUES (v_attempt.entry_id, s.event_id, v_attempt.event_item_id, v_attempt.customer_id,
            v_attempt.quantity, v_attempt.min_quantity, s.now, s.last_seq,
            -- Behind all whose rank is drawn, since those are at most as many as came before the lock.
            CASE WHEN s.is_locked THEN s.last_seq END, s.settlement)
    RETURNING * INTO v_entry;
    v_answers[v_attempt.n] := jsonb_build_object('entry', entry_json(v_entry), 'replayed', false,
      'ahead', CASE WHEN s.is_locked AND s.draw_at_ms IS NULL THEN jsonb_build_object(
                 'entries', s.waiting[v_item], 'units', s.waiting_units[v_item]) END);
    s.waiting[v_item] := s.waiting[v_item] + 1;
    s.waiting_units[v_item] := s.waiting_units[v_item] + v_attempt.quantity;
  END LOOP;
  s.answers := v_answers;
END
$$;
