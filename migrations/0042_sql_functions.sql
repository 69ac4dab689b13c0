-- Locks the entries of a draw once their time is over: those so far take part. The caller holds the event's
-- lock, and calls it before anything else changes in the settlement. Does nothing where they are locked, before
-- that time, and for an event without a draw.
CREATE OR REPLACE FUNCTION lock_draw(p_event_id text, p_now timestamptz, p_settlement bigint,
                                     p_last_seq bigint) RETURNS void
LANGUAGE sql AS $$
  INSERT INTO draws (event_id, locked_at, locked_in, entry_count)
  SELECT id, p_now, p_settlement, p_last_seq FROM events
   WHERE id = p_event_id AND admission = 'draw' AND p_now >= entries_close_at
  ON CONFLICT (event_id) DO NOTHING
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
      PERFORM lock_draw(s.event_id, s.now, s.settlement, s.last_seq);
      SELECT * INTO v_draw FROM draws WHERE event_id = s.event_id;
    END IF;
    s.is_locked := v_draw.event_id IS NOT NULL;
    s.locks_at_ms := CASE WHEN NOT s.is_locked THEN epoch_ms(p_event.entries_close_at) END;
    s.draw_at_ms := CASE WHEN v_draw.drawn_at IS NULL THEN epoch_ms(p_event.starts_at) END;
  END IF;
END
$$;
--> statement-breakpoint
-- The number under which something outside of settle_group changes an event's units or queue; null for an
-- event without a queue. Locks the entries of a draw whose time is over, as any settlement does. The caller
-- holds the event's lock.
CREATE OR REPLACE FUNCTION next_settlement(p_event_id text, p_now timestamptz) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
  v_queue event_queues%ROWTYPE;
BEGIN
  UPDATE event_queues
     SET settlement = settlement + 1, settled_at = greatest(settled_at, date_trunc('milliseconds', p_now))
   WHERE event_id = p_event_id
  RETURNING * INTO v_queue;
  IF FOUND THEN
    PERFORM lock_draw(p_event_id, v_queue.settled_at, v_queue.settlement, v_queue.last_seq);
  END IF;
  RETURN v_queue.settlement;
END
$$;
--> statement-breakpoint
-- A part of settle_group: the event items that share a limit with one, itself included: all variants of it in
-- the event.
CREATE OR REPLACE FUNCTION variants_of(p_event_item_id text) RETURNS text[]
LANGUAGE sql STABLE AS $$
  SELECT array_agg(i.id) FROM event_items wanted
    JOIN event_items i ON i.event_id = wanted.event_id AND i.item_id = wanted.item_id
   WHERE wanted.id = p_event_item_id
$$;
--> statement-breakpoint
-- A part of settle_group: what all accounts of a customer's mailbox hold and have bought of an item,
-- whichever variants of it. The accounts first, as in waiting_of_mailbox.
CREATE OR REPLACE FUNCTION units_of_mailbox(p_customer_id text, p_event_item_id text,
                                            OUT held int, OUT bought int)
LANGUAGE sql STABLE AS $$
  SELECT coalesce(sum(taken.quantity) FILTER (WHERE taken.status = 'pending'), 0)::int,
         coalesce(sum(taken.quantity) FILTER (WHERE taken.status = 'confirmed'), 0)::int
    FROM users customer
   CROSS JOIN LATERAL (
           SELECT u.id FROM users u
            WHERE mailbox_of(u.email) = mailbox_of(customer.email) OFFSET 0) account
   CROSS JOIN LATERAL (
           SELECT o.quantity, o.status FROM orders o
            WHERE o.customer_id = account.id
              AND o.event_item_id = ANY (variants_of(p_event_item_id)) OFFSET 0) taken
   WHERE customer.id = p_customer_id
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
  v_units int;
  -- What all accounts of a mailbox have by now, where they share one limit.
  v_mailboxes text[] := '{}';
  v_mailbox_units int[] := '{}';
  v_mailbox int;
  v_time text := id_time(epoch_ms(s.now));
  -- What the orders' ids of this settlement end in, each behind a blank.
  v_ends text;
  -- What is offered, one array per column; and who is skipped, and why.
  v_entries text[] := '{}';
  v_orders text[] := '{}';
  v_customers text[] := '{}';
  v_quantities int[] := '{}';
  v_free_found int[] := '{}';
  v_skipped text[] := '{}';
  v_reasons text[] := '{}';
BEGIN
  SELECT coalesce(string_agg(' ' || right(o.offer ->> 0, 8), ''), '') INTO v_ends
    FROM jsonb_array_elements(s.offered) AS o (offer);
  FOR v_entry IN SELECT * FROM next_in_queue(s, p_item, p_entries_max) LOOP
    EXIT WHEN v_free = 0;
    -- Those whom what is left does not reach keep their rank, whatever else is to be said of them.
    CONTINUE WHEN v_entry.min_quantity > v_free;
    -- Their orders would have the same id, which has the settlement's time in it: the next settlement goes on
    -- here.
    IF strpos(v_ends, ' ' || right(v_entry.id, 8)) > 0 THEN
      s.has_more[p_item] := true;
      EXIT;
    END IF;
    v_units := v_entry.units;
    IF s.one_limit_per_mailbox THEN
      v_mailbox := array_position(v_mailboxes, v_entry.mailbox);
      -- Read once a round, however many accounts of it wait: to read it costs each of them.
      IF v_mailbox IS NULL THEN
        v_mailboxes := v_mailboxes || v_entry.mailbox;
        v_mailbox := cardinality(v_mailboxes);
        SELECT m.held + m.bought INTO v_units
          FROM units_of_mailbox(v_entry.customer_id, s.ids[p_item]) m;
        v_mailbox_units[v_mailbox] := v_units;
      END IF;
      v_units := v_mailbox_units[v_mailbox];
    END IF;
    v_reason := CASE
      WHEN NOT v_entry.active THEN 'deactivated'
      WHEN s.require_verified_email AND NOT v_entry.verified THEN 'email_unverified'
      WHEN s.limits[p_item] - v_units < v_entry.min_quantity THEN 'limit_reached' END;
    IF v_reason IS NOT NULL THEN
      v_skipped := v_skipped || v_entry.id;
      v_reasons := v_reasons || v_reason;
    ELSE
      v_quantity := least(v_entry.quantity, v_free, s.limits[p_item] - v_units);
      v_entries := v_entries || v_entry.id;
      -- An entry has one offer at most, so its id and the time make the order's: see contract/ids.ts.
      v_orders := v_orders || ('ord_' || substr(v_entry.id, 5, 13) || v_time || right(v_entry.id, 8));
      v_ends := v_ends || ' ' || right(v_entry.id, 8);
      v_customers := v_customers || v_entry.customer_id;
      v_quantities := v_quantities || v_quantity;
      v_free_found := v_free_found || v_free;
      v_free := v_free - v_quantity;
      IF s.one_limit_per_mailbox THEN
        v_mailbox_units[v_mailbox] := v_units + v_quantity;
      END IF;
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
  -- How many entries are looked at next: as many as the free units may serve, and more each time that some
  -- of them were skipped.
  v_look int;
BEGIN
  FOR v_item IN 1 .. coalesce(cardinality(s.ids), 0) LOOP
    v_look := s.free[v_item];
    WHILE s.waiting[v_item] > 0 AND s.free[v_item] > 0 LOOP
      IF v_left = 0 THEN
        s.has_more[v_item] := EXISTS (SELECT FROM next_in_queue(s, v_item, 1));
        EXIT;
      END IF;
      v_look := least(v_look, v_left);
      s := serve_item(s, v_item, v_look);
      EXIT WHEN s.ended = 0 OR s.has_more[v_item];
      v_left := v_left - s.ended;
      v_look := 4 * v_look;
    END LOOP;
  END LOOP;
END
$$;
--> statement-breakpoint
-- A part of settle_group: how many units at least the other accounts of a customer's mailbox wait for, of an
-- item, whichever variants of it. The accounts first, then what each waits for: with tables of which nothing
-- is known yet, a plan might begin with all who wait.
CREATE OR REPLACE FUNCTION waiting_of_mailbox(p_customer_id text, p_event_item_id text) RETURNS int
LANGUAGE sql STABLE AS $$
  SELECT coalesce(sum(waiting.min_quantity), 0)::int
    FROM users customer
   CROSS JOIN LATERAL (
           SELECT u.id FROM users u
            WHERE mailbox_of(u.email) = mailbox_of(customer.email) AND u.id <> customer.id OFFSET 0) account
   CROSS JOIN LATERAL (
           SELECT e.min_quantity FROM queue_entries e
            WHERE e.customer_id = account.id AND e.status = 'waiting'
              AND e.event_item_id = ANY (variants_of(p_event_item_id)) OFFSET 0) waiting
   WHERE customer.id = p_customer_id
$$;
--> statement-breakpoint
-- A part of settle_group: writes new queue entries. Names its columns, so that one which a later version adds
-- gets its default.
CREATE OR REPLACE FUNCTION write_entries(p_entries queue_entries[]) RETURNS void
LANGUAGE sql AS $$
  INSERT INTO queue_entries (id, event_id, event_item_id, customer_id, quantity, min_quantity, status,
                             entered_at, seq, rank, entered_in)
  SELECT e.id, e.event_id, e.event_item_id, e.customer_id, e.quantity, e.min_quantity, e.status,
         e.entered_at, e.seq, e.rank, e.entered_in
    FROM unnest(p_entries) AS e
$$;
--> statement-breakpoint
-- A part of settle_group: new queue entries, in order of arrival. An entry that waits, or whose offer is
-- pending, is given again instead of another one.
--
-- Entries are written together, up to the next attempt about which something must be asked: a third of what
-- it costs to write them one by one, in CPU of a Postgres 18 with 250 attempts a group.
CREATE OR REPLACE FUNCTION enter_queue(INOUT s settling, p_attempts jsonb)
LANGUAGE plpgsql AS $$
DECLARE
  -- Outside of the record, whose array would be copied whole for each answer.
  v_answers jsonb[] := s.answers;
  v_item int;
  v_attempt record;
  v_entry queue_entries%ROWTYPE;
  -- Entered, but not written yet.
  v_new queue_entries[] := '{}';
  v_answer jsonb;
BEGIN
  FOR v_attempt IN SELECT * FROM entering_attempts(s, p_attempts) LOOP
    v_item := v_attempt.item;
    IF v_attempt.is_plain IS NOT TRUE THEN
      PERFORM write_entries(v_new);
      v_new := '{}';
      v_answer := answer_to_entering(s, v_item, to_jsonb(v_attempt));
      IF v_answer IS NOT NULL THEN
        v_answers[v_attempt.n] := v_answer;
        CONTINUE;
      END IF;
    END IF;

    s.last_seq := s.last_seq + 1;
    v_entry := NULL;
    v_entry.id := v_attempt.entry_id;
    v_entry.event_id := s.event_id;
    v_entry.event_item_id := v_attempt.event_item_id;
    v_entry.customer_id := v_attempt.customer_id;
    v_entry.quantity := v_attempt.quantity;
    v_entry.min_quantity := v_attempt.min_quantity;
    v_entry.status := 'waiting';
    v_entry.entered_at := s.now;
    v_entry.seq := s.last_seq;
    -- Behind all whose rank is drawn, since those are at most as many as came before the lock.
    v_entry.rank := CASE WHEN s.is_locked THEN s.last_seq END;
    v_entry.entered_in := s.settlement;
    v_new := v_new || v_entry;
    v_answers[v_attempt.n] := jsonb_build_object('entry', entry_json(v_entry), 'replayed', false,
      'ahead', CASE WHEN s.is_locked AND s.draw_at_ms IS NULL THEN jsonb_build_object(
                 'entries', s.waiting[v_item], 'units', s.waiting_units[v_item]) END);
    s.waiting[v_item] := s.waiting[v_item] + 1;
    s.waiting_units[v_item] := s.waiting_units[v_item] + v_attempt.quantity;
  END LOOP;
  PERFORM write_entries(v_new);
  s.answers := v_answers;
END
$$;
