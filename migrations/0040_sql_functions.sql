-- A part of settle_group: the attempts to enter a queue, in order of arrival, and whether all is plain about
-- each, so that no more needs to be asked: their customer is active, has no entry and no order of the item and
-- sends no second one, and entering is open. Each question is a probe of an index for one row.
CREATE OR REPLACE FUNCTION entering_attempts(s settling, p_attempts jsonb)
RETURNS TABLE (n bigint, item int, entry_id text, event_item_id text, customer_id text, session_epoch int,
               login_id text, quantity int, min_quantity int, at_ms bigint, is_plain boolean)
LANGUAGE sql STABLE AS $$
  SELECT a.n, a.item, a.entry_id, a.event_item_id, a.customer_id, a.session_epoch, a.login_id,
         a.quantity, a.min_quantity, a.at_ms,
         s.published AND NOT s.one_limit_per_mailbox AND (NOT s.is_locked OR s.waitlist)
         AND s.last_seq + jsonb_array_length(p_attempts) <= 1000000
         AND a.entry_id IS NOT NULL AND a.of_customer = 1 AND a.quantity <= s.limits[a.item]
         AND a.at_ms < s.closes_at_ms AND (s.is_draw OR a.at_ms >= s.opens_at_ms)
         AND NOT (s.is_locked AND s.draw_at_ms IS NULL AND s.free[a.item] > 0 AND NOT s.has_more[a.item])
         AND (SELECT u.active AND u.session_epoch = coalesce(a.session_epoch, u.session_epoch)
                     AND NOT coalesce(u.ended_logins ? a.login_id, false)
                     AND (NOT s.require_verified_email OR u.email_verified_at IS NOT NULL)
                FROM users u WHERE u.id = a.customer_id)
         AND (SELECT e.id FROM queue_entries e
               WHERE e.customer_id = a.customer_id AND e.event_item_id = a.event_item_id
               LIMIT 1) IS NULL
         AND (SELECT o.id FROM orders o
               WHERE o.customer_id = a.customer_id
                 AND (o.event_item_id = a.event_item_id
                      OR o.event_item_id = ANY (s.same_limit[a.item]::text[]))
               LIMIT 1) IS NULL
    FROM (SELECT a.*, array_position(s.ids, a.event_item_id) AS item,
                 count(*) OVER (PARTITION BY a.customer_id) AS of_customer
            FROM ROWS FROM (jsonb_to_recordset(p_attempts) AS (
              "kind" text, "entryId" text, "eventItemId" text, "customerId" text, "sessionEpoch" int,
              "loginId" text, "quantity" int, "minQuantity" int, "atMs" bigint
            )) WITH ORDINALITY AS a (kind, entry_id, event_item_id, customer_id, session_epoch, login_id,
                                     quantity, min_quantity, at_ms, n)
           WHERE a.kind = 'enter') a
   ORDER BY a.n
$$;
--> statement-breakpoint
-- A part of settle_group: what is answered to an attempt to enter that makes no new entry: a refusal, or the
-- entry that is there. Null if they may enter. p_attempt is a row of entering_attempts as JSON.
CREATE OR REPLACE FUNCTION answer_to_entering(s settling, p_item int, p_attempt jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_customer text := p_attempt ->> 'customer_id';
  v_id text := p_attempt ->> 'entry_id';
  v_mine record;
  v_entry queue_entries%ROWTYPE;
BEGIN
  -- An object of the version before passes on what it does not know, without an id: others in its group
  -- must not pay for it.
  IF p_item IS NULL OR v_id IS NULL THEN
    RETURN '{"refusal": "not_found"}';
  END IF;
  -- The same attempt sent again, or what they have in this queue already.
  SELECT e.* INTO v_entry FROM queue_entries e
    LEFT JOIN orders o ON o.id = e.order_id AND o.status = 'pending'
   WHERE e.customer_id = v_customer AND e.event_item_id = s.ids[p_item]
     AND (e.id = v_id OR e.status = 'waiting' OR o.id IS NOT NULL)
   ORDER BY e.id = v_id DESC, e.seq DESC LIMIT 1;
  SELECT u.active AND u.session_epoch = coalesce((p_attempt ->> 'session_epoch')::int, u.session_epoch)
           AND NOT coalesce(u.ended_logins ? (p_attempt ->> 'login_id'), false) AS may_act,
         u.email_verified_at IS NOT NULL AS is_verified
    INTO v_mine FROM users u WHERE u.id = v_customer;
  IF v_entry.id IS DISTINCT FROM v_id AND v_mine.may_act IS NOT TRUE THEN
    RETURN '{"refusal": "unauthenticated"}';
  ELSIF v_entry.id IS NOT NULL THEN
    RETURN jsonb_build_object('entry', entry_json(v_entry),
      -- In a longer queue it is counted for everybody, outside of the event's lock.
      'ahead', CASE WHEN s.waiting[p_item] <= 1000 THEN queue_ahead_of(v_entry) END,
      'replayed', v_entry.id <> v_id);
  END IF;
  RETURN enter_refusal(s, p_item, p_attempt, v_mine.is_verified);
END
$$;
--> statement-breakpoint
-- A part of settle_group: new queue entries, in order of arrival. An entry that waits, or whose offer is
-- pending, is given again instead of another one.
--
-- Entries are written together, up to the next attempt about which something must be asked: a third of what
-- it costs to write them one by one, in CPU of a Postgres 18 with 250 attempts a group.
CREATE OR REPLACE FUNCTION enter_queue(INOUT s settling, p_attempts jsonb)
LANGUAGE plpgsql AS $$
DECLARE
  -- Outside of the record, whose array would be copied whole for each answer.
  v_answers jsonb[] := s.answers;
  v_item int;
  v_attempt record;
  v_entry queue_entries%ROWTYPE;
  -- Entered, but not written yet.
  v_new queue_entries[] := '{}';
  v_answer jsonb;
BEGIN
  FOR v_attempt IN SELECT * FROM entering_attempts(s, p_attempts) LOOP
    v_item := v_attempt.item;
    IF v_attempt.is_plain IS NOT TRUE THEN
      INSERT INTO queue_entries SELECT * FROM unnest(v_new);
      v_new := '{}';
      v_answer := answer_to_entering(s, v_item, to_jsonb(v_attempt));
      IF v_answer IS NOT NULL THEN
        v_answers[v_attempt.n] := v_answer;
        CONTINUE;
      END IF;
    END IF;

    s.last_seq := s.last_seq + 1;
    v_entry := NULL;
    v_entry.id := v_attempt.entry_id;
    v_entry.event_id := s.event_id;
    v_entry.event_item_id := v_attempt.event_item_id;
    v_entry.customer_id := v_attempt.customer_id;
    v_entry.quantity := v_attempt.quantity;
    v_entry.min_quantity := v_attempt.min_quantity;
    v_entry.status := 'waiting';
    v_entry.entered_at := s.now;
    v_entry.seq := s.last_seq;
    -- Behind all whose rank is drawn, since those are at most as many as came before the lock.
    v_entry.rank := CASE WHEN s.is_locked THEN s.last_seq END;
    v_entry.entered_in := s.settlement;
    v_new := v_new || v_entry;
    v_answers[v_attempt.n] := jsonb_build_object('entry', entry_json(v_entry), 'replayed', false,
      'ahead', CASE WHEN s.is_locked AND s.draw_at_ms IS NULL THEN jsonb_build_object(
                 'entries', s.waiting[v_item], 'units', s.waiting_units[v_item]) END);
    s.waiting[v_item] := s.waiting[v_item] + 1;
    s.waiting_units[v_item] := s.waiting_units[v_item] + v_attempt.quantity;
  END LOOP;
  INSERT INTO queue_entries SELECT * FROM unnest(v_new);
  s.answers := v_answers;
END
$$;
