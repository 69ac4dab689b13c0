-- A part of settle_group: reservations of what is free for all who want it. Their order makes no
-- difference, and those about whom there is nothing to ask (active, the sale open, first of their
-- customer, no order of the item and no key of theirs in the way, no second account of a mailbox that is
-- limited) are granted together: it costs a third of granting them one by one. Each question is a probe
-- of an index for one row.
CREATE OR REPLACE FUNCTION grant_together(INOUT s settling, p_attempts jsonb)
LANGUAGE plpgsql AS $$
DECLARE
  -- Outside of the record, whose array would be copied whole for each answer.
  v_answers jsonb[] := s.answers;
  v_item int;
  -- What is granted together, one array per column, and how many of them there are.
  v_plain int[];
  v_plain_items int[];
  v_plain_orders text[];
  v_plain_customers text[];
  v_plain_quantities int[];
  v_plain_keys text[];
  v_granted int;
  v_nth int;
BEGIN
  SELECT array_agg(a.n), array_agg(a.item), array_agg(a.order_id), array_agg(a.customer_id),
         array_agg(a.quantity), array_agg(a.key)
    INTO v_plain, v_plain_items, v_plain_orders, v_plain_customers, v_plain_quantities, v_plain_keys
    FROM (SELECT a.*, array_position(s.ids, a.event_item_id) AS item,
                 sum(a.quantity) OVER (PARTITION BY a.event_item_id) AS wanted,
                 count(*) OVER (PARTITION BY a.customer_id) AS of_customer
            FROM ROWS FROM (jsonb_to_recordset(p_attempts) AS (
              "kind" text, "orderId" text, "eventItemId" text, "customerId" text,
              "sessionEpoch" int, "loginId" text, "quantity" int, "key" text, "atMs" bigint,
              "shownPriceCents" bigint, "shownCurrency" text
            )) WITH ORDINALITY AS a (kind, order_id, event_item_id, customer_id, session_epoch, login_id,
                                     quantity, key, at_ms, shown_price_cents, shown_currency, n)
           WHERE a.kind = 'reserve') a
   WHERE a.wanted <= s.free[a.item] AND s.has_more[a.item] IS NOT TRUE AND s.draw_at_ms IS NULL
     AND a.of_customer = 1 AND a.quantity <= s.limits[a.item]
     AND a.at_ms >= s.opens_at_ms AND a.at_ms < s.closes_at_ms
     AND coalesce(a.shown_price_cents = s.prices[a.item], true)
     AND coalesce(a.shown_currency = s.currency, true)
     AND (SELECT u.active AND u.session_epoch = coalesce(a.session_epoch, u.session_epoch)
                 AND NOT coalesce(u.ended_logins ? a.login_id, false)
                 AND (NOT s.require_verified_email OR u.email_verified_at IS NOT NULL)
                 AND (NOT s.one_limit_per_mailbox
                      OR (SELECT other.id FROM users other
                           WHERE mailbox_of(other.email) = mailbox_of(u.email) AND other.id <> u.id
                           LIMIT 1) IS NULL)
            FROM users u WHERE u.id = a.customer_id)
     AND (SELECT o.id FROM orders o
           WHERE o.customer_id = a.customer_id
             AND (o.event_item_id = a.event_item_id
                  OR o.event_item_id = ANY (s.same_limit[a.item]::text[])
                  OR a.key IN (o.reserve_key, o.confirm_key, o.cancel_key))
           LIMIT 1) IS NULL;
  INSERT INTO orders (id, event_id, event_item_id, customer_id, status, quantity,
                      unit_price_cents, unit_price_minor, currency, reserved_at, expires_at,
                      reserve_key, event_title, item_name, item_description, item_image_url,
                      variant_label, pay_online, made_in)
  SELECT a.order_id, s.event_id, s.ids[a.item], a.customer_id, 'pending', a.quantity,
         least(s.prices[a.item], 2147483647), s.prices[a.item], s.currency, s.now,
         s.now + make_interval(secs => s.hold_seconds), a.key,
         s.title, s.names[a.item], s.descriptions[a.item], s.image_urls[a.item],
         s.variant_labels[a.item], s.pay_online AND s.prices[a.item] > 0, s.settlement
    FROM unnest(v_plain_orders, v_plain_items, v_plain_customers, v_plain_quantities, v_plain_keys)
      AS a (order_id, item, customer_id, quantity, key)
  ON CONFLICT DO NOTHING;
  GET DIAGNOSTICS v_granted = ROW_COUNT;
  FOR v_nth IN 1 .. coalesce(array_length(v_plain, 1), 0) LOOP
    -- Fewer than were sent: a key was used on another event in this very moment.
    CONTINUE WHEN v_granted < array_length(v_plain, 1)
              AND NOT EXISTS (SELECT FROM orders WHERE id = v_plain_orders[v_nth]);
    v_item := v_plain_items[v_nth];
    s.free[v_item] := s.free[v_item] - v_plain_quantities[v_nth];
    s.to_held[v_item] := s.to_held[v_item] + v_plain_quantities[v_nth];
    -- The caller knows the rest of it: the attempt, the price and the times are in its hands.
    v_answers[v_plain[v_nth]] := '{"granted": true}';
  END LOOP;
  s.answers := v_answers;
END
$$;
--> statement-breakpoint
-- A part of settle_group: the orders that are offered, and a mail for each. A mail that has not left when
-- its offer ends is dropped. Its key cannot be taken: an entry has one order, whose row would fail before.
CREATE OR REPLACE FUNCTION make_offers(s settling, p_item int, p_entries text[], p_orders text[],
                                       p_customers text[], p_quantities int[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO orders (id, event_id, event_item_id, customer_id, status, quantity,
                      unit_price_cents, unit_price_minor, currency, reserved_at, expires_at,
                      event_title, item_name, item_description, item_image_url,
                      variant_label, pay_online, entry_id, made_in)
  SELECT o.id, s.event_id, s.ids[p_item], o.customer_id, 'pending',
         o.quantity, least(s.prices[p_item], 2147483647), s.prices[p_item], s.currency, s.now,
         s.offer_ends_at, s.title, s.names[p_item], s.descriptions[p_item], s.image_urls[p_item],
         s.variant_labels[p_item], s.pay_online AND s.prices[p_item] > 0, o.entry_id, s.settlement
    FROM unnest(p_orders, p_entries, p_customers, p_quantities)
      AS o (id, entry_id, customer_id, quantity);
  INSERT INTO outbox (kind, key, user_id, payload, priority, created_at, due_at, drop_after)
  SELECT 'mail.your_turn', 'your_turn/' || o.entry_id, o.customer_id,
         jsonb_build_object('userId', o.customer_id, 'orderId', o.id),
         1, s.now, s.now, s.offer_ends_at
    FROM unnest(p_orders, p_entries, p_customers) AS o (id, entry_id, customer_id);
END
$$;
--> statement-breakpoint
-- What an order tells of its money, with the members of OrderPayment in contract/payments.ts: of the payment
-- that confirmed it, else of the last one that was begun. Null without one. Asked only of orders for which
-- somebody began to pay, so that no other costs a look-up.
CREATE OR REPLACE FUNCTION order_payment(o orders) RETURNS jsonb
LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
           'status', CASE WHEN p.state <> 'captured' OR p.refunded_minor = 0 THEN p.state
                          WHEN p.refunded_minor = p.captured_minor THEN 'refunded'
                          ELSE 'partly_refunded' END,
           'amountCents', p.amount_minor, 'refundedCents', p.refunded_minor)
    FROM payments p WHERE p.order_id = o.id
   ORDER BY p.id = o.payment_id DESC NULLS LAST, p.begun_at DESC, p.id DESC LIMIT 1
$$;
--> statement-breakpoint
-- An order as JSON, with the members of OrderRecord in sale/rules/attempts.ts.
CREATE OR REPLACE FUNCTION order_json(o orders) RETURNS jsonb
LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'id', o.id, 'eventId', o.event_id, 'eventItemId', o.event_item_id, 'status', o.status,
    'quantity', o.quantity, 'unitPriceCents', coalesce(o.unit_price_minor, o.unit_price_cents),
    'currency', o.currency, 'variantLabel', o.variant_label,
    'reservedAtMs', epoch_ms(o.reserved_at), 'expiresAtMs', epoch_ms(o.expires_at),
    'entryId', o.entry_id, 'payOnline', o.pay_online, 'unitsReturned', o.units_returned,
    'payment', CASE WHEN o.paying OR o.payment_id IS NOT NULL THEN order_payment(o) END)
$$;
--> statement-breakpoint
-- A part of settle_group: whether a payment pays for an order: it is authorised, for exactly its total. Its row
-- is locked, so that it stays so until the group is settled.
CREATE OR REPLACE FUNCTION pays_for(p_payment_id text, o orders) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
  v_payment payments%ROWTYPE;
BEGIN
  SELECT * INTO v_payment FROM payments
   WHERE id = p_payment_id AND order_id = o.id FOR NO KEY UPDATE;
  RETURN FOUND AND v_payment.state = 'authorised' AND v_payment.currency = o.currency
     AND v_payment.amount_minor = o.quantity * coalesce(o.unit_price_minor, o.unit_price_cents);
END
$$;
--> statement-breakpoint
-- Writes a row into the outbox for each of these payments, by which nothing is kept of it; one that ended is
-- due again. p_key_ends tells rows about one payment apart: the row of a refused payment must be there even
-- while another one is being worked off, which found the payment made. No user is named: these rows stay
-- when an account is erased.
CREATE OR REPLACE FUNCTION release_payments(p_payments text[], p_key_ends text, p_now timestamptz)
RETURNS void
LANGUAGE sql AS $$
  INSERT INTO outbox (kind, key, payment_id, payload, priority, created_at, due_at)
  SELECT 'payment.release', 'release/' || p.id || p_key_ends, p.id,
         jsonb_build_object('paymentId', p.id), 0, p_now, p_now
    FROM unnest(p_payments) AS p (id) ORDER BY p.id
  ON CONFLICT (key) DO UPDATE
    SET payload = excluded.payload, created_at = excluded.created_at, due_at = excluded.due_at,
        tries = 0, last_error = NULL, outcome = NULL, ended_at = NULL
  WHERE outbox.outcome IS NOT NULL
$$;
--> statement-breakpoint
-- A part of settle_group, behind settle_holds: what follows for the money. The payments that confirmed orders
-- are captured, and all others of these orders released; so are those that were refused. Each is a row in the
-- outbox, written in the transaction that decided it.
CREATE OR REPLACE FUNCTION settle_payments(INOUT s settling, p_confirmed text[], p_refused text[])
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO outbox (kind, key, payment_id, payload, priority, created_at, due_at)
  SELECT 'payment.capture', 'capture/' || p.id, p.id, jsonb_build_object('paymentId', p.id), 0, s.now, s.now
    FROM unnest(p_confirmed) AS p (id)
  ON CONFLICT (key) DO NOTHING;
  PERFORM release_payments(ARRAY(
    SELECT other.id FROM payments p JOIN payments other ON other.order_id = p.order_id
     WHERE p.id = ANY (p_confirmed) AND other.id <> p.id AND other.state IN ('open', 'authorised')), '', s.now);
  PERFORM release_payments(ARRAY(
    SELECT p.id FROM payments p
     WHERE p.id = ANY (p_refused) AND p.state IN ('authorised', 'captured')), '/refused', s.now);
  s.has_payment_rows := true;
END
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
           coalesce(sum(o.quantity) FILTER (WHERE o.status = 'confirmed'), 0) AS bought,
           min(o.id) FILTER (WHERE o.status = 'pending'
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
      v_answers[v_attempt.n] := jsonb_build_object('refusal', 'limit_reached',
        'limit', s.limits[v_item], 'held', v_mine.held, 'bought', v_mine.bought);
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
    ELSIF v_attempt.kind = 'confirm' AND v_order.pay_online THEN
      v_answers[v_attempt.n] := CASE WHEN v_attempt.at_ms < epoch_ms(v_order.expires_at)
        THEN '{"refusal": "payment_required"}' ELSE '{"refusal": "hold_expired"}' END::jsonb;
    ELSIF v_attempt.kind = 'confirm_paid' AND NOT pays_for(v_attempt.payment_id, v_order) THEN
      v_answers[v_attempt.n] := '{"refusal": "payment_required"}';

    ELSIF v_attempt.kind <> 'cancel' AND v_order.status = 'expired' AND NOT s.settles_late THEN
      CONTINUE;
    ELSIF v_attempt.kind <> 'cancel' THEN
      v_in_time := v_attempt.at_ms < epoch_ms(v_order.expires_at);
      -- Late: a unit must be free, the sale on, and the limit kept. The limit also by a confirmation
      -- that came in time and was long on its way: its customer may have bought another meanwhile.
      IF v_order.status = 'expired' AND (
        s.free[v_item] < v_order.quantity OR s.has_more[v_item] OR s.draw_at_ms IS NOT NULL
        OR (NOT v_in_time AND v_attempt.at_ms >= s.closes_at_ms)
        OR v_order.quantity + CASE WHEN s.one_limit_per_mailbox THEN (
              SELECT held + bought
                FROM units_of_mailbox(v_attempt.customer_id, v_order.event_item_id))
            ELSE (
              SELECT coalesce(sum(quantity), 0) FROM orders
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
  END IF;
  IF v_paid IS NOT NULL OR v_refused IS NOT NULL THEN
    s := settle_payments(s, v_paid, v_refused);
  END IF;
END
$$;
--> statement-breakpoint
-- The one way in which a purchase changes stock: a group of attempts on one event, settled in one
-- transaction. Called by ../ledger.ts; ../wire.ts documents the JSON of the answer.
--
-- The event's row is locked first, so groups of one event follow one another however many objects
-- send them; each statement below then sees what the group before left. Times are the caller's, in
-- milliseconds since the epoch: one clock decides, and a simulation can drive it.
--
-- An event that is not published is closed and not found by whoever reserves. A hold is a promise: what
-- is held there is confirmed, cancelled and ended as in any sale that is closed.
--
-- Statistics gathered while the tables were empty would make a connection read them whole for as
-- long as it lives, which makes a shop's first sale quadratic. Every look-up here has an index, so one
-- plan serves all values. Otherwise some statements are planned anew for each attempt, which costs a group
-- of one between a tenth and a quarter more (CPU of a Postgres 18).
--
-- Its parts take and give back the sale as it is being settled, a row of the type settling. They run
-- only here, under the lock. Against one piece they take, in CPU of a Postgres 18 measured in turns with
-- 500 attempts a group, 1.02 for reservations and 0.98 to 1.0 for confirmations.
CREATE OR REPLACE FUNCTION settle_group(p_event_id text, p_now_ms bigint, p_attempts jsonb) RETURNS jsonb
LANGUAGE plpgsql SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  s settling;
  v_event events%ROWTYPE;
  v_free_before int[];
  v_item int;
  v_has_variants boolean;
  v_has_queue boolean;
  v_attempts int := jsonb_array_length(p_attempts);
  v_granted_at timestamptz;
  v_confirms boolean := p_attempts @> '[{"kind": "confirm"}]' OR p_attempts @> '[{"kind": "confirm_paid"}]';
  v_confirmed_at_ms jsonb := '{}';
BEGIN
  SELECT * INTO v_event FROM events WHERE id = p_event_id FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  s.event_id := v_event.id;
  s.title := v_event.title;
  s.currency := v_event.currency;
  s.published := v_event.published;
  s.hold_seconds := v_event.hold_seconds;
  s.now := to_timestamp(p_now_ms / 1000.0);
  s.require_verified_email := v_event.require_verified_email;
  s.one_limit_per_mailbox := v_event.one_limit_per_mailbox;
  s.pay_online := v_event.payment = 'online';
  s.answers := ARRAY[]::jsonb[];
  -- A sale in which nobody waits pays for none of it, not even for a search for the first who wants to.
  v_has_queue := v_event.has_entries OR v_event.admission = 'draw';
  s.opens_at_ms := epoch_ms(coalesce(v_event.opened_at, v_event.starts_at));
  -- Closed by hand means now, also for those who were already in line.
  s.closes_at_ms := CASE WHEN s.published AND v_event.closed_at IS NULL
                         THEN epoch_ms(v_event.ends_at) ELSE 0 END;

  SELECT array_agg(i.id), array_agg(i.price_minor), array_agg(i.limit_per_customer),
         array_agg(i.stock_remaining), array_agg(0), array_agg(0),
         array_agg(c.name), array_agg(left(c.description, 200)), array_agg(c.image_url),
         bool_or(i.variant_id IS NOT NULL)
    INTO s.ids, s.prices, s.limits, s.free, s.to_held, s.to_sold,
         s.names, s.descriptions, s.image_urls, v_has_variants
    FROM (SELECT * FROM event_items WHERE event_id = p_event_id
          ORDER BY position FOR NO KEY UPDATE) i
    JOIN item_catalog c ON c.id = i.item_id;
  IF v_has_variants THEN
    s := read_variants(s);
  END IF;
  v_free_before := s.free;
  IF v_has_queue THEN
    s := begin_queue(s, v_event);
  END IF;

  -- 1. Holds that are due give their units back before anything else is decided; but not those
  -- whose confirmation arrived in time, or somebody else's late one could take their unit.
  IF v_confirms THEN
    SELECT jsonb_object_agg(c.order_and_customer, c.at_ms) INTO v_confirmed_at_ms
      FROM (SELECT a."orderId" || ' ' || a."customerId", min(a."atMs")
              FROM jsonb_to_recordset(p_attempts)
                AS a ("kind" text, "orderId" text, "customerId" text, "atMs" bigint)
             WHERE a."kind" IN ('confirm', 'confirm_paid') GROUP BY 1) c (order_and_customer, at_ms);
  END IF;
  s := expire_holds(s, v_confirmed_at_ms);

  -- 2. Confirms and cancels; then those that were spared for a confirmation which was refused after all.
  s.settles_late := NOT v_has_queue;
  IF v_confirms OR p_attempts @> '[{"kind": "cancel"}]' THEN
    s := settle_holds(s, p_attempts);
  END IF;
  IF v_confirms THEN
    s := expire_holds(s, '{}');
  END IF;

  -- 3. The queue, before anybody who did not wait; then the confirms that came too late for their hold.
  IF v_has_queue THEN
    IF p_attempts @> '[{"kind": "leave"}]' THEN
      s := leave_queue(s, p_attempts);
    END IF;
    IF s.draw_at_ms IS NULL AND epoch_ms(s.now) >= s.opens_at_ms
       AND epoch_ms(s.now) < s.closes_at_ms THEN
      s := serve_queue(s);
    END IF;
    s.settles_late := true;
    IF v_confirms THEN
      s := settle_holds(s, p_attempts);
    END IF;
  END IF;

  -- 4. Reservations: together where that makes no difference, all others one by one.
  IF p_attempts @> '[{"kind": "reserve"}]' THEN
    s := grant_together(s, p_attempts);
  END IF;
  IF coalesce(array_length(s.answers, 1), 0) < v_attempts
     OR array_position(s.answers, NULL) IS NOT NULL THEN
    s := grant_in_turn(s, p_attempts);
  END IF;

  -- 5. New entries in the queue, which begin it where there was none; its clock may be ahead of what was
  -- granted in this group.
  v_granted_at := s.now;
  IF NOT v_has_queue AND (coalesce(array_length(s.answers, 1), 0) < v_attempts
                          OR array_position(s.answers, NULL) IS NOT NULL) THEN
    v_has_queue := true;
    s := begin_queue(s, v_event);
    s := leave_queue(s, p_attempts);
  END IF;
  IF v_has_queue THEN
    s := enter_queue(s, p_attempts);
    PERFORM end_queue(s, v_event.has_entries);
  END IF;

  -- 6. The last word on stock: the counters move with the orders, or nothing does.
  FOR v_item IN 1 .. coalesce(array_length(s.ids, 1), 0) LOOP
    CONTINUE WHEN s.free[v_item] = v_free_before[v_item]
              AND s.to_held[v_item] = 0 AND s.to_sold[v_item] = 0;
    UPDATE event_items
       SET stock_remaining = stock_remaining + s.free[v_item] - v_free_before[v_item],
           stock_held = stock_held + s.to_held[v_item],
           stock_sold = stock_sold + s.to_sold[v_item]
     WHERE id = s.ids[v_item]
       AND stock_remaining + s.free[v_item] - v_free_before[v_item] >= 0;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'stock of % changed under the event''s lock', s.ids[v_item];
    END IF;
  END LOOP;

  RETURN jsonb_build_object(
    'opensAtMs', s.opens_at_ms,
    'closesAtMs', s.closes_at_ms,
    'published', s.published,
    'holdSeconds', s.hold_seconds,
    'currency', s.currency,
    'payOnline', s.pay_online,
    'hasPaymentRows', coalesce(s.has_payment_rows, false),
    'waitlist', v_event.waitlist,
    'queue', CASE WHEN v_has_queue THEN jsonb_build_object(
      'drawAtMs', s.draw_at_ms, 'locksAtMs', s.locks_at_ms, 'hasMore', true = ANY (s.has_more),
      'nowMs', epoch_ms(v_granted_at), 'offerEndsAtMs', epoch_ms(s.offer_ends_at), 'offered', s.offered) END,
    'items', (SELECT coalesce(jsonb_agg(jsonb_build_object(
        'id', i.id, 'priceCents', i.price_minor, 'variantLabel',
        CASE WHEN v_has_variants THEN s.variant_labels[array_position(s.ids, i.id)] END,
        'queue', CASE WHEN v_has_queue THEN jsonb_build_object(
          'waiting', i.queue_waiting, 'waitingUnits', i.queue_waiting_units,
          'servedRank', i.queue_served_rank, 'offers', i.queue_offers) END,
        'total', i.stock_total, 'remaining', i.stock_remaining,
        'held', i.stock_held, 'sold', i.stock_sold,
        'nextReleaseAtMs', (SELECT epoch_ms(min(o.expires_at)) FROM orders o
                             WHERE o.event_item_id = i.id AND o.status = 'pending')
      ) ORDER BY i.position), '[]') FROM event_items i WHERE i.event_id = s.event_id),
    'answers', to_jsonb(s.answers));
END
$$;
