-- Draws an event: ranks the entries that were there when it was locked and wait still, within each item, by
-- HMAC-SHA-256 of their id with the seed as key, smallest first. Does nothing for a draw that is drawn.
-- Returns false where there is none to draw: no draw, or not locked yet.
--
-- Takes the event's lock, as settle_group does. SHA-256 of Postgres is all that it needs: an HMAC is
-- sha256(outer pad || sha256(inner pad || message)), RFC 2104.
--
-- Most of its time goes into writing the ranks. In the order of their ids the entries stand together in the
-- table and in most of its indexes; and 100,000 of them are sorted in 16 MB of memory instead of on disk.
CREATE OR REPLACE FUNCTION draw_entries(p_event_id text, p_now_ms bigint, p_seed bytea)
RETURNS boolean
LANGUAGE plpgsql SET enable_seqscan = off SET work_mem = '64MB' AS $$
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
    UPDATE queue_entries e SET rank = r.rank FROM (SELECT * FROM ranked ORDER BY id OFFSET 0) r WHERE e.id = r.id
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
-- A part of settle_group: the orders that are offered, and a mail for each. A mail that has not left when
-- its offer ends is dropped. Its key cannot be taken: an entry has one order, whose row would fail before.
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
    FROM unnest(p_orders, p_entries, p_customers) AS o (id, entry_id, customer_id);
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
         -- What they hold and have bought of the item, whichever variants of it. Null where all accounts of
         -- a mailbox share one limit.
         CASE WHEN NOT s.one_limit_per_mailbox THEN (
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
   -- For each of them: planned for any number of them, a join would read all users.
   CROSS JOIN LATERAL (SELECT * FROM users WHERE users.id = e.customer_id OFFSET 0) u
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
  v_units int;
  -- What all accounts of a mailbox have by now, where they share one limit.
  v_mailboxes text[] := '{}';
  v_mailbox_units int[] := '{}';
  v_mailbox int;
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
    -- Those whom what is left does not reach keep their rank, whatever else is to be said of them.
    CONTINUE WHEN v_entry.min_quantity > v_free;
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
      EXIT WHEN s.ended = 0;
      v_left := v_left - s.ended;
      v_look := 4 * v_look;
    END LOOP;
  END LOOP;
END
$$;
