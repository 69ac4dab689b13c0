-- When a hold gives its units back: at its shown end, and PAY_GRACE_SECONDS of contract/payments.ts later where
-- its customer is paying, so that a payment in time is not lost to a message that is slow.
CREATE OR REPLACE FUNCTION hold_ends_at(p_expires_at timestamptz, p_paying boolean) RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT p_expires_at + CASE WHEN p_paying THEN interval '15 seconds' ELSE interval '0' END
$$;
--> statement-breakpoint
-- A part of settle_group: the entries of an item that are served next, the lowest rank first, with what
-- decides about each. Looks up the lowest ranks of each minimum that the free units reach, so it costs what
-- it returns and not what it passes over.
CREATE OR REPLACE FUNCTION next_in_queue(s settling, p_item int, p_entries_max int)
RETURNS TABLE (id text, customer_id text, rank bigint, quantity int, min_quantity int, active boolean,
               verified boolean, units int, mailbox text)
LANGUAGE sql STABLE AS $$
  SELECT e.id, e.customer_id, e.rank, e.quantity, e.min_quantity, u.active,
         u.email_verified_at IS NOT NULL,
         -- What they hold and have bought of the item, whichever variants of it. Null where all accounts of
         -- a mailbox share one limit.
         CASE WHEN NOT s.one_limit_per_mailbox THEN (
             SELECT coalesce(sum(o.quantity - o.units_returned), 0)::int FROM orders o
              WHERE o.customer_id = e.customer_id
                AND o.event_item_id = ANY (
                      coalesce(s.same_limit[p_item]::text[], ARRAY[s.ids[p_item]]))
                AND o.status IN ('pending', 'confirmed')) END,
         CASE WHEN s.one_limit_per_mailbox THEN mailbox_of(u.email) END
    FROM (SELECT w.*
            FROM generate_series(1, least(s.free[p_item], s.limits[p_item])) AS m (min_quantity)
           CROSS JOIN LATERAL (
                   SELECT q.* FROM queue_entries q
                    WHERE q.event_item_id = s.ids[p_item] AND q.min_quantity = m.min_quantity
                      AND q.status = 'waiting' AND q.rank IS NOT NULL
                    ORDER BY q.rank LIMIT p_entries_max) w
           ORDER BY w.rank LIMIT p_entries_max) e
   -- For each of them: planned for any number of them, a join would read all users.
   CROSS JOIN LATERAL (SELECT * FROM users WHERE users.id = e.customer_id OFFSET 0) u
   ORDER BY e.rank
$$;
--> statement-breakpoint
-- When the next hold of an item ends, where some may be paid online; null if none is held. Two ranges of
-- indexes, since the holds of those who are paying end later than they show.
CREATE OR REPLACE FUNCTION next_release(p_event_item_id text) RETURNS timestamptz
LANGUAGE sql STABLE AS $$
  SELECT least(
    (SELECT min(expires_at) FROM orders
      WHERE event_item_id = p_event_item_id AND status = 'pending' AND NOT paying),
    (SELECT hold_ends_at(min(expires_at), true) FROM orders
      WHERE event_item_id = p_event_item_id AND status = 'pending' AND paying))
$$;
--> statement-breakpoint
-- Releases what was begun to pay for orders whose holds have ended, in the transaction that ends them. An order
-- that has only expired may still be confirmed by a payment that is authorised: that one is asked about in the
-- line, which keeps or releases it.
CREATE OR REPLACE FUNCTION release_payments_of(p_orders text[], p_states text[], p_now timestamptz)
RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM release_payments(ARRAY(
    SELECT p.id FROM payments p WHERE p.order_id = ANY (p_orders) AND p.state = ANY (p_states)), '', p_now);
END
$$;
--> statement-breakpoint
-- Ends what a deactivated customer holds, in every event, and gives the units back. One whose account was
-- deleted also leaves the queues in which they wait; one who was deactivated may come back, and is skipped
-- if their turn comes before. Takes the locks of settle_group in its order, and those of several events in
-- the order of their ids. Does nothing for a customer who is active. Returns the events that it changed.
CREATE OR REPLACE FUNCTION end_holds_of_inactive(p_customer_id text, p_now_ms bigint) RETURNS text[]
LANGUAGE plpgsql AS $$
DECLARE
  v_now timestamptz := to_timestamp(p_now_ms / 1000.0);
  v_event_ids text[];
  v_is_deleted boolean;
  -- Those for which somebody was paying.
  v_unpaid text[];
BEGIN
  SELECT array_agg(e.id) INTO v_event_ids
    FROM (SELECT id FROM events
           WHERE id IN (SELECT o.event_id FROM orders o
                         WHERE o.customer_id = p_customer_id AND o.status = 'pending'
                        UNION ALL
                        SELECT q.event_id FROM queue_entries q
                         WHERE q.customer_id = p_customer_id AND q.status = 'waiting')
           ORDER BY id FOR NO KEY UPDATE) e;
  PERFORM FROM event_items WHERE event_id = ANY (v_event_ids)
    ORDER BY event_id, position FOR NO KEY UPDATE;
  SELECT deleted_at IS NOT NULL INTO v_is_deleted FROM users WHERE id = p_customer_id AND NOT active;
  IF NOT FOUND THEN
    RETURN '{}';
  END IF;
  WITH numbered AS MATERIALIZED (
    -- The time is that of the settlement, which is never before the one before it.
    SELECT e.id, next_settlement(e.id, v_now) AS settlement, greatest(v_now, q.settled_at) AS now
      FROM unnest(v_event_ids) AS e (id) LEFT JOIN event_queues q ON q.event_id = e.id
  ), ended AS (
    -- Cancelled, since an expired hold may still be confirmed; but what was due has expired. The empty
    -- key, which no customer has, says that it was not them, who would be told of it as done.
    UPDATE orders o SET ended_at = n.now, ended_in = n.settlement,
           cancel_key = CASE WHEN hold_ends_at(o.expires_at, o.paying) > n.now THEN '' END,
           status = CASE WHEN hold_ends_at(o.expires_at, o.paying) <= n.now THEN 'expired' ELSE 'cancelled' END
      FROM numbered n
     WHERE o.event_id = n.id AND o.customer_id = p_customer_id AND o.status = 'pending'
    RETURNING o.id, o.event_item_id, o.quantity, o.paying
  ), gone AS (
    UPDATE queue_entries q SET status = 'left', ended_at = n.now, ended_in = n.settlement
      FROM numbered n
     WHERE q.event_id = n.id AND q.customer_id = p_customer_id AND q.status = 'waiting'
       AND v_is_deleted
    RETURNING q.event_item_id, q.quantity
  ), sums AS (
    SELECT event_item_id, sum(held)::int AS held, sum(entries)::int AS entries,
           sum(wished)::int AS wished
      FROM (SELECT event_item_id, quantity AS held, 0 AS entries, 0 AS wished FROM ended
            UNION ALL SELECT event_item_id, 0, 1, quantity FROM gone) c
     GROUP BY event_item_id
  ), changed AS (
    UPDATE event_items i
       SET stock_remaining = stock_remaining + s.held, stock_held = stock_held - s.held,
           queue_waiting = queue_waiting - s.entries,
           queue_waiting_units = queue_waiting_units - s.wished
      FROM sums s WHERE i.id = s.event_item_id
    RETURNING i.event_id
  )
  SELECT coalesce(array_agg(DISTINCT event_id), '{}'),
         (SELECT array_agg(id) FROM ended WHERE paying)
    INTO v_event_ids, v_unpaid FROM changed;
  IF v_unpaid IS NOT NULL THEN
    PERFORM release_payments_of(v_unpaid, '{open,authorised}', v_now);
  END IF;
  RETURN v_event_ids;
END
$$;
--> statement-breakpoint
-- A part of settle_group: holds that are due give their units back, but not those whose confirmation
-- arrived in time. When the confirmations arrived is by "order customer", in milliseconds.
CREATE OR REPLACE FUNCTION expire_holds(INOUT s settling, p_confirmed_at_ms jsonb)
LANGUAGE plpgsql AS $$
DECLARE
  v_item int;
  v_order orders%ROWTYPE;
  v_unpaid text[];
BEGIN
  FOR v_order IN
    UPDATE orders SET status = 'expired', ended_at = s.now, ended_in = s.settlement
     WHERE event_item_id = ANY (s.ids) AND status = 'pending' AND expires_at <= s.now
       AND coalesce((p_confirmed_at_ms ->> (id || ' ' || customer_id))::bigint
                      >= epoch_ms(hold_ends_at(expires_at, paying)), true)
       AND (NOT paying OR hold_ends_at(expires_at, paying) <= s.now)
    RETURNING *
  LOOP
    v_item := array_position(s.ids, v_order.event_item_id);
    s.free[v_item] := s.free[v_item] + v_order.quantity;
    s.to_held[v_item] := s.to_held[v_item] - v_order.quantity;
    IF v_order.paying THEN
      v_unpaid := v_unpaid || v_order.id;
    END IF;
  END LOOP;
  IF v_unpaid IS NOT NULL THEN
    PERFORM release_payments_of(v_unpaid, '{open}', s.now);
    s.has_payment_rows := true;
  END IF;
END
$$;
--> statement-breakpoint
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
  s.answers := v_answers;
END
$$;
--> statement-breakpoint
-- A part of settle_group: how many units of an order go back on sale for a refund, or since its payment has
-- failed; 0 where they did already, null where there is nothing that says so. Marks the refund as done: the
-- caller gives the units back in the same transaction.
CREATE OR REPLACE FUNCTION units_to_return(o orders, p_refund_id text, p_payment_id text) RETURNS int
LANGUAGE plpgsql AS $$
DECLARE
  v_refund payment_refunds%ROWTYPE;
  v_left int := CASE WHEN o.status = 'confirmed' THEN o.quantity - o.units_returned ELSE 0 END;
BEGIN
  IF p_refund_id IS NULL THEN
    RETURN (SELECT v_left FROM payments
             WHERE id = p_payment_id AND id = o.payment_id AND order_id = o.id AND state = 'failed');
  END IF;
  SELECT * INTO v_refund FROM payment_refunds WHERE id = p_refund_id AND order_id = o.id FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN NULL;
  ELSIF v_refund.units_returned THEN
    RETURN 0;
  END IF;
  UPDATE payment_refunds SET units_returned = true WHERE id = p_refund_id;
  RETURN least(v_refund.units, v_left);
END
$$;
--> statement-breakpoint
-- A part of settle_group: units of confirmed orders that go back on sale, in order of arrival: those of a
-- refund, once, or all that are left where the payment of the order has failed. They are free before the queue
-- is served. In an event with a queue they are a change of stock like any other, under the settlement's number.
CREATE OR REPLACE FUNCTION return_units(INOUT s settling, p_attempts jsonb)
LANGUAGE plpgsql AS $$
DECLARE
  v_answers jsonb[] := s.answers;
  v_item int;
  v_attempt record;
  v_order orders%ROWTYPE;
  v_units int;
BEGIN
  FOR v_attempt IN
    SELECT * FROM ROWS FROM (jsonb_to_recordset(p_attempts) AS (
      "kind" text, "orderId" text, "customerId" text, "refundId" text, "paymentId" text
    )) WITH ORDINALITY AS a (kind, order_id, customer_id, refund_id, payment_id, n)
    WHERE kind = 'return_units' ORDER BY n
  LOOP
    SELECT * INTO v_order FROM orders
     WHERE id = v_attempt.order_id AND event_id = s.event_id AND customer_id = v_attempt.customer_id;
    v_units := units_to_return(v_order, v_attempt.refund_id, v_attempt.payment_id);
    IF v_units IS NULL THEN
      v_answers[v_attempt.n] := '{"refusal": "not_found"}';
      CONTINUE;
    END IF;
    IF v_units > 0 THEN
      v_item := array_position(s.ids, v_order.event_item_id);
      UPDATE orders SET units_returned = units_returned + v_units
       WHERE id = v_order.id AND status = 'confirmed' RETURNING * INTO STRICT v_order;
      s.free[v_item] := s.free[v_item] + v_units;
      s.to_sold[v_item] := s.to_sold[v_item] - v_units;
      IF s.settlement IS NOT NULL THEN
        INSERT INTO queue_stock_changes (event_item_id, settlement, units)
        VALUES (v_order.event_item_id, s.settlement, v_units)
        ON CONFLICT (event_item_id, settlement)
          DO UPDATE SET units = queue_stock_changes.units + excluded.units;
      END IF;
    END IF;
    v_answers[v_attempt.n] := jsonb_build_object('order', order_json(v_order), 'replayed', v_units = 0);
  END LOOP;
  s.answers := v_answers;
END
$$;
--> statement-breakpoint
-- A part of settle_group: what all accounts of a customer's mailbox hold and have bought of an item,
-- whichever variants of it. The accounts first, as in waiting_of_mailbox.
CREATE OR REPLACE FUNCTION units_of_mailbox(p_customer_id text, p_event_item_id text,
                                            OUT held int, OUT bought int)
LANGUAGE sql STABLE AS $$
  SELECT coalesce(sum(taken.quantity) FILTER (WHERE taken.status = 'pending'), 0)::int,
         coalesce(sum(taken.kept) FILTER (WHERE taken.status = 'confirmed'), 0)::int
    FROM users customer
   CROSS JOIN LATERAL (
           SELECT u.id FROM users u
            WHERE mailbox_of(u.email) = mailbox_of(customer.email) OFFSET 0) account
   CROSS JOIN LATERAL (
           SELECT o.quantity, o.quantity - o.units_returned AS kept, o.status FROM orders o
            WHERE o.customer_id = account.id
              AND o.event_item_id = ANY (variants_of(p_event_item_id)) OFFSET 0) taken
   WHERE customer.id = p_customer_id
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
      'limit', s.limits[p_item], 'held', v_held, 'bought', v_bought, 'waiting', nullif(v_waiting, 0)));
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

  -- 2. Confirms and cancels; then those that were spared for a confirmation which was refused after all. Then
  -- what comes back of orders that were paid.
  s.settles_late := NOT v_has_queue;
  IF v_confirms OR p_attempts @> '[{"kind": "cancel"}]' THEN
    s := settle_holds(s, p_attempts);
  END IF;
  IF v_confirms THEN
    s := expire_holds(s, '{}');
  END IF;

  IF p_attempts @> '[{"kind": "return_units"}]' THEN
    s := return_units(s, p_attempts);
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
        'nextReleaseAtMs', CASE WHEN s.pay_online THEN epoch_ms(next_release(i.id)) ELSE (
                             SELECT epoch_ms(min(o.expires_at)) FROM orders o
                              WHERE o.event_item_id = i.id AND o.status = 'pending') END
      ) ORDER BY i.position), '[]') FROM event_items i WHERE i.event_id = s.event_id),
    'answers', to_jsonb(s.answers));
END
$$;
