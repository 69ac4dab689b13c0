-- The one way in which a purchase changes stock: a group of attempts on one event, settled in one
-- transaction. Called by ../ledger.ts; ../wire.ts documents the JSON of the answer.
--
-- The event's row is locked first, so groups of one event follow one another however many objects
-- send them; each statement below then sees what the group before left. Times are the caller's, in
-- milliseconds since the epoch: one clock decides, and a simulation can drive it.
--
-- Statistics gathered while the tables were empty would make a connection read them whole for as
-- long as it lives, which makes a shop's first sale quadratic. Every look-up here has an index.
CREATE OR REPLACE FUNCTION settle_group(p_event_id text, p_now_ms bigint, p_attempts jsonb) RETURNS jsonb
LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
  v_now timestamptz := to_timestamp(p_now_ms / 1000.0);
  v_event events%ROWTYPE;
  v_opens_at_ms bigint;
  v_closes_at_ms bigint;
  -- The event's items, one array per column, all in the order of v_ids.
  v_ids text[];
  v_prices bigint[];
  v_limits int[];
  v_free int[];
  v_free_before int[];
  v_to_held int[];
  v_to_sold int[];
  -- What an order keeps of its item: later edits of the catalogue do not reach it.
  v_names text[];
  v_descriptions text[];
  v_image_urls text[];
  v_item int;
  v_attempt record;
  v_mine record;
  v_order orders%ROWTYPE;
  v_is_as_shown boolean;
  v_known_id text;
  v_confirms boolean := p_attempts @> '[{"kind": "confirm"}]';
  v_confirmed_at_ms jsonb := '{}';
  v_in_time boolean;
  -- What is granted together, one array per column, and how many of them there are.
  v_plain int[];
  v_plain_items int[];
  v_plain_orders text[];
  v_plain_customers text[];
  v_plain_quantities int[];
  v_plain_keys text[];
  v_granted int;
  v_nth int;
  v_answers jsonb[] := ARRAY[]::jsonb[];
BEGIN
  SELECT * INTO v_event FROM events WHERE id = p_event_id AND published FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  v_opens_at_ms := epoch_ms(coalesce(v_event.opened_at, v_event.starts_at));
  -- Closed by hand means now, also for those who were already in line.
  v_closes_at_ms := CASE WHEN v_event.closed_at IS NULL THEN epoch_ms(v_event.ends_at) ELSE 0 END;

  SELECT array_agg(i.id), array_agg(i.price_minor), array_agg(i.limit_per_customer),
         array_agg(i.stock_remaining), array_agg(0), array_agg(0),
         array_agg(c.name), array_agg(left(c.description, 200)), array_agg(c.image_url)
    INTO v_ids, v_prices, v_limits, v_free, v_to_held, v_to_sold,
         v_names, v_descriptions, v_image_urls
    FROM (SELECT * FROM event_items WHERE event_id = p_event_id
          ORDER BY position FOR NO KEY UPDATE) i
    JOIN item_catalog c ON c.id = i.item_id;
  v_free_before := v_free;

  -- 1. Holds that are due give their units back before anything else is decided; but not those
  -- whose confirmation arrived in time, or somebody else's late one could take their unit.
  IF v_confirms THEN
    SELECT jsonb_object_agg(c.order_and_customer, c.at_ms) INTO v_confirmed_at_ms
      FROM (SELECT a."orderId" || ' ' || a."customerId", min(a."atMs")
              FROM jsonb_to_recordset(p_attempts)
                AS a ("kind" text, "orderId" text, "customerId" text, "atMs" bigint)
             WHERE a."kind" = 'confirm' GROUP BY 1) c (order_and_customer, at_ms);
  END IF;
  FOR v_order IN
    UPDATE orders SET status = 'expired', ended_at = v_now
     WHERE event_item_id = ANY (v_ids) AND status = 'pending' AND expires_at <= v_now
       AND coalesce((v_confirmed_at_ms ->> (id || ' ' || customer_id))::bigint
                      >= epoch_ms(expires_at), true)
    RETURNING *
  LOOP
    v_item := array_position(v_ids, v_order.event_item_id);
    v_free[v_item] := v_free[v_item] + v_order.quantity;
    v_to_held[v_item] := v_to_held[v_item] - v_order.quantity;
  END LOOP;

  -- 2. Confirms and cancels, in order of arrival.
  IF v_confirms OR p_attempts @> '[{"kind": "cancel"}]' THEN
    FOR v_attempt IN
      SELECT * FROM ROWS FROM (jsonb_to_recordset(p_attempts) AS (
        "kind" text, "orderId" text, "customerId" text, "sessionEpoch" int, "loginId" text, "key" text,
        "atMs" bigint
      )) WITH ORDINALITY AS a (kind, order_id, customer_id, session_epoch, login_id, key, at_ms, n)
      WHERE kind <> 'reserve' ORDER BY n
    LOOP
      SELECT * INTO v_order FROM orders
       WHERE id = v_attempt.order_id AND event_id = p_event_id AND customer_id = v_attempt.customer_id;
      IF NOT FOUND THEN
        v_answers[v_attempt.n] := '{"refusal": "not_found"}';
        CONTINUE;
      END IF;
      v_item := array_position(v_ids, v_order.event_item_id);

      -- Done already: by this very attempt sent again, by another tab, or by the same key.
      IF v_attempt.kind = 'confirm' AND v_order.status = 'confirmed' THEN
        v_answers[v_attempt.n] := jsonb_build_object('order', order_json(v_order),
          'replayed', coalesce(v_order.confirm_key = v_attempt.key, false));
      ELSIF v_attempt.kind = 'cancel' AND v_order.status = 'cancelled'
            AND v_order.cancel_key IS DISTINCT FROM '' THEN
        v_answers[v_attempt.n] := jsonb_build_object('order', order_json(v_order),
          'replayed', coalesce(v_order.cancel_key = v_attempt.key, false));

      ELSIF NOT EXISTS (
        SELECT FROM users
         WHERE id = v_attempt.customer_id AND active
           AND session_epoch = coalesce(v_attempt.session_epoch, session_epoch)
           AND NOT coalesce(ended_logins ? v_attempt.login_id, false)
      ) THEN
        v_answers[v_attempt.n] := '{"refusal": "unauthenticated"}';
      ELSIF v_attempt.key IS NOT NULL AND (
        EXISTS (
          SELECT FROM orders o
           WHERE o.customer_id = v_attempt.customer_id AND o.reserve_key = v_attempt.key)
        OR EXISTS (
          SELECT FROM orders o
           WHERE o.customer_id = v_attempt.customer_id
             AND v_attempt.key IN (o.confirm_key, o.cancel_key))
      ) THEN
        v_answers[v_attempt.n] := '{"refusal": "idempotency_key_reused"}';
      ELSIF v_order.status = 'confirmed' THEN
        v_answers[v_attempt.n] := '{"refusal": "order_confirmed"}';
      ELSIF v_order.status = 'cancelled' THEN
        v_answers[v_attempt.n] := '{"refusal": "order_cancelled"}';

      ELSIF v_attempt.kind = 'confirm' THEN
        v_in_time := v_attempt.at_ms < epoch_ms(v_order.expires_at);
        -- Late: a unit must be free, the sale on, and the limit kept. The limit also by a confirmation
        -- that came in time and was long on its way: its customer may have bought another meanwhile.
        IF v_order.status = 'expired' AND (
          v_free[v_item] < v_order.quantity
          OR (NOT v_in_time AND v_attempt.at_ms >= v_closes_at_ms)
          OR v_order.quantity + (
                SELECT coalesce(sum(quantity), 0) FROM orders
                 WHERE customer_id = v_attempt.customer_id AND event_item_id = v_order.event_item_id
                   AND status IN ('pending', 'confirmed')) > v_limits[v_item]
        ) THEN
          v_answers[v_attempt.n] := '{"refusal": "hold_expired"}';
        ELSE
          IF v_order.status = 'expired' THEN
            v_free[v_item] := v_free[v_item] - v_order.quantity;
          ELSE
            v_to_held[v_item] := v_to_held[v_item] - v_order.quantity;
          END IF;
          v_to_sold[v_item] := v_to_sold[v_item] + v_order.quantity;
          UPDATE orders SET status = 'confirmed', ended_at = v_now, confirm_key = v_attempt.key
           WHERE id = v_order.id AND status = v_order.status
          RETURNING * INTO STRICT v_order;
          v_answers[v_attempt.n] := jsonb_build_object('order', order_json(v_order), 'replayed', false);
        END IF;

      ELSIF v_order.status = 'expired' THEN
        v_answers[v_attempt.n] := '{"refusal": "hold_expired"}';
      ELSE
        v_free[v_item] := v_free[v_item] + v_order.quantity;
        v_to_held[v_item] := v_to_held[v_item] - v_order.quantity;
        UPDATE orders SET status = 'cancelled', ended_at = v_now, cancel_key = v_attempt.key
         WHERE id = v_order.id AND status = 'pending'
        RETURNING * INTO STRICT v_order;
        v_answers[v_attempt.n] := jsonb_build_object('order', order_json(v_order), 'replayed', false);
      END IF;
    END LOOP;
  END IF;

  -- Those that were spared for a confirmation which was refused after all.
  IF v_confirms THEN
    FOR v_order IN
      UPDATE orders SET status = 'expired', ended_at = v_now
       WHERE event_item_id = ANY (v_ids) AND status = 'pending' AND expires_at <= v_now
      RETURNING *
    LOOP
      v_item := array_position(v_ids, v_order.event_item_id);
      v_free[v_item] := v_free[v_item] + v_order.quantity;
      v_to_held[v_item] := v_to_held[v_item] - v_order.quantity;
    END LOOP;
  END IF;

  -- 3. Reservations, in order of arrival, while units last. Where all that are wanted of an item are
  -- free, their order makes no difference, and those about whom there is nothing to ask (active, the
  -- sale open, first of their customer, no order or key of theirs in the way) are granted together:
  -- it costs a third of granting them one by one. Each question is a probe of an index for one row.
  SELECT array_agg(a.n), array_agg(a.item), array_agg(a.order_id), array_agg(a.customer_id),
         array_agg(a.quantity), array_agg(a.key)
    INTO v_plain, v_plain_items, v_plain_orders, v_plain_customers, v_plain_quantities, v_plain_keys
    FROM (SELECT a.*, array_position(v_ids, a.event_item_id) AS item,
                 sum(a.quantity) OVER (PARTITION BY a.event_item_id) AS wanted,
                 count(*) OVER (PARTITION BY a.customer_id) AS of_customer
            FROM ROWS FROM (jsonb_to_recordset(p_attempts) AS (
              "kind" text, "orderId" text, "eventItemId" text, "customerId" text,
              "sessionEpoch" int, "loginId" text, "quantity" int, "key" text, "atMs" bigint,
              "shownPriceCents" bigint, "shownCurrency" text
            )) WITH ORDINALITY AS a (kind, order_id, event_item_id, customer_id, session_epoch, login_id,
                                     quantity, key, at_ms, shown_price_cents, shown_currency, n)
           WHERE a.kind = 'reserve') a
   WHERE a.wanted <= v_free[a.item] AND a.of_customer = 1 AND a.quantity <= v_limits[a.item]
     AND a.at_ms >= v_opens_at_ms AND a.at_ms < v_closes_at_ms
     AND coalesce(a.shown_price_cents = v_prices[a.item], true)
     AND coalesce(a.shown_currency = v_event.currency, true)
     AND (SELECT u.active AND u.session_epoch = coalesce(a.session_epoch, u.session_epoch)
                 AND NOT coalesce(u.ended_logins ? a.login_id, false)
            FROM users u WHERE u.id = a.customer_id)
     AND (SELECT o.id FROM orders o
           WHERE o.customer_id = a.customer_id
             AND (o.event_item_id = a.event_item_id
                  OR a.key IN (o.reserve_key, o.confirm_key, o.cancel_key))
           LIMIT 1) IS NULL;
  INSERT INTO orders (id, event_id, event_item_id, customer_id, status, quantity,
                      unit_price_cents, unit_price_minor, currency, reserved_at, expires_at,
                      reserve_key, event_title, item_name, item_description, item_image_url)
  SELECT a.order_id, p_event_id, v_ids[a.item], a.customer_id, 'pending', a.quantity,
         least(v_prices[a.item], 2147483647), v_prices[a.item], v_event.currency, v_now,
         v_now + make_interval(secs => v_event.hold_seconds), a.key,
         v_event.title, v_names[a.item], v_descriptions[a.item], v_image_urls[a.item]
    FROM unnest(v_plain_orders, v_plain_items, v_plain_customers, v_plain_quantities, v_plain_keys)
      AS a (order_id, item, customer_id, quantity, key)
  ON CONFLICT DO NOTHING;
  GET DIAGNOSTICS v_granted = ROW_COUNT;
  FOR v_nth IN 1 .. coalesce(array_length(v_plain, 1), 0) LOOP
    -- Fewer than were sent: a key was used on another event in this very moment.
    CONTINUE WHEN v_granted < array_length(v_plain, 1)
              AND NOT EXISTS (SELECT FROM orders WHERE id = v_plain_orders[v_nth]);
    v_item := v_plain_items[v_nth];
    v_free[v_item] := v_free[v_item] - v_plain_quantities[v_nth];
    v_to_held[v_item] := v_to_held[v_item] + v_plain_quantities[v_nth];
    -- The caller knows the rest of it: the attempt, the price and the times are in its hands.
    v_answers[v_plain[v_nth]] := '{"granted": true}';
  END LOOP;

  -- All others one by one.
  IF coalesce(array_length(v_answers, 1), 0) < jsonb_array_length(p_attempts)
     OR array_position(v_answers, NULL) IS NOT NULL THEN
    FOR v_attempt IN
      SELECT * FROM ROWS FROM (jsonb_to_recordset(p_attempts) AS (
        "kind" text, "orderId" text, "eventItemId" text, "customerId" text, "sessionEpoch" int,
        "loginId" text, "quantity" int, "key" text, "atMs" bigint, "shownPriceCents" bigint,
        "shownCurrency" text
      )) WITH ORDINALITY AS a (kind, order_id, event_item_id, customer_id, session_epoch, login_id,
                               quantity, key, at_ms, shown_price_cents, shown_currency, n)
      WHERE kind = 'reserve' AND v_answers[n] IS NULL ORDER BY n
    LOOP
      v_item := array_position(v_ids, v_attempt.event_item_id);
      IF v_item IS NULL THEN
        v_answers[v_attempt.n] := '{"refusal": "not_found"}';
        CONTINUE;
      END IF;
      -- Who it is and what is theirs: this item's orders, and whichever has the same key.
      SELECT coalesce(sum(o.quantity) FILTER (WHERE o.status = 'pending'), 0) AS held,
             coalesce(sum(o.quantity) FILTER (WHERE o.status = 'confirmed'), 0) AS bought,
             min(o.id) FILTER (WHERE o.status = 'pending') AS hold_id,
             min(o.id) FILTER (WHERE o.id = v_attempt.order_id) AS sent_before_id,
             (SELECT k.id FROM orders k WHERE k.customer_id = u.id
                 AND v_attempt.key IN (k.confirm_key, k.cancel_key) LIMIT 1) AS key_used_by_id,
             u.active AND u.session_epoch = coalesce(v_attempt.session_epoch, u.session_epoch)
               AND NOT coalesce(u.ended_logins ? v_attempt.login_id, false) AS may_act,
             (SELECT k.id FROM orders k
               WHERE k.customer_id = u.id AND k.reserve_key = v_attempt.key) AS same_key_id
        INTO v_mine
        FROM users u
        LEFT JOIN orders o ON o.customer_id = u.id AND o.event_item_id = v_attempt.event_item_id
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
      ELSIF v_attempt.at_ms >= v_closes_at_ms THEN
        v_answers[v_attempt.n] := '{"refusal": "closed"}';
      ELSIF v_attempt.at_ms < v_opens_at_ms THEN
        v_answers[v_attempt.n] := '{"refusal": "not_open"}';
      ELSIF v_mine.held + v_mine.bought + v_attempt.quantity > v_limits[v_item] THEN
        v_answers[v_attempt.n] := jsonb_build_object('refusal', 'limit_reached',
          'limit', v_limits[v_item], 'held', v_mine.held, 'bought', v_mine.bought);
      ELSIF v_free[v_item] < v_attempt.quantity THEN
        v_answers[v_attempt.n] := '{"refusal": "sold_out"}';
      ELSIF v_attempt.shown_price_cents <> v_prices[v_item]
         OR v_attempt.shown_currency <> v_event.currency THEN
        v_answers[v_attempt.n] := jsonb_build_object('refusal', 'changed',
          'priceCents', v_prices[v_item], 'currency', v_event.currency);
      ELSE
        INSERT INTO orders (id, event_id, event_item_id, customer_id, status, quantity,
                            unit_price_cents, unit_price_minor, currency, reserved_at, expires_at,
                            reserve_key, event_title, item_name, item_description, item_image_url)
        VALUES (v_attempt.order_id, p_event_id, v_attempt.event_item_id, v_attempt.customer_id,
                'pending', v_attempt.quantity, least(v_prices[v_item], 2147483647), v_prices[v_item],
                v_event.currency, v_now, v_now + make_interval(secs => v_event.hold_seconds),
                v_attempt.key, v_event.title, v_names[v_item], v_descriptions[v_item],
                v_image_urls[v_item])
        ON CONFLICT DO NOTHING;
        IF FOUND THEN
          v_free[v_item] := v_free[v_item] - v_attempt.quantity;
          v_to_held[v_item] := v_to_held[v_item] + v_attempt.quantity;
          v_answers[v_attempt.n] := '{"granted": true}';
        ELSE
          -- The same key was used on another event in this very moment.
          v_answers[v_attempt.n] := '{"refusal": "idempotency_key_reused"}';
        END IF;
      END IF;
    END LOOP;
  END IF;

  -- 4. The last word on stock: the counters move with the orders, or nothing does.
  FOR v_item IN 1 .. coalesce(array_length(v_ids, 1), 0) LOOP
    CONTINUE WHEN v_free[v_item] = v_free_before[v_item]
              AND v_to_held[v_item] = 0 AND v_to_sold[v_item] = 0;
    UPDATE event_items
       SET stock_remaining = stock_remaining + v_free[v_item] - v_free_before[v_item],
           stock_held = stock_held + v_to_held[v_item],
           stock_sold = stock_sold + v_to_sold[v_item]
     WHERE id = v_ids[v_item]
       AND stock_remaining + v_free[v_item] - v_free_before[v_item] >= 0;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'stock of % changed under the event''s lock', v_ids[v_item];
    END IF;
  END LOOP;

  RETURN jsonb_build_object(
    'opensAtMs', v_opens_at_ms,
    'closesAtMs', v_closes_at_ms,
    'holdSeconds', v_event.hold_seconds,
    'currency', v_event.currency,
    'items', (SELECT coalesce(jsonb_agg(jsonb_build_object(
        'id', i.id, 'priceCents', i.price_minor, 'total', i.stock_total, 'remaining', i.stock_remaining,
        'held', i.stock_held, 'sold', i.stock_sold,
        'nextReleaseAtMs', (SELECT epoch_ms(min(o.expires_at)) FROM orders o
                             WHERE o.event_item_id = i.id AND o.status = 'pending')
      ) ORDER BY i.position), '[]') FROM event_items i WHERE i.event_id = p_event_id),
    'answers', to_jsonb(v_answers));
END
$$;
