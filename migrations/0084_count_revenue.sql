-- Safe beside the old version, which settles by these functions too. Whoever settles a group locks its event first:
-- so none that was begun by the old function commits behind the count of what was confirmed until now. Sales wait
-- meanwhile, which takes some seconds for a million orders.
LOCK TABLE events IN EXCLUSIVE MODE;
--> statement-breakpoint
-- A part of settle_holds: adds orders that are confirmed now to what their event sold in this quarter of an hour. The
-- caller has locked the event, so that nobody else adds to the row.
CREATE OR REPLACE FUNCTION count_revenue(p_event_id text, p_orders text[], p_now timestamptz) RETURNS void
LANGUAGE sql AS $$
  INSERT INTO revenue_quarters AS r (begins_at, event_id, currency, orders, units, gross_minor)
  SELECT date_bin('15 minutes', p_now, '2000-01-01 00:00:00+00'), p_event_id, o.currency, count(*), sum(o.quantity),
         sum(order_total(o))
    FROM orders o WHERE o.id = ANY (p_orders) GROUP BY o.currency
      ON CONFLICT (begins_at, event_id, currency) DO UPDATE
     SET orders = r.orders + excluded.orders, units = r.units + excluded.units,
         gross_minor = r.gross_minor + excluded.gross_minor
$$;
--> statement-breakpoint
-- A part of settle_group: confirms and cancels, in order of arrival. In an event with a queue, confirms of
-- holds that have ended are left for a second call, after the queue was served. What is confirmed is told
-- by mail: its row in the outbox is written here, so there is none without the other.
--
-- An order that is paid online is confirmed by the shop, in the name of a payment that is authorised.
CREATE OR REPLACE FUNCTION settle_holds(INOUT s settling, p_attempts jsonb)
LANGUAGE plpgsql AS $$
DECLARE
  -- Outside of the record, whose array would be copied whole for each answer.
  v_answers jsonb[] := s.answers;
  v_item int;
  v_attempt record;
  v_order orders%ROWTYPE;
  v_in_time boolean;
  -- What is confirmed now, and by whom.
  v_confirmed text[];
  v_confirmed_by text[];
  -- The payments that confirmed an order now, and those that did not.
  v_paid text[];
  v_refused text[];
  -- Orders that were cancelled while somebody paid.
  v_unpaid text[];
BEGIN
  FOR v_attempt IN
    SELECT * FROM ROWS FROM (jsonb_to_recordset(p_attempts) AS (
      "kind" text, "orderId" text, "customerId" text, "sessionEpoch" int, "loginId" text, "key" text,
      "atMs" bigint, "paymentId" text
    )) WITH ORDINALITY AS a (kind, order_id, customer_id, session_epoch, login_id, key, at_ms, payment_id, n)
    WHERE kind IN ('confirm', 'cancel', 'confirm_paid') AND v_answers[n] IS NULL ORDER BY n
  LOOP
    SELECT * INTO v_order FROM orders
     WHERE id = v_attempt.order_id AND event_id = s.event_id AND customer_id = v_attempt.customer_id;
    IF NOT FOUND THEN
      v_answers[v_attempt.n] := '{"refusal": "not_found"}';
      CONTINUE;
    END IF;
    v_item := array_position(s.ids, v_order.event_item_id);

    -- Done already: by this very attempt sent again, by another tab, or by the same key.
    IF v_attempt.kind = 'confirm' AND v_order.status = 'confirmed' THEN
      v_answers[v_attempt.n] := jsonb_build_object('order', order_json(v_order),
        'replayed', coalesce(v_order.confirm_key = v_attempt.key, false));
    ELSIF v_attempt.kind = 'cancel' AND v_order.status = 'cancelled'
          AND v_order.cancel_key IS DISTINCT FROM '' THEN
      v_answers[v_attempt.n] := jsonb_build_object('order', order_json(v_order),
        'replayed', coalesce(v_order.cancel_key = v_attempt.key, false));
    ELSIF v_attempt.kind = 'confirm_paid' AND v_order.payment_id = v_attempt.payment_id THEN
      v_answers[v_attempt.n] := jsonb_build_object('order', order_json(v_order), 'replayed', true);

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
    ELSIF s.cancelled AND v_attempt.kind <> 'cancel' THEN
      v_answers[v_attempt.n] := '{"refusal": "closed"}';
    ELSIF v_attempt.kind = 'confirm' AND v_order.pay_online THEN
      v_answers[v_attempt.n] := CASE WHEN v_attempt.at_ms < epoch_ms(v_order.expires_at)
        THEN '{"refusal": "payment_required"}' ELSE '{"refusal": "hold_expired"}' END::jsonb;
    ELSIF v_attempt.kind = 'confirm_paid' AND NOT pays_for(v_attempt.payment_id, v_order) THEN
      v_answers[v_attempt.n] := '{"refusal": "payment_required"}';

    ELSIF v_attempt.kind <> 'cancel' AND v_order.status = 'expired' AND NOT s.settles_late THEN
      CONTINUE;
    ELSIF v_attempt.kind <> 'cancel' THEN
      v_in_time := v_attempt.at_ms < epoch_ms(hold_ends_at(v_order.expires_at, v_order.paying));
      -- Late: a unit must be free, the sale on, and the limit kept. The limit also by a confirmation
      -- that came in time and was long on its way: its customer may have bought another meanwhile.
      IF v_order.status = 'expired' AND (
        s.free[v_item] < v_order.quantity OR s.has_more[v_item] OR s.draw_at_ms IS NOT NULL
        OR (NOT v_in_time AND v_attempt.at_ms >= s.closes_at_ms)
        OR v_order.quantity + CASE WHEN s.one_limit_per_mailbox THEN (
              SELECT held + bought
                FROM units_of_mailbox(v_attempt.customer_id, v_order.event_item_id))
            ELSE (
              SELECT coalesce(sum(quantity - units_returned), 0) FROM orders
               WHERE customer_id = v_attempt.customer_id
                 AND event_item_id = ANY (
                       coalesce(s.same_limit[v_item]::text[], ARRAY[s.ids[v_item]]))
                 AND status IN ('pending', 'confirmed')) END > s.limits[v_item]
      ) THEN
        v_answers[v_attempt.n] := '{"refusal": "hold_expired"}';
      ELSE
        IF v_order.status = 'expired' THEN
          s.free[v_item] := s.free[v_item] - v_order.quantity;
        ELSE
          s.to_held[v_item] := s.to_held[v_item] - v_order.quantity;
        END IF;
        s.to_sold[v_item] := s.to_sold[v_item] + v_order.quantity;
        UPDATE orders SET status = 'confirmed', ended_at = s.now, ended_in = s.settlement,
                          confirm_key = v_attempt.key, payment_id = v_attempt.payment_id
         WHERE id = v_order.id AND status = v_order.status
        RETURNING * INTO STRICT v_order;
        v_confirmed := v_confirmed || v_order.id;
        v_confirmed_by := v_confirmed_by || v_order.customer_id;
        IF v_order.payment_id IS NOT NULL THEN
          v_paid := v_paid || v_order.payment_id;
        END IF;
        v_answers[v_attempt.n] := jsonb_build_object('order', order_json(v_order), 'replayed', false);
      END IF;

    ELSIF v_order.status = 'expired' THEN
      v_answers[v_attempt.n] := '{"refusal": "hold_expired"}';
    ELSE
      s.free[v_item] := s.free[v_item] + v_order.quantity;
      s.to_held[v_item] := s.to_held[v_item] - v_order.quantity;
      UPDATE orders SET status = 'cancelled', ended_at = s.now, ended_in = s.settlement,
                        cancel_key = v_attempt.key
       WHERE id = v_order.id AND status = 'pending'
      RETURNING * INTO STRICT v_order;
      IF v_order.paying THEN
        v_unpaid := v_unpaid || v_order.id;
      END IF;
      v_answers[v_attempt.n] := jsonb_build_object('order', order_json(v_order), 'replayed', false);
    END IF;
    IF v_attempt.kind = 'confirm_paid' AND v_answers[v_attempt.n] ? 'refusal' THEN
      v_refused := v_refused || v_attempt.payment_id;
    END IF;
  END LOOP;
  s.answers := v_answers;

  IF v_confirmed IS NOT NULL THEN
    INSERT INTO outbox (kind, key, user_id, payload, priority, created_at, due_at)
    SELECT 'mail.order_confirmed', 'order_confirmed/' || o.id, o.customer_id,
           jsonb_build_object('userId', o.customer_id, 'orderId', o.id), 1, s.now, s.now
      FROM unnest(v_confirmed, v_confirmed_by) AS o (id, customer_id)
    ON CONFLICT (key) DO NOTHING;
    PERFORM count_revenue(s.event_id, v_confirmed, s.now);
  END IF;
  IF v_paid IS NOT NULL OR v_refused IS NOT NULL THEN
    s := settle_payments(s, v_paid, v_refused);
  END IF;
  IF v_unpaid IS NOT NULL THEN
    PERFORM release_payments_of(v_unpaid, '{open,authorised}', s.now);
    s.has_payment_rows := true;
  END IF;
END
$$;
--> statement-breakpoint
INSERT INTO revenue_quarters (begins_at, event_id, currency, orders, units, gross_minor)
SELECT date_bin('15 minutes', o.ended_at, '2000-01-01 00:00:00+00'), o.event_id, o.currency, count(*),
       sum(o.quantity), sum(order_total(o))
  FROM orders o WHERE o.status = 'confirmed' GROUP BY 1, 2, 3;
