-- Until when a customer's own hold, of any of these items, is kept beyond its shown end, since its payment may
-- still arrive: the first of those. Null without one. Asked only where the limit is reached.
CREATE OR REPLACE FUNCTION payment_checked_until(p_customer_id text, p_items text[], p_now timestamptz)
RETURNS bigint
LANGUAGE sql STABLE AS $$
  SELECT epoch_ms(min(hold_ends_at(o.expires_at, true))) FROM orders o
   WHERE o.customer_id = p_customer_id AND o.event_item_id = ANY (p_items)
     AND o.status = 'pending' AND o.paying AND o.expires_at <= p_now
$$;
--> statement-breakpoint
-- A part of settle_group: reservations that have no answer yet, in order of arrival, while units last.
CREATE OR REPLACE FUNCTION grant_in_turn(INOUT s settling, p_attempts jsonb)
LANGUAGE plpgsql AS $$
DECLARE
  -- Outside of the record, whose array would be copied whole for each answer.
  v_answers jsonb[] := s.answers;
  v_item int;
  v_attempt record;
  v_mine record;
  v_order orders%ROWTYPE;
  v_is_as_shown boolean;
  v_known_id text;
BEGIN
  FOR v_attempt IN
    SELECT * FROM ROWS FROM (jsonb_to_recordset(p_attempts) AS (
      "kind" text, "orderId" text, "eventItemId" text, "customerId" text, "sessionEpoch" int,
      "loginId" text, "quantity" int, "key" text, "atMs" bigint, "shownPriceCents" bigint,
      "shownCurrency" text
    )) WITH ORDINALITY AS a (kind, order_id, event_item_id, customer_id, session_epoch, login_id,
                             quantity, key, at_ms, shown_price_cents, shown_currency, n)
    WHERE kind = 'reserve' AND v_answers[n] IS NULL ORDER BY n
  LOOP
    v_item := array_position(s.ids, v_attempt.event_item_id);
    IF v_item IS NULL THEN
      v_answers[v_attempt.n] := '{"refusal": "not_found"}';
      CONTINUE;
    END IF;
    -- Who it is and what is theirs: the orders of all variants of the item, which share one limit, and
    -- whichever has the same key.
    SELECT coalesce(sum(o.quantity) FILTER (WHERE o.status = 'pending'), 0) AS held,
           coalesce(sum(o.quantity - o.units_returned) FILTER (WHERE o.status = 'confirmed'), 0) AS bought,
           min(o.id) FILTER (WHERE o.status = 'pending' AND o.expires_at > s.now
                               AND o.event_item_id = v_attempt.event_item_id) AS hold_id,
           min(o.id) FILTER (WHERE o.id = v_attempt.order_id) AS sent_before_id,
           (SELECT k.id FROM orders k WHERE k.customer_id = u.id
               AND v_attempt.key IN (k.confirm_key, k.cancel_key) LIMIT 1) AS key_used_by_id,
           u.active AND u.session_epoch = coalesce(v_attempt.session_epoch, u.session_epoch)
             AND NOT coalesce(u.ended_logins ? v_attempt.login_id, false) AS may_act,
           u.email_verified_at IS NOT NULL AS is_verified,
           (SELECT k.id FROM orders k
             WHERE k.customer_id = u.id AND k.reserve_key = v_attempt.key) AS same_key_id
      INTO v_mine
      FROM users u
      LEFT JOIN orders o ON o.customer_id = u.id
                        AND o.event_item_id = ANY (
                              coalesce(s.same_limit[v_item]::text[], ARRAY[s.ids[v_item]]))
     WHERE u.id = v_attempt.customer_id
     GROUP BY u.id;
    IF NOT FOUND OR (NOT v_mine.may_act AND v_mine.sent_before_id IS NULL) THEN
      -- Missing, deactivated or signed out: refused here, since a foreign key's error would sink
      -- the whole group.
      v_answers[v_attempt.n] := '{"refusal": "unauthenticated"}';
      CONTINUE;
    END IF;

    -- The same attempt sent again, the same key again, or without a key the hold that is theirs.
    v_known_id := coalesce(v_mine.sent_before_id, v_mine.same_key_id,
                           CASE WHEN v_attempt.key IS NULL THEN v_mine.hold_id END);
    IF v_known_id IS NULL AND s.one_limit_per_mailbox THEN
      SELECT m.held, m.bought INTO v_mine.held, v_mine.bought
        FROM units_of_mailbox(v_attempt.customer_id, v_attempt.event_item_id) m;
    END IF;
    IF v_known_id IS NOT NULL THEN
      SELECT * INTO STRICT v_order FROM orders WHERE id = v_known_id;
      -- What was shown when an order was made is its price, or it would not have been made.
      v_is_as_shown := coalesce(v_attempt.shown_price_cents
                                  = coalesce(v_order.unit_price_minor, v_order.unit_price_cents), true)
                   AND coalesce(v_attempt.shown_currency = v_order.currency, true);
      IF v_attempt.key IS NOT NULL AND v_mine.sent_before_id IS NULL
         AND (v_order.event_item_id <> v_attempt.event_item_id OR v_order.quantity <> v_attempt.quantity
              OR NOT v_is_as_shown) THEN
        v_answers[v_attempt.n] := '{"refusal": "idempotency_key_reused"}';
      ELSIF NOT v_is_as_shown THEN
        -- Theirs is a hold at another price than this page shows.
        v_answers[v_attempt.n] := jsonb_build_object('refusal', 'changed',
          'priceCents', coalesce(v_order.unit_price_minor, v_order.unit_price_cents),
          'currency', v_order.currency);
      ELSE
        v_answers[v_attempt.n] := jsonb_build_object('order', order_json(v_order),
          'replayed', v_mine.sent_before_id IS NULL);
      END IF;
    ELSIF v_mine.key_used_by_id IS NOT NULL THEN
      v_answers[v_attempt.n] := '{"refusal": "idempotency_key_reused"}';
    ELSIF NOT s.published THEN
      v_answers[v_attempt.n] := '{"refusal": "not_found"}';
    ELSIF v_attempt.at_ms >= s.closes_at_ms THEN
      v_answers[v_attempt.n] := '{"refusal": "closed"}';
    ELSIF v_attempt.at_ms < s.opens_at_ms THEN
      v_answers[v_attempt.n] := '{"refusal": "not_open"}';
    ELSIF s.require_verified_email AND NOT v_mine.is_verified THEN
      v_answers[v_attempt.n] := '{"refusal": "email_unverified"}';
    ELSIF v_mine.held + v_mine.bought + v_attempt.quantity > s.limits[v_item] THEN
      v_answers[v_attempt.n] := jsonb_strip_nulls(jsonb_build_object('refusal', 'limit_reached',
        'limit', s.limits[v_item], 'held', v_mine.held, 'bought', v_mine.bought, 'nextReleaseAtMs',
        payment_checked_until(v_attempt.customer_id,
          coalesce(s.same_limit[v_item]::text[], ARRAY[s.ids[v_item]]), s.now)));
    ELSIF s.has_more[v_item] OR s.draw_at_ms IS NOT NULL THEN
      v_answers[v_attempt.n] := '{"refusal": "queue_ahead"}';
    ELSIF s.free[v_item] < v_attempt.quantity THEN
      v_answers[v_attempt.n] := '{"refusal": "sold_out"}';
    ELSIF v_attempt.shown_price_cents <> s.prices[v_item]
       OR v_attempt.shown_currency <> s.currency THEN
      v_answers[v_attempt.n] := jsonb_build_object('refusal', 'changed',
        'priceCents', s.prices[v_item], 'currency', s.currency);
    ELSE
      INSERT INTO orders (id, event_id, event_item_id, customer_id, status, quantity,
                          unit_price_cents, unit_price_minor, currency, reserved_at, expires_at,
                          reserve_key, event_title, item_name, item_description, item_image_url,
                          variant_label, pay_online, made_in)
      VALUES (v_attempt.order_id, s.event_id, v_attempt.event_item_id, v_attempt.customer_id,
              'pending', v_attempt.quantity, least(s.prices[v_item], 2147483647), s.prices[v_item],
              s.currency, s.now, s.now + make_interval(secs => s.hold_seconds),
              v_attempt.key, s.title, s.names[v_item], s.descriptions[v_item],
              s.image_urls[v_item], s.variant_labels[v_item], s.pay_online AND s.prices[v_item] > 0,
              s.settlement)
      ON CONFLICT DO NOTHING;
      IF FOUND THEN
        s.free[v_item] := s.free[v_item] - v_attempt.quantity;
        s.to_held[v_item] := s.to_held[v_item] + v_attempt.quantity;
        v_answers[v_attempt.n] := '{"granted": true}';
      ELSE
        -- The same key was used on another event in this very moment.
        v_answers[v_attempt.n] := '{"refusal": "idempotency_key_reused"}';
      END IF;
    END IF;
  END LOOP;
  s.answers := v_answers;
END
$$;
--> statement-breakpoint
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
