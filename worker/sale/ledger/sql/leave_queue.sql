-- A part of settle_group: leaves, in order of arrival. Leaving an offer gives its units back, unless it was
-- confirmed.
CREATE OR REPLACE FUNCTION leave_queue(INOUT s settling, p_attempts jsonb)
LANGUAGE plpgsql AS $$
DECLARE
  v_answers jsonb[] := s.answers;
  v_item int;
  v_attempt record;
  v_entry queue_entries%ROWTYPE;
  v_order orders%ROWTYPE;
  -- Those that waited, which a draw chains before its lock.
  v_left queue_entries[] := '{}';
BEGIN
  FOR v_attempt IN
    SELECT * FROM ROWS FROM (jsonb_to_recordset(p_attempts) AS (
      "kind" text, "entryId" text, "customerId" text, "sessionEpoch" int, "loginId" text
    )) WITH ORDINALITY AS a (kind, entry_id, customer_id, session_epoch, login_id, n)
    WHERE kind = 'leave' ORDER BY n
  LOOP
    SELECT * INTO v_entry FROM queue_entries
     WHERE id = v_attempt.entry_id AND event_id = s.event_id AND customer_id = v_attempt.customer_id;
    IF NOT FOUND THEN
      v_answers[v_attempt.n] := '{"refusal": "not_found"}';
      CONTINUE;
    ELSIF NOT EXISTS (
      SELECT FROM users
       WHERE id = v_attempt.customer_id AND active
         AND session_epoch = coalesce(v_attempt.session_epoch, session_epoch)
         AND NOT coalesce(ended_logins ? v_attempt.login_id, false)
    ) THEN
      v_answers[v_attempt.n] := '{"refusal": "unauthenticated"}';
      CONTINUE;
    END IF;
    v_item := array_position(s.ids, v_entry.event_item_id);
    IF v_entry.status = 'waiting' THEN
      UPDATE queue_entries SET status = 'left', ended_at = s.now, ended_in = s.settlement
       WHERE id = v_entry.id RETURNING * INTO STRICT v_entry;
      v_left := v_left || v_entry;
      s.waiting[v_item] := s.waiting[v_item] - 1;
      s.waiting_units[v_item] := s.waiting_units[v_item] - v_entry.quantity;
    ELSIF v_entry.status = 'offered' THEN
      UPDATE orders SET status = 'cancelled', ended_at = s.now, ended_in = s.settlement
       WHERE id = v_entry.order_id AND status = 'pending' RETURNING * INTO v_order;
      IF FOUND THEN
        s.free[v_item] := s.free[v_item] + v_order.quantity;
        s.to_held[v_item] := s.to_held[v_item] - v_order.quantity;
        IF v_order.paying THEN
          PERFORM release_payments_of(ARRAY[v_order.id], '{open,authorised}', s.now);
          s.has_payment_rows := true;
        END IF;
      ELSIF EXISTS (SELECT FROM orders WHERE id = v_entry.order_id AND status = 'confirmed') THEN
        v_answers[v_attempt.n] := '{"refusal": "order_confirmed"}';
        CONTINUE;
      END IF;
    END IF;
    v_answers[v_attempt.n] := jsonb_build_object('entry', entry_json(v_entry), 'ahead', NULL,
                                                 'replayed', false);
  END LOOP;
  IF NOT s.is_locked AND cardinality(v_left) > 0 THEN
    PERFORM chain_leaves(s.event_id, v_left);
  END IF;
  s.answers := v_answers;
END
$$;
