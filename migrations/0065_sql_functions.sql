-- A part of cancel_event_batch: takes reminders of an event that is cancelled away, with their mails that were not
-- sent yet. Returns the id of one of their owners, null where none was left.
CREATE OR REPLACE FUNCTION cancel_reminders(p_event_id text, p_limit int, p_now timestamptz) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  v_users text[];
BEGIN
  WITH gone AS (
    DELETE FROM reminders
     WHERE event_id = p_event_id
       AND user_id = ANY (ARRAY(SELECT user_id FROM reminders WHERE event_id = p_event_id LIMIT p_limit))
    RETURNING user_id
  )
  SELECT array_agg(user_id) INTO v_users FROM gone;
  UPDATE outbox SET outcome = 'dropped', ended_at = p_now, payload = NULL, last_error = 'event_cancelled',
         lease_id = NULL, leased_until = NULL
   WHERE user_id = ANY (v_users) AND kind = 'mail.reminder' AND outcome IS NULL
     AND payload ->> 'eventId' = p_event_id;
  RETURN v_users[1];
END
$$;
--> statement-breakpoint
-- What is left of a payment to be given back, in minor units: a refund that is under way counts as given back, and
-- one that failed does not. Before the capture all that was authorised can be given back.
CREATE OR REPLACE FUNCTION left_of_payment(p payments) RETURNS bigint
LANGUAGE sql STABLE AS $$
  SELECT CASE p.state WHEN 'captured' THEN greatest(0, p.captured_minor - r.decided)
                      WHEN 'authorised' THEN p.amount_minor - r.decided ELSE 0 END
    FROM (SELECT coalesce(sum(amount_minor), 0)::bigint AS decided FROM payment_refunds
           WHERE payment_id = p.id AND state <> 'failed') r
$$;
--> statement-breakpoint
-- A part of cancel_orders: decides to give back all that is left of the payments on which these orders rest, and
-- writes the row of the outbox that does it. A part that was given back before, or is under way, is not given
-- back again. Returns whose orders they are.
CREATE OR REPLACE FUNCTION refund_cancelled(p_orders text[], p_now timestamptz) RETURNS text[]
LANGUAGE plpgsql AS $$
DECLARE
  v_payments text[];
  v_customers text[];
BEGIN
  -- A refund by hand takes the same lock: what it decides is seen below.
  SELECT array_agg(p.id) INTO v_payments
    FROM (SELECT id FROM payments
           WHERE id IN (SELECT payment_id FROM orders
                         WHERE id = ANY (p_orders) AND status = 'confirmed' AND payment_id IS NOT NULL)
           ORDER BY id FOR NO KEY UPDATE) p;
  IF v_payments IS NULL THEN
    RETURN '{}';
  END IF;
  WITH decided AS (
    INSERT INTO payment_refunds (id, payment_id, order_id, amount_minor, currency, reason, decided_by, created_at)
    SELECT 'ref_' || substr(p.id, 5), p.id, p.order_id, left_of_payment(p), p.currency, 'event_cancelled',
           e.cancelled_by, p_now
      FROM payments p JOIN events e ON e.id = p.event_id
     WHERE p.id = ANY (v_payments) AND left_of_payment(p) > 0
        ON CONFLICT (id) DO NOTHING
    RETURNING id, payment_id
  ), queued AS (
    INSERT INTO outbox (kind, key, payment_id, payload, priority, created_at, due_at)
    SELECT 'payment.refund', 'refund/' || id, payment_id, jsonb_build_object('refundId', id), 1, p_now, p_now
      FROM decided ORDER BY id
        ON CONFLICT (key) DO NOTHING
  )
  SELECT array_agg(DISTINCT p.customer_id) INTO v_customers
    FROM decided d JOIN payments p ON p.id = d.payment_id;
  RETURN coalesce(v_customers, '{}');
END
$$;
--> statement-breakpoint
-- A part of cancel_event_batch: has people told by mail that an event was cancelled, each once, however much of
-- theirs ends with it.
CREATE OR REPLACE FUNCTION tell_cancelled(p_event_id text, p_customers text[], p_now timestamptz) RETURNS void
LANGUAGE sql AS $$
  INSERT INTO outbox (kind, key, user_id, payload, priority, created_at, due_at)
  SELECT 'mail.event_cancelled', 'event_cancelled/' || p_event_id || '/' || c.id, c.id,
         jsonb_build_object('userId', c.id, 'eventId', p_event_id), 1, p_now, p_now
    FROM (SELECT DISTINCT id FROM unnest(p_customers) AS u (id) ORDER BY id) c
      ON CONFLICT (key) DO NOTHING
$$;
--> statement-breakpoint
-- A part of cancel_event_batch: entries of an event that is cancelled, those behind p_after, in the order of their
-- ids. Who waits is skipped and keeps their rank. Returns the id of the last one that it looked at, null behind
-- the last.
CREATE OR REPLACE FUNCTION cancel_entries(p_event_id text, p_after text, p_limit int, p_settlement bigint,
                                          p_now timestamptz) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  v_prefix text := 'ent_' || substr(p_event_id, 5) || '_';
  v_ids text[];
  v_customers text[];
BEGIN
  SELECT array_agg(q.id ORDER BY q.id) INTO v_ids
    FROM (SELECT id FROM queue_entries
           WHERE id > greatest(p_after, v_prefix) AND id <= v_prefix || repeat('z', 18)
           ORDER BY id LIMIT p_limit) q;
  WITH ended AS (
    UPDATE queue_entries
       SET status = 'skipped', reason = 'event_cancelled', ended_at = p_now, ended_in = p_settlement
     WHERE id = ANY (v_ids) AND status = 'waiting'
    RETURNING event_item_id, customer_id, quantity
  ), changed AS (
    UPDATE event_items i
       SET queue_waiting = queue_waiting - s.entries, queue_waiting_units = queue_waiting_units - s.units
      FROM (SELECT event_item_id, count(*)::int AS entries, sum(quantity)::int AS units
              FROM ended GROUP BY event_item_id) s
     WHERE i.id = s.event_item_id
  )
  SELECT array_agg(DISTINCT customer_id) INTO v_customers FROM ended;
  PERFORM tell_cancelled(p_event_id, v_customers, p_now);
  RETURN v_ids[cardinality(v_ids)];
END
$$;
--> statement-breakpoint
-- A part of cancel_event_batch: the orders of an event that is cancelled, those behind p_after, in the order of
-- their ids. Holds end, and what was begun to pay for them is released. Of confirmed ones all that is left of
-- their payment is given back, and all units that are left are unsold again, which nobody can buy any more.
-- Returns the id of the last one that it looked at, null behind the last.
--
-- The id of a refund is made of its payment's, so that cancelling gives back no payment twice.
CREATE OR REPLACE FUNCTION cancel_orders(p_event_id text, p_after text, p_limit int, p_settlement bigint,
                                         p_now timestamptz) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  v_prefix text := 'ord_' || substr(p_event_id, 5) || '_';
  v_ids text[];
  -- Those for which somebody was paying.
  v_unpaid text[];
  -- Whose order or hold ends with the event.
  v_customers text[];
BEGIN
  SELECT array_agg(o.id ORDER BY o.id) INTO v_ids
    FROM (SELECT id FROM orders
           WHERE id > greatest(p_after, v_prefix) AND id <= v_prefix || repeat('z', 18)
           ORDER BY id LIMIT p_limit) o;
  IF v_ids IS NULL THEN
    RETURN NULL;
  END IF;

  WITH ended AS (
    -- The empty key, which no customer has, says that it was not them. What was due has expired.
    UPDATE orders o SET ended_at = p_now, ended_in = p_settlement,
           cancel_key = CASE WHEN hold_ends_at(o.expires_at, o.paying) > p_now THEN '' END,
           status = CASE WHEN hold_ends_at(o.expires_at, o.paying) <= p_now THEN 'expired' ELSE 'cancelled' END
     WHERE o.id = ANY (v_ids) AND o.status = 'pending'
    RETURNING o.id, o.event_item_id, o.customer_id, o.paying, o.status, o.quantity AS units
  ), given_back AS (
    UPDATE orders o SET units_returned = o.quantity
      FROM orders b
     WHERE b.id = o.id AND o.id = ANY (v_ids) AND o.status = 'confirmed' AND o.units_returned < o.quantity
    RETURNING o.event_item_id, o.customer_id, b.quantity - b.units_returned AS units
  ), sums AS (
    SELECT event_item_id, sum(held)::int AS held, sum(sold)::int AS sold
      FROM (SELECT event_item_id, units AS held, 0 AS sold FROM ended
            UNION ALL SELECT event_item_id, 0, units FROM given_back) c
     GROUP BY event_item_id
  ), changed AS (
    UPDATE event_items i
       SET stock_remaining = stock_remaining + s.held + s.sold, stock_held = stock_held - s.held,
           stock_sold = stock_sold - s.sold
      FROM sums s WHERE i.id = s.event_item_id
  ), numbered AS (
    INSERT INTO queue_stock_changes (event_item_id, settlement, units)
    SELECT event_item_id, p_settlement, sold FROM sums WHERE sold > 0 AND p_settlement IS NOT NULL
  )
  SELECT (SELECT array_agg(id) FROM ended WHERE paying),
         (SELECT array_agg(DISTINCT customer_id)
            FROM (SELECT customer_id FROM ended WHERE status = 'cancelled'
                  UNION ALL SELECT customer_id FROM given_back) c)
    INTO v_unpaid, v_customers;

  IF v_unpaid IS NOT NULL THEN
    PERFORM release_payments_of(v_unpaid, '{open,authorised}', p_now);
  END IF;
  v_customers := v_customers || refund_cancelled(v_ids, p_now);
  PERFORM tell_cancelled(p_event_id, v_customers, p_now);
  RETURN v_ids[cardinality(v_ids)];
END
$$;
--> statement-breakpoint
-- One batch of what follows from the cancelling of an event, as a row of the outbox asks for it: its orders first,
-- then whoever waits, then reminders. p_batch has the members of the payload of `event.cancel` in
-- contract/outbox.ts. In the same transaction it writes the row of the next batch, so that one that is worked
-- off twice does nothing the second time. Takes the locks of settle_group, in its order.
--
-- A batch goes by the ids of the event's rows, whatever became of them: so it is bounded, and as nothing is made
-- any more in an event that is cancelled, none is missed.
CREATE OR REPLACE FUNCTION cancel_event_batch(p_event_id text, p_batch jsonb, p_limit int, p_now_ms bigint)
RETURNS void
LANGUAGE plpgsql SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  v_now timestamptz := to_timestamp(p_now_ms / 1000.0);
  v_stage text := p_batch ->> 'stage';
  v_after text := coalesce(p_batch ->> 'after', '');
  v_number int := (p_batch ->> 'number')::int + 1;
  v_settlement bigint;
  v_last text;
BEGIN
  PERFORM FROM events WHERE id = p_event_id AND cancelled_at IS NOT NULL FOR NO KEY UPDATE;
  IF NOT FOUND OR EXISTS (SELECT FROM outbox WHERE key = 'cancel/' || p_event_id || '/' || v_number) THEN
    RETURN;
  END IF;
  PERFORM FROM event_items WHERE event_id = p_event_id ORDER BY position FOR NO KEY UPDATE;
  v_settlement := next_settlement(p_event_id, v_now);
  -- The time is that of the settlement, which is never before the one before it.
  SELECT greatest(v_now, settled_at) INTO v_now FROM (SELECT 1) one
    LEFT JOIN event_queues ON event_id = p_event_id;

  IF v_stage = 'orders' THEN
    v_last := cancel_orders(p_event_id, v_after, p_limit, v_settlement, v_now);
  ELSIF v_stage = 'entries' THEN
    v_last := cancel_entries(p_event_id, v_after, p_limit, v_settlement, v_now);
  ELSE
    v_last := cancel_reminders(p_event_id, p_limit, v_now);
  END IF;
  IF v_last IS NULL THEN
    v_stage := CASE v_stage WHEN 'orders' THEN 'entries' WHEN 'entries' THEN 'reminders' END;
  END IF;
  IF v_stage IS NOT NULL THEN
    INSERT INTO outbox (kind, key, payload, priority, created_at, due_at)
    VALUES ('event.cancel', 'cancel/' || p_event_id || '/' || v_number,
            jsonb_build_object('eventId', p_event_id, 'number', v_number, 'stage', v_stage, 'after', v_last),
            0, v_now, v_now);
  END IF;
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
-- The one way in which a purchase changes stock: a group of attempts on one event, settled in one
-- transaction. Called by ../ledger.ts; ../wire.ts documents the JSON of the answer.
--
-- The event's row is locked first, so groups of one event follow one another however many objects
-- send them; each statement below then sees what the group before left. Times are the caller's, in
-- milliseconds since the epoch: one clock decides, and a simulation can drive it.
--
-- An event that is not published is closed and not found by whoever reserves. A hold is a promise: what
-- is held there is confirmed, cancelled and ended as in any sale that is closed. Of an event that was cancelled
-- nothing is confirmed any more: cancel_event_batch ends what is held.
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
  s.cancelled := v_event.cancelled_at IS NOT NULL;
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
