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
   WHERE (e.customer_id = v_customer AND e.event_item_id = s.ids[p_item] AND e.status = 'waiting'
          OR e.customer_id = v_customer AND e.event_item_id = s.ids[p_item] AND e.status <> 'waiting')
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
