-- A part of settle_group: why a customer may not enter the queue of an item, as an answer; null if they may.
-- p_attempt is a row of enter_queue as JSON. The numbers are those of LIMITS in contract/values.ts.
CREATE OR REPLACE FUNCTION enter_refusal(s settling, p_item int, p_attempt jsonb, p_is_verified boolean)
RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_customer text := p_attempt ->> 'customer_id';
  v_at_ms bigint := p_attempt ->> 'at_ms';
  -- Not a record: the two ways to count have different types, and a plan is kept for one.
  v_held int;
  v_bought int;
  v_waiting int := 0;
  v_today record;
BEGIN
  IF NOT s.published THEN
    RETURN '{"refusal": "not_found"}';
  ELSIF v_at_ms >= s.closes_at_ms THEN
    RETURN '{"refusal": "closed"}';
  ELSIF NOT s.is_draw AND v_at_ms < s.opens_at_ms THEN
    RETURN '{"refusal": "not_open"}';
  ELSIF s.is_locked AND NOT s.waitlist THEN
    RETURN '{"refusal": "queue_closed"}';
  ELSIF s.is_locked AND s.draw_at_ms IS NULL AND s.free[p_item] > 0 AND NOT s.has_more[p_item] THEN
    RETURN '{"refusal": "stock_available"}';
  ELSIF s.require_verified_email AND NOT p_is_verified THEN
    RETURN '{"refusal": "email_unverified"}';
  ELSIF s.last_seq >= 1000000 THEN
    RETURN '{"refusal": "queue_full"}';
  END IF;
  -- The limit holds when the queue is served; whoever could not be served then is told now.
  IF s.one_limit_per_mailbox THEN
    SELECT m.held, m.bought INTO v_held, v_bought FROM units_of_mailbox(v_customer, s.ids[p_item]) m;
    -- More accounts are no more chances: a mailbox waits for no more than it may have.
    v_waiting := waiting_of_mailbox(v_customer, s.ids[p_item]);
  ELSE
    SELECT coalesce(sum(o.quantity) FILTER (WHERE o.status = 'pending'), 0) AS held,
           coalesce(sum(o.quantity - o.units_returned) FILTER (WHERE o.status = 'confirmed'), 0) AS bought
      INTO v_held, v_bought FROM orders o
     WHERE o.customer_id = v_customer
       AND o.event_item_id = ANY (coalesce(s.same_limit[p_item]::text[], ARRAY[s.ids[p_item]]));
  END IF;
  IF greatest((p_attempt ->> 'quantity')::int,
              v_held + v_bought + v_waiting + (p_attempt ->> 'min_quantity')::int)
       > s.limits[p_item] THEN
    RETURN jsonb_strip_nulls(jsonb_build_object('refusal', 'limit_reached',
      'limit', s.limits[p_item], 'held', v_held, 'bought', v_bought, 'waiting', nullif(v_waiting, 0), 'nextReleaseAtMs',
      payment_checked_until(v_customer, coalesce(s.same_limit[p_item]::text[], ARRAY[s.ids[p_item]]), s.now)));
  END IF;
  SELECT count(*) AS entries, min(e.entered_at) AS since INTO v_today
    FROM queue_entries e
   -- None of theirs waits: that one would have been given again.
   WHERE e.customer_id = v_customer AND e.event_item_id = s.ids[p_item] AND e.status <> 'waiting'
     AND e.entered_at > s.now - interval '1 day';
  IF v_today.entries >= 5 THEN
    RETURN jsonb_build_object('refusal', 'rate_limited', 'retryAfterMs',
      epoch_ms(v_today.since + interval '1 day') - epoch_ms(s.now));
  END IF;
  RETURN NULL;
END
$$;
