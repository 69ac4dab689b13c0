-- Draws an event: ranks the entries that were there when it was locked and wait still, within each item, by
-- HMAC-SHA-256 of their id with the seed as key, smallest first. Does nothing for a draw that is drawn.
-- Returns false where there is none to draw: no draw, or not locked yet.
--
-- Takes the event's lock, as settle_group does. SHA-256 of Postgres is all that it needs: an HMAC is
-- sha256(outer pad || sha256(inner pad || message)), RFC 2104.
CREATE OR REPLACE FUNCTION draw_entries(p_event_id text, p_now_ms bigint, p_seed bytea)
RETURNS boolean
LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
  v_now timestamptz := to_timestamp(p_now_ms / 1000.0);
  v_draw draws%ROWTYPE;
  v_inner bytea := decode(repeat('36', 64), 'hex');
  v_outer bytea := decode(repeat('5c', 64), 'hex');
BEGIN
  PERFORM FROM events WHERE id = p_event_id FOR NO KEY UPDATE;
  SELECT * INTO v_draw FROM draws WHERE event_id = p_event_id;
  IF NOT FOUND THEN
    RETURN false;
  ELSIF v_draw.drawn_at IS NOT NULL THEN
    RETURN true;
  END IF;
  FOR v_byte IN 0 .. length(p_seed) - 1 LOOP
    v_inner := set_byte(v_inner, v_byte, get_byte(v_inner, v_byte) # get_byte(p_seed, v_byte));
    v_outer := set_byte(v_outer, v_byte, get_byte(v_outer, v_byte) # get_byte(p_seed, v_byte));
  END LOOP;
  WITH scored AS MATERIALIZED (
    SELECT id, event_item_id, quantity,
           sha256(v_outer || sha256(v_inner || convert_to(id, 'UTF8'))) AS score
      FROM queue_entries
     -- Found by what their ids begin with.
     WHERE id BETWEEN 'ent_' || substr(p_event_id, 5) || '_' || repeat('0', 18)
                  AND 'ent_' || substr(p_event_id, 5) || '_' || repeat('z', 18)
       AND event_id = p_event_id AND seq <= v_draw.entry_count AND status = 'waiting'
  ), ranked AS MATERIALIZED (
    SELECT id, event_item_id, quantity, score, row_number() OVER w AS rank,
           sum(quantity) OVER w AS units, count(*) OVER (PARTITION BY event_item_id) AS entries
      FROM scored WINDOW w AS (PARTITION BY event_item_id ORDER BY score)
  ), numbered AS (
    UPDATE queue_entries e SET rank = r.rank FROM ranked r WHERE e.id = r.id
  )
  UPDATE draws d
     SET seed = encode(p_seed, 'hex'), drawn_at = v_now,
         -- About 64 of each item.
         steps = coalesce((
           SELECT jsonb_object_agg(i.event_item_id, i.steps)
             FROM (SELECT r.event_item_id, jsonb_agg(jsonb_build_object(
                            'score', encode(r.score, 'hex'), 'rank', r.rank,
                            'entriesBefore', r.rank - 1, 'unitsBefore', r.units - r.quantity)
                          ORDER BY r.rank) AS steps
                     FROM ranked r WHERE (r.rank - 1) % greatest(r.entries / 64, 1) = 0
                    GROUP BY r.event_item_id) i), '{}')
   WHERE d.event_id = p_event_id;
  RETURN true;
END
$$;
--> statement-breakpoint
-- A part of settle_group, for an event with a queue: writes how its queue stands, where it changed.
CREATE OR REPLACE FUNCTION end_queue(s settling, p_had_entries boolean) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  UPDATE event_items i
     SET queue_waiting = a.waiting, queue_waiting_units = a.waiting_units,
         queue_served_rank = a.served_rank, queue_offers = a.offers
    FROM unnest(s.ids, s.waiting, s.waiting_units, s.served_ranks, s.offers)
      AS a (id, waiting, waiting_units, served_rank, offers)
   WHERE i.id = a.id
     AND (i.queue_waiting, i.queue_waiting_units, i.queue_offers)
         IS DISTINCT FROM (a.waiting, a.waiting_units, a.offers);
  UPDATE event_queues SET last_seq = s.last_seq WHERE event_id = s.event_id AND last_seq < s.last_seq;
  IF s.last_seq > 0 AND NOT p_had_entries THEN
    UPDATE events SET has_entries = true WHERE id = s.event_id;
  END IF;
END
$$;
--> statement-breakpoint
-- A part of settle_group, for an event with a queue: numbers the settlement, whose time is never before
-- that of the one before, and locks the entries of a draw at the first settlement of their close or later.
CREATE OR REPLACE FUNCTION begin_queue(INOUT s settling, p_event events)
LANGUAGE plpgsql AS $$
DECLARE
  v_draw draws%ROWTYPE;
BEGIN
  INSERT INTO event_queues (event_id, settlement, settled_at) VALUES (s.event_id, 1, s.now)
  ON CONFLICT (event_id) DO UPDATE
    SET settlement = event_queues.settlement + 1,
        settled_at = greatest(event_queues.settled_at, excluded.settled_at)
  RETURNING settlement, settled_at, last_seq INTO s.settlement, s.now, s.last_seq;
  s.waitlist := p_event.waitlist;
  s.offer_ends_at := least(s.now + make_interval(secs => p_event.offer_seconds),
                           p_event.ends_at + make_interval(secs => p_event.hold_seconds));
  s.offered := '[]';
  s.has_more := array_fill(false, ARRAY[cardinality(s.ids)]);
  SELECT array_agg(i.queue_waiting ORDER BY a.n), array_agg(i.queue_waiting_units ORDER BY a.n),
         array_agg(i.queue_served_rank ORDER BY a.n), array_agg(i.queue_offers ORDER BY a.n)
    INTO s.waiting, s.waiting_units, s.served_ranks, s.offers
    FROM unnest(s.ids) WITH ORDINALITY AS a (id, n) JOIN event_items i ON i.id = a.id;

  s.is_draw := p_event.admission = 'draw';
  s.is_locked := NOT s.is_draw;
  IF s.is_draw THEN
    SELECT * INTO v_draw FROM draws WHERE event_id = s.event_id;
    IF NOT FOUND AND s.now >= p_event.entries_close_at THEN
      INSERT INTO draws (event_id, locked_at, locked_in, entry_count)
      VALUES (s.event_id, s.now, s.settlement, s.last_seq) RETURNING * INTO v_draw;
    END IF;
    s.is_locked := v_draw.event_id IS NOT NULL;
    s.locks_at_ms := CASE WHEN NOT s.is_locked THEN epoch_ms(p_event.entries_close_at) END;
    s.draw_at_ms := CASE WHEN v_draw.drawn_at IS NULL THEN epoch_ms(p_event.starts_at) END;
  END IF;
END
$$;
--> statement-breakpoint
-- A queue entry as JSON, with the members of EntryRecord in sale/rules/attempts.ts.
CREATE OR REPLACE FUNCTION entry_json(e queue_entries) RETURNS jsonb
LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'id', e.id, 'eventId', e.event_id, 'eventItemId', e.event_item_id, 'quantity', e.quantity,
    'minQuantity', e.min_quantity, 'status', e.status, 'reason', e.reason,
    'enteredAtMs', epoch_ms(e.entered_at), 'seq', e.seq, 'rank', e.rank, 'orderId', e.order_id)
$$;
--> statement-breakpoint
-- A part of settle_group: holds that are due give their units back, but not those whose confirmation
-- arrived in time. When the confirmations arrived is by "order customer", in milliseconds.
CREATE OR REPLACE FUNCTION expire_holds(INOUT s settling, p_confirmed_at_ms jsonb)
LANGUAGE plpgsql AS $$
DECLARE
  v_item int;
  v_order orders%ROWTYPE;
BEGIN
  FOR v_order IN
    UPDATE orders SET status = 'expired', ended_at = s.now, ended_in = s.settlement
     WHERE event_item_id = ANY (s.ids) AND status = 'pending' AND expires_at <= s.now
       AND coalesce((p_confirmed_at_ms ->> (id || ' ' || customer_id))::bigint
                      >= epoch_ms(expires_at), true)
    RETURNING *
  LOOP
    v_item := array_position(s.ids, v_order.event_item_id);
    s.free[v_item] := s.free[v_item] + v_order.quantity;
    s.to_held[v_item] := s.to_held[v_item] - v_order.quantity;
  END LOOP;
END
$$;
--> statement-breakpoint
-- The time in an id, as timeSorted in contract/ids.ts writes it: ten characters of Crockford's base32.
CREATE OR REPLACE FUNCTION id_time(p_ms bigint) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT string_agg(
           substr('0123456789abcdefghjkmnpqrstvwxyz', ((p_ms >> (5 * n)) & 31)::int + 1, 1), ''
           ORDER BY n DESC)
    FROM generate_series(0, 9) AS n
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
                      variant_label, made_in)
  SELECT a.order_id, s.event_id, s.ids[a.item], a.customer_id, 'pending', a.quantity,
         least(s.prices[a.item], 2147483647), s.prices[a.item], s.currency, s.now,
         s.now + make_interval(secs => s.hold_seconds), a.key,
         s.title, s.names[a.item], s.descriptions[a.item], s.image_urls[a.item],
         s.variant_labels[a.item], s.settlement
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
-- The number under which something outside of settle_group changes an event's units or queue; null for an
-- event without a queue. The caller holds the event's lock.
CREATE OR REPLACE FUNCTION next_settlement(p_event_id text, p_now timestamptz) RETURNS bigint
LANGUAGE sql AS $$
  UPDATE event_queues
     SET settlement = settlement + 1, settled_at = greatest(settled_at, date_trunc('milliseconds', p_now))
   WHERE event_id = p_event_id
  RETURNING settlement
$$;
--> statement-breakpoint
-- Skips an entry that waits, by an admin. It keeps its rank. Takes the event's lock, as settle_group does.
-- Returns the entry as it is then, as JSON; null if there is none.
CREATE OR REPLACE FUNCTION disqualify_entry(p_event_id text, p_entry_id text, p_now_ms bigint)
RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
  v_now timestamptz := to_timestamp(p_now_ms / 1000.0);
  v_entry queue_entries%ROWTYPE;
BEGIN
  PERFORM FROM events WHERE id = p_event_id FOR NO KEY UPDATE;
  SELECT * INTO v_entry FROM queue_entries WHERE id = p_entry_id AND event_id = p_event_id;
  IF v_entry.status = 'waiting' THEN
    UPDATE queue_entries
       SET status = 'skipped', reason = 'disqualified', ended_at = v_now,
           ended_in = next_settlement(p_event_id, v_now)
     WHERE id = p_entry_id RETURNING * INTO STRICT v_entry;
    UPDATE event_items
       SET queue_waiting = queue_waiting - 1,
           queue_waiting_units = queue_waiting_units - v_entry.quantity
     WHERE id = v_entry.event_item_id;
  END IF;
  RETURN CASE WHEN v_entry.id IS NOT NULL THEN entry_json(v_entry) END;
END
$$;
--> statement-breakpoint
-- Trigger of event_items: gives stock that an admin changed in an event with a queue a number among its
-- settlements, so that what was free at each of them can be told afterwards. settle_group changes no total.
-- Whoever changes stock holds the event's lock.
CREATE OR REPLACE FUNCTION number_stock_change() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO queue_stock_changes (event_item_id, settlement, units)
  SELECT NEW.id, q.settlement, NEW.stock_remaining - OLD.stock_remaining
    FROM next_settlement(NEW.event_id, clock_timestamp()) AS q (settlement)
   WHERE q.settlement IS NOT NULL;
  RETURN NULL;
END
$$;
--> statement-breakpoint
-- A part of settle_group: the orders that are offered, and a mail for each. A mail that has not left when
-- its offer ends is dropped.
CREATE OR REPLACE FUNCTION make_offers(s settling, p_item int, p_entries text[], p_orders text[],
                                       p_customers text[], p_quantities int[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO orders (id, event_id, event_item_id, customer_id, status, quantity,
                      unit_price_cents, unit_price_minor, currency, reserved_at, expires_at,
                      event_title, item_name, item_description, item_image_url,
                      variant_label, entry_id, made_in)
  SELECT o.id, s.event_id, s.ids[p_item], o.customer_id, 'pending',
         o.quantity, least(s.prices[p_item], 2147483647), s.prices[p_item], s.currency, s.now,
         s.offer_ends_at, s.title, s.names[p_item], s.descriptions[p_item], s.image_urls[p_item],
         s.variant_labels[p_item], o.entry_id, s.settlement
    FROM unnest(p_orders, p_entries, p_customers, p_quantities)
      AS o (id, entry_id, customer_id, quantity);
  INSERT INTO outbox (kind, key, user_id, payload, priority, created_at, due_at, drop_after)
  SELECT 'mail.your_turn', 'your_turn/' || o.entry_id, o.customer_id,
         jsonb_build_object('userId', o.customer_id, 'orderId', o.id),
         1, s.now, s.now, s.offer_ends_at
    FROM unnest(p_orders, p_entries, p_customers) AS o (id, entry_id, customer_id)
  ON CONFLICT (key) DO NOTHING;
END
$$;
--> statement-breakpoint
-- What waits before an entry that waits with a rank; null for any other. Counts in the index by which the
-- queue is served, one range for each minimum that a wish may have.
CREATE OR REPLACE FUNCTION queue_ahead_of(e queue_entries) RETURNS jsonb
LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN e.status = 'waiting' AND e.rank IS NOT NULL THEN (
    SELECT jsonb_build_object('entries', count(*), 'units', coalesce(sum(o.quantity), 0))
      FROM generate_series(1, 100) AS m (min_quantity)
      JOIN queue_entries o ON o.event_item_id = e.event_item_id AND o.min_quantity = m.min_quantity
                          AND o.rank < e.rank AND o.status = 'waiting' AND o.rank IS NOT NULL) END
$$;
--> statement-breakpoint
-- A part of settle_group: why a customer may not enter the queue of an item, as an answer; null if they may.
-- p_attempt is a row of enter_queue as JSON.
CREATE OR REPLACE FUNCTION enter_refusal(s settling, p_item int, p_attempt jsonb, p_is_verified boolean)
RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_customer text := p_attempt ->> 'customer_id';
  v_at_ms bigint := p_attempt ->> 'at_ms';
  v_units record;
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
    SELECT m.held, m.bought INTO v_units FROM units_of_mailbox(v_customer, s.ids[p_item]) m;
  ELSE
    SELECT coalesce(sum(o.quantity) FILTER (WHERE o.status = 'pending'), 0) AS held,
           coalesce(sum(o.quantity) FILTER (WHERE o.status = 'confirmed'), 0) AS bought
      INTO v_units FROM orders o
     WHERE o.customer_id = v_customer
       AND o.event_item_id = ANY (coalesce(s.same_limit[p_item]::text[], ARRAY[s.ids[p_item]]));
  END IF;
  IF greatest((p_attempt ->> 'quantity')::int,
              v_units.held + v_units.bought + (p_attempt ->> 'min_quantity')::int)
       > s.limits[p_item] THEN
    RETURN jsonb_build_object('refusal', 'limit_reached', 'limit', s.limits[p_item],
      'held', v_units.held, 'bought', v_units.bought);
  END IF;
  SELECT count(*) AS entries, min(e.entered_at) AS since INTO v_today
    FROM queue_entries e
   WHERE e.customer_id = v_customer AND e.event_item_id = s.ids[p_item]
     AND e.entered_at > s.now - interval '1 day';
  IF v_today.entries >= 5 THEN
    RETURN jsonb_build_object('refusal', 'rate_limited', 'retryAfterMs',
      epoch_ms(v_today.since + interval '1 day') - epoch_ms(s.now));
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
-- A part of settle_group: new queue entries, in order of arrival. An entry that waits, or whose offer is
-- pending, is given again instead of another one.
CREATE OR REPLACE FUNCTION enter_queue(INOUT s settling, p_attempts jsonb)
LANGUAGE plpgsql AS $$
DECLARE
  -- Outside of the record, whose array would be copied whole for each answer.
  v_answers jsonb[] := s.answers;
  v_item int;
  v_attempt record;
  v_mine record;
  v_entry queue_entries%ROWTYPE;
  v_refusal jsonb;
BEGIN
  FOR v_attempt IN
    SELECT * FROM ROWS FROM (jsonb_to_recordset(p_attempts) AS (
      "kind" text, "entryId" text, "eventItemId" text, "customerId" text, "sessionEpoch" int,
      "loginId" text, "quantity" int, "minQuantity" int, "atMs" bigint
    )) WITH ORDINALITY AS a (kind, entry_id, event_item_id, customer_id, session_epoch, login_id,
                             quantity, min_quantity, at_ms, n)
    WHERE kind = 'enter' ORDER BY n
  LOOP
    v_item := array_position(s.ids, v_attempt.event_item_id);
    IF v_item IS NULL THEN
      v_answers[v_attempt.n] := '{"refusal": "not_found"}';
      CONTINUE;
    END IF;
    -- The same attempt sent again, or what they have in this queue already.
    SELECT e.* INTO v_entry FROM queue_entries e
      LEFT JOIN orders o ON o.id = e.order_id AND o.status = 'pending'
     WHERE e.customer_id = v_attempt.customer_id AND e.event_item_id = v_attempt.event_item_id
       AND (e.id = v_attempt.entry_id OR e.status = 'waiting' OR o.id IS NOT NULL)
     ORDER BY e.id = v_attempt.entry_id DESC, e.seq DESC LIMIT 1;
    SELECT u.active AND u.session_epoch = coalesce(v_attempt.session_epoch, u.session_epoch)
             AND NOT coalesce(u.ended_logins ? v_attempt.login_id, false) AS may_act,
           u.email_verified_at IS NOT NULL AS is_verified
      INTO v_mine FROM users u WHERE u.id = v_attempt.customer_id;
    IF v_entry.id IS DISTINCT FROM v_attempt.entry_id AND v_mine.may_act IS NOT TRUE THEN
      v_answers[v_attempt.n] := '{"refusal": "unauthenticated"}';
      CONTINUE;
    ELSIF v_entry.id IS NOT NULL THEN
      v_answers[v_attempt.n] := jsonb_build_object('entry', entry_json(v_entry),
        'ahead', queue_ahead_of(v_entry), 'replayed', v_entry.id <> v_attempt.entry_id);
      CONTINUE;
    END IF;
    v_refusal := enter_refusal(s, v_item, to_jsonb(v_attempt), v_mine.is_verified);
    IF v_refusal IS NOT NULL THEN
      v_answers[v_attempt.n] := v_refusal;
      CONTINUE;
    END IF;

    s.last_seq := s.last_seq + 1;
    INSERT INTO queue_entries (id, event_id, event_item_id, customer_id, quantity, min_quantity,
                               entered_at, seq, rank, entered_in)
    VALUES (v_attempt.entry_id, s.event_id, v_attempt.event_item_id, v_attempt.customer_id,
            v_attempt.quantity, v_attempt.min_quantity, s.now, s.last_seq,
            -- Behind all whose rank is drawn, since those are at most as many as came before the lock.
            CASE WHEN s.is_locked THEN s.last_seq END, s.settlement)
    RETURNING * INTO v_entry;
    v_answers[v_attempt.n] := jsonb_build_object('entry', entry_json(v_entry), 'replayed', false,
      'ahead', CASE WHEN s.is_locked THEN jsonb_build_object(
                 'entries', s.waiting[v_item], 'units', s.waiting_units[v_item]) END);
    s.waiting[v_item] := s.waiting[v_item] + 1;
    s.waiting_units[v_item] := s.waiting_units[v_item] + v_attempt.quantity;
  END LOOP;
  s.answers := v_answers;
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
                          variant_label, made_in)
      VALUES (v_attempt.order_id, s.event_id, v_attempt.event_item_id, v_attempt.customer_id,
              'pending', v_attempt.quantity, least(s.prices[v_item], 2147483647), s.prices[v_item],
              s.currency, s.now, s.now + make_interval(secs => s.hold_seconds),
              v_attempt.key, s.title, s.names[v_item], s.descriptions[v_item],
              s.image_urls[v_item], s.variant_labels[v_item], s.settlement)
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
-- A part of settle_group: the entries of an item that are served next, the lowest rank first, with what
-- decides about each. Looks up the lowest ranks of each minimum that the free units reach, so it costs what
-- it returns and not what it passes over.
CREATE OR REPLACE FUNCTION next_in_queue(s settling, p_item int, p_entries_max int)
RETURNS TABLE (id text, customer_id text, rank bigint, quantity int, min_quantity int, active boolean,
               verified boolean, units int, mailbox text)
LANGUAGE sql STABLE AS $$
  SELECT e.id, e.customer_id, e.rank, e.quantity, e.min_quantity, u.active,
         u.email_verified_at IS NOT NULL,
         -- What they hold and have bought of the item, whichever variants of it.
         CASE WHEN s.one_limit_per_mailbox THEN (
             SELECT m.held + m.bought FROM units_of_mailbox(e.customer_id, e.event_item_id) m)
           ELSE (
             SELECT coalesce(sum(o.quantity), 0)::int FROM orders o
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
    JOIN users u ON u.id = e.customer_id
   ORDER BY e.rank
$$;
--> statement-breakpoint
-- A part of settle_group: one round of serve_queue for one item. Leaves in s.ended how many entries it ended.
-- Whoever is passed over because of a larger minimum keeps their rank.
CREATE OR REPLACE FUNCTION serve_item(INOUT s settling, p_item int, p_entries_max int)
LANGUAGE plpgsql AS $$
DECLARE
  v_entry record;
  v_reason text;
  v_quantity int;
  v_units_ended int;
  v_free int := s.free[p_item];
  v_mailboxes text[] := '{}';
  v_time text := id_time(epoch_ms(s.now));
  -- What is offered, one array per column; and who is skipped, and why.
  v_entries text[] := '{}';
  v_orders text[] := '{}';
  v_customers text[] := '{}';
  v_quantities int[] := '{}';
  v_free_found int[] := '{}';
  v_skipped text[] := '{}';
  v_reasons text[] := '{}';
BEGIN
  FOR v_entry IN SELECT * FROM next_in_queue(s, p_item, p_entries_max) LOOP
    EXIT WHEN v_free = 0;
    -- The second account of a mailbox waits for the next round, which sees what the first was offered.
    EXIT WHEN v_entry.mailbox = ANY (v_mailboxes);
    v_mailboxes := v_mailboxes || v_entry.mailbox;
    v_reason := CASE
      WHEN NOT v_entry.active THEN 'deactivated'
      WHEN s.require_verified_email AND NOT v_entry.verified THEN 'email_unverified'
      WHEN s.limits[p_item] - v_entry.units < v_entry.min_quantity THEN 'limit_reached' END;
    IF v_reason IS NOT NULL THEN
      v_skipped := v_skipped || v_entry.id;
      v_reasons := v_reasons || v_reason;
    ELSIF v_entry.min_quantity <= v_free THEN
      v_quantity := least(v_entry.quantity, v_free, s.limits[p_item] - v_entry.units);
      v_entries := v_entries || v_entry.id;
      -- An entry has one offer at most, so its id and the time make the order's: see contract/ids.ts.
      v_orders := v_orders || ('ord_' || substr(v_entry.id, 5, 13) || v_time || right(v_entry.id, 8));
      v_customers := v_customers || v_entry.customer_id;
      v_quantities := v_quantities || v_quantity;
      v_free_found := v_free_found || v_free;
      v_free := v_free - v_quantity;
      s.served_ranks[p_item] := greatest(s.served_ranks[p_item], v_entry.rank);
    END IF;
  END LOOP;
  s.ended := cardinality(v_entries) + cardinality(v_skipped);
  IF s.ended = 0 THEN
    RETURN;
  END IF;
  IF cardinality(v_entries) > 0 THEN
    PERFORM make_offers(s, p_item, v_entries, v_orders, v_customers, v_quantities);
  END IF;
  WITH changed AS (
    UPDATE queue_entries e
       SET status = CASE WHEN c.reason IS NULL THEN 'offered' ELSE 'skipped' END, reason = c.reason,
           order_id = c.order_id,
           ended_at = s.now, ended_in = s.settlement, free_found = c.free_found
      FROM unnest(v_entries || v_skipped,
                  array_fill(NULL::text, ARRAY[cardinality(v_entries)]) || v_reasons,
                  v_orders, v_free_found) AS c (id, reason, order_id, free_found)
     WHERE e.id = c.id AND e.status = 'waiting'
    RETURNING e.quantity
  )
  SELECT sum(quantity) INTO v_units_ended FROM changed;
  s.waiting[p_item] := s.waiting[p_item] - s.ended;
  s.waiting_units[p_item] := s.waiting_units[p_item] - v_units_ended;
  s.to_held[p_item] := s.to_held[p_item] + s.free[p_item] - v_free;
  s.free[p_item] := v_free;
  s.offers[p_item] := s.offers[p_item] + cardinality(v_entries);
  s.offered := s.offered || (
    SELECT coalesce(jsonb_agg(jsonb_build_array(o.id, o.customer_id, s.ids[p_item], o.quantity)), '[]')
      FROM unnest(v_entries, v_customers, v_quantities) AS o (id, customer_id, quantity));
END
$$;
--> statement-breakpoint
-- A part of settle_group: offers free units to those who wait, in the order of their ranks, and skips whom
-- it cannot serve. At most 500 offers and skips in all, since a group must end soon; where more could be
-- served, has_more says so for the item.
CREATE OR REPLACE FUNCTION serve_queue(INOUT s settling)
LANGUAGE plpgsql AS $$
DECLARE
  v_left int := 500;
  v_item int;
BEGIN
  FOR v_item IN 1 .. coalesce(cardinality(s.ids), 0) LOOP
    WHILE s.waiting[v_item] > 0 AND s.free[v_item] > 0 LOOP
      IF v_left = 0 THEN
        s.has_more[v_item] := EXISTS (SELECT FROM next_in_queue(s, v_item, 1));
        EXIT;
      END IF;
      s := serve_item(s, v_item, v_left);
      EXIT WHEN s.ended = 0;
      v_left := v_left - s.ended;
    END LOOP;
  END LOOP;
END
$$;
--> statement-breakpoint
-- A part of settle_group: confirms and cancels, in order of arrival. In an event with a queue, confirms of
-- holds that have ended are left for a second call, after the queue was served. What is confirmed is told
-- by mail: its row in the outbox is written here, so there is none without the other.
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
BEGIN
  FOR v_attempt IN
    SELECT * FROM ROWS FROM (jsonb_to_recordset(p_attempts) AS (
      "kind" text, "orderId" text, "customerId" text, "sessionEpoch" int, "loginId" text, "key" text,
      "atMs" bigint
    )) WITH ORDINALITY AS a (kind, order_id, customer_id, session_epoch, login_id, key, at_ms, n)
    WHERE kind IN ('confirm', 'cancel') AND v_answers[n] IS NULL ORDER BY n
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

    ELSIF v_attempt.kind = 'confirm' AND v_order.status = 'expired' AND NOT s.settles_late THEN
      CONTINUE;
    ELSIF v_attempt.kind = 'confirm' THEN
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
                          confirm_key = v_attempt.key
         WHERE id = v_order.id AND status = v_order.status
        RETURNING * INTO STRICT v_order;
        v_confirmed := v_confirmed || v_order.id;
        v_confirmed_by := v_confirmed_by || v_order.customer_id;
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
  END LOOP;
  s.answers := v_answers;

  IF v_confirmed IS NOT NULL THEN
    INSERT INTO outbox (kind, key, user_id, payload, priority, created_at, due_at)
    SELECT 'mail.order_confirmed', 'order_confirmed/' || o.id, o.customer_id,
           jsonb_build_object('userId', o.customer_id, 'orderId', o.id), 1, s.now, s.now
      FROM unnest(v_confirmed, v_confirmed_by) AS o (id, customer_id)
    ON CONFLICT (key) DO NOTHING;
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
  v_confirms boolean := p_attempts @> '[{"kind": "confirm"}]';
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
  s.answers := ARRAY[]::jsonb[];
  -- A sale in which nobody waits pays for none of it.
  v_has_queue := v_event.has_entries OR v_event.admission = 'draw'
                 OR p_attempts @> '[{"kind": "enter"}]';
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
             WHERE a."kind" = 'confirm' GROUP BY 1) c (order_and_customer, at_ms);
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
  ELSIF p_attempts @> '[{"kind": "leave"}]' THEN
    s := leave_queue(s, p_attempts);
  END IF;

  -- 4. Reservations: together where that makes no difference, all others one by one.
  IF p_attempts @> '[{"kind": "reserve"}]' THEN
    s := grant_together(s, p_attempts);
  END IF;
  IF coalesce(array_length(s.answers, 1), 0) < jsonb_array_length(p_attempts)
     OR array_position(s.answers, NULL) IS NOT NULL THEN
    s := grant_in_turn(s, p_attempts);
  END IF;

  -- 5. New entries in the queue.
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
    'waitlist', v_event.waitlist,
    'queue', CASE WHEN v_has_queue THEN jsonb_build_object(
      'drawAtMs', s.draw_at_ms, 'locksAtMs', s.locks_at_ms, 'hasMore', true = ANY (s.has_more),
      'nowMs', epoch_ms(s.now), 'offerEndsAtMs', epoch_ms(s.offer_ends_at), 'offered', s.offered) END,
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
