-- Draws an event: ranks the entries that waited when it was locked, within each item, by HMAC-SHA-256 of their
-- id with the seed as key, smallest first. Whoever left or was disqualified since keeps a rank too, so that
-- nobody's rank depends on what happens behind the lock. Does nothing for a draw that is drawn.
-- Returns false where there is none to draw: no draw, or not locked yet.
--
-- Takes the event's lock, as settle_group does. SHA-256 of Postgres is all that it needs: an HMAC is
-- sha256(outer pad || sha256(inner pad || message)), RFC 2104.
--
-- Most of its time goes into writing the ranks. Entries are written in their new order, in which they stand
-- together from then on: so an offer finds the next ones on a few pages. Under the event's lock no entry moves
-- meanwhile, so each is found by its place. 100,000 of them are sorted in 16 MB of memory instead of on disk.
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
  -- Never before the settlement that came before.
  SELECT greatest(v_now, settled_at) INTO v_now FROM event_queues WHERE event_id = p_event_id;
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
    SELECT ctid AS place, id, event_item_id, quantity, status = 'waiting' AS waits,
           sha256(v_outer || sha256(v_inner || convert_to(id, 'UTF8'))) AS score
      FROM queue_entries
     -- Found by what their ids begin with.
     WHERE id BETWEEN 'ent_' || substr(p_event_id, 5) || '_' || repeat('0', 18)
                  AND 'ent_' || substr(p_event_id, 5) || '_' || repeat('z', 18)
       AND event_id = p_event_id AND seq <= v_draw.entry_count
       AND coalesce(ended_in, v_draw.locked_in) >= v_draw.locked_in
  ), ranked AS MATERIALIZED (
    SELECT place, id, event_item_id, score, row_number() OVER w AS rank,
           -- Of those who wait, with it.
           count(*) FILTER (WHERE waits) OVER w AS waiting,
           coalesce(sum(quantity) FILTER (WHERE waits) OVER w, 0) AS units,
           CASE WHEN waits THEN 1 ELSE 0 END AS own, CASE WHEN waits THEN quantity ELSE 0 END AS own_units,
           count(*) OVER (PARTITION BY event_item_id) AS entries
      FROM scored WINDOW w AS (PARTITION BY event_item_id ORDER BY score)
  ), numbered AS (
    UPDATE queue_entries e SET rank = r.rank FROM (SELECT * FROM ranked ORDER BY event_item_id, rank OFFSET 0) r WHERE e.ctid = r.place
  )
  UPDATE draws d
     SET seed = encode(p_seed, 'hex'), drawn_at = v_now,
         -- About 64 of each item.
         steps = coalesce((
           SELECT jsonb_object_agg(i.event_item_id, i.steps)
             FROM (SELECT r.event_item_id, jsonb_agg(jsonb_build_object(
                            'score', encode(r.score, 'hex'), 'rank', r.rank,
                            'entriesBefore', r.waiting - r.own, 'unitsBefore', r.units - r.own_units)
                          ORDER BY r.rank) AS steps
                     FROM ranked r WHERE (r.rank - 1) % greatest(r.entries / 64, 1) = 0
                    GROUP BY r.event_item_id) i), '{}')
   WHERE d.event_id = p_event_id;
  RETURN true;
END
$$;
--> statement-breakpoint
-- A part of settle_group: the attempts to enter a queue, in order of arrival, and whether all is plain about
-- each, so that no more needs to be asked: their customer is active, has no entry and no order of the item and
-- sends no second one, and entering is open. Each question is a probe of an index for one row.
CREATE OR REPLACE FUNCTION entering_attempts(s settling, p_attempts jsonb)
RETURNS TABLE (n bigint, item int, entry_id text, event_item_id text, customer_id text, session_epoch int,
               login_id text, quantity int, min_quantity int, at_ms bigint, is_plain boolean)
LANGUAGE sql STABLE AS $$
  SELECT a.n, a.item, a.entry_id, a.event_item_id, a.customer_id, a.session_epoch, a.login_id,
         a.quantity, a.min_quantity, a.at_ms,
         s.published AND NOT s.one_limit_per_mailbox AND (NOT s.is_locked OR s.waitlist)
         AND s.last_seq + jsonb_array_length(p_attempts) <= 1000000
         AND a.entry_id IS NOT NULL AND a.of_customer = 1 AND a.quantity <= s.limits[a.item]
         AND a.at_ms < s.closes_at_ms AND (s.is_draw OR a.at_ms >= s.opens_at_ms)
         AND NOT (s.is_locked AND s.draw_at_ms IS NULL AND s.free[a.item] > 0 AND NOT s.has_more[a.item])
         AND (SELECT u.active AND u.session_epoch = coalesce(a.session_epoch, u.session_epoch)
                     AND NOT coalesce(u.ended_logins ? a.login_id, false)
                     AND (NOT s.require_verified_email OR u.email_verified_at IS NOT NULL)
                FROM users u WHERE u.id = a.customer_id)
         AND (SELECT e.id FROM queue_entries e
               WHERE e.customer_id = a.customer_id AND e.event_item_id = a.event_item_id
                 AND e.status = 'waiting' LIMIT 1) IS NULL
         AND (SELECT e.id FROM queue_entries e
               WHERE e.customer_id = a.customer_id AND e.event_item_id = a.event_item_id
                 AND e.status <> 'waiting' LIMIT 1) IS NULL
         AND (SELECT o.id FROM orders o
               WHERE o.customer_id = a.customer_id
                 AND (o.event_item_id = a.event_item_id
                      OR o.event_item_id = ANY (s.same_limit[a.item]::text[]))
               LIMIT 1) IS NULL
    FROM (SELECT a.*, array_position(s.ids, a.event_item_id) AS item,
                 count(*) OVER (PARTITION BY a.customer_id) AS of_customer
            FROM ROWS FROM (jsonb_to_recordset(p_attempts) AS (
              "kind" text, "entryId" text, "eventItemId" text, "customerId" text, "sessionEpoch" int,
              "loginId" text, "quantity" int, "minQuantity" int, "atMs" bigint
            )) WITH ORDINALITY AS a (kind, entry_id, event_item_id, customer_id, session_epoch, login_id,
                                     quantity, min_quantity, at_ms, n)
           WHERE a.kind = 'enter') a
   ORDER BY a.n
$$;
--> statement-breakpoint
-- Trigger of users and event_items: a row that an order or a queue entry names stays, and keeps its id. In place
-- of foreign keys, whose check of each new row costs a quarter of a reservation, and locks the rows of users.
-- That what is named is there, settle_group sees to, which alone writes orders and entries: it has read the
-- customer, and has locked the event's items.
CREATE OR REPLACE FUNCTION keep_what_is_ordered() RETURNS trigger
LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
  v_is_named boolean;
  v_key text;
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.id = OLD.id THEN
    RETURN NEW;
  END IF;
  IF TG_TABLE_NAME = 'users' THEN
    v_is_named := EXISTS (SELECT FROM orders WHERE customer_id = OLD.id)
      OR EXISTS (SELECT FROM queue_entries WHERE customer_id = OLD.id AND status = 'waiting')
      OR EXISTS (SELECT FROM queue_entries WHERE customer_id = OLD.id AND status <> 'waiting');
  ELSE
    -- Found by what their ids begin with.
    v_key := substr(OLD.event_id, 5) || '_';
    v_is_named := EXISTS (SELECT FROM orders
                           WHERE id BETWEEN 'ord_' || v_key || repeat('0', 18) AND 'ord_' || v_key || repeat('z', 18)
                             AND event_item_id = OLD.id)
      OR EXISTS (SELECT FROM queue_entries
                  WHERE id BETWEEN 'ent_' || v_key || repeat('0', 18) AND 'ent_' || v_key || repeat('z', 18)
                    AND event_item_id = OLD.id);
  END IF;
  IF v_is_named THEN
    RAISE foreign_key_violation
      USING MESSAGE = format('%s of %s is named by an order or a queue entry', OLD.id, TG_TABLE_NAME);
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
$$;
--> statement-breakpoint
-- A part of settle_group: offers to the first of an item's queue, as far as each of them gets all that they wish
-- for and nothing more needs to be asked. One row of arrays; they are null where the first one is not such.
CREATE OR REPLACE FUNCTION plain_offers(s settling, p_item int, p_entries_max int, p_ends text)
RETURNS TABLE (entries text[], customers text[], quantities int[], free_found int[], last_rank bigint,
               units int)
LANGUAGE sql STABLE AS $$
  SELECT array_agg(p.id ORDER BY p.rank), array_agg(p.customer_id ORDER BY p.rank),
         array_agg(p.quantity ORDER BY p.rank), array_agg(p.found ORDER BY p.rank), max(p.rank),
         coalesce(sum(p.quantity), 0)::int
    FROM (SELECT e.id, e.customer_id, e.quantity, e.rank,
                 (s.free[p_item] - e.units_up_to + e.quantity)::int AS found,
                 bool_and(coalesce(
                   e.active AND (e.verified OR NOT s.require_verified_email)
                   AND e.quantity <= s.limits[p_item] - e.units AND e.units_up_to <= s.free[p_item]
                   -- Their orders have ids of their own.
                   AND e.same_end = 1 AND strpos(p_ends, ' ' || right(e.id, 8)) = 0, false))
                   OVER (ORDER BY e.rank) AS is_plain
            FROM (SELECT n.*, sum(n.quantity) OVER (ORDER BY n.rank) AS units_up_to,
                         count(*) OVER (PARTITION BY right(n.id, 8)) AS same_end
                    FROM next_in_queue(s, p_item, p_entries_max) n) e) p
   WHERE p.is_plain
$$;
--> statement-breakpoint
-- A part of settle_group: one round of serve_queue for one item. Leaves in s.ended how many entries it ended.
-- Whoever is passed over because of a larger minimum keeps their rank.
--
-- Offers that are plain are made together, which takes a third less than to decide about them one by one.
CREATE OR REPLACE FUNCTION serve_item(INOUT s settling, p_item int, p_entries_max int)
LANGUAGE plpgsql AS $$
DECLARE
  v_entry record;
  v_reason text;
  v_quantity int;
  v_units_ended int;
  v_free int := s.free[p_item];
  v_units int;
  v_plain record;
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
  -- Accounts of a mailbox that share one limit are decided about one after another; and it is hardly worth it to
  -- look for more entries than there are free units.
  IF NOT s.one_limit_per_mailbox AND p_entries_max <= v_free THEN
    SELECT * INTO v_plain FROM plain_offers(s, p_item, p_entries_max, v_ends);
    IF v_plain.entries IS NOT NULL THEN
      v_entries := v_plain.entries;
      v_customers := v_plain.customers;
      v_quantities := v_plain.quantities;
      v_free_found := v_plain.free_found;
      v_free := v_free - v_plain.units;
      s.served_ranks[p_item] := greatest(s.served_ranks[p_item], v_plain.last_rank);
    END IF;
  END IF;
  -- The others only where the first is one of them.
  FOR v_entry IN
    SELECT * FROM next_in_queue(s, p_item, CASE WHEN v_entries = '{}' THEN p_entries_max ELSE 0 END)
  LOOP
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
    -- An entry has one offer at most, so its id and the time make the order's: see contract/ids.ts.
    SELECT array_agg('ord_' || substr(o.id, 5, 13) || v_time || right(o.id, 8) ORDER BY o.n)
      INTO v_orders FROM unnest(v_entries) WITH ORDINALITY AS o (id, n);
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
           coalesce(sum(o.quantity) FILTER (WHERE o.status = 'confirmed'), 0) AS bought
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
-- A part of settle_group: what is answered to an attempt to enter that makes no new entry: a refusal, or the
-- entry that is there. Null if they may enter. p_attempt is a row of entering_attempts as JSON.
CREATE OR REPLACE FUNCTION answer_to_entering(s settling, p_item int, p_attempt jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_customer text := p_attempt ->> 'customer_id';
  v_id text := p_attempt ->> 'entry_id';
  v_mine record;
  v_entry queue_entries%ROWTYPE;
BEGIN
  -- An object of the version before passes on what it does not know, without an id: others in its group
  -- must not pay for it.
  IF p_item IS NULL OR v_id IS NULL THEN
    RETURN '{"refusal": "not_found"}';
  END IF;
  -- The same attempt sent again, or what they have in this queue already.
  SELECT e.* INTO v_entry FROM queue_entries e
    LEFT JOIN orders o ON o.id = e.order_id AND o.status = 'pending'
   WHERE (e.customer_id = v_customer AND e.event_item_id = s.ids[p_item] AND e.status = 'waiting'
          OR e.customer_id = v_customer AND e.event_item_id = s.ids[p_item] AND e.status <> 'waiting')
     AND (e.id = v_id OR e.status = 'waiting' OR o.id IS NOT NULL)
   ORDER BY e.id = v_id DESC, e.seq DESC LIMIT 1;
  SELECT u.active AND u.session_epoch = coalesce((p_attempt ->> 'session_epoch')::int, u.session_epoch)
           AND NOT coalesce(u.ended_logins ? (p_attempt ->> 'login_id'), false) AS may_act,
         u.email_verified_at IS NOT NULL AS is_verified
    INTO v_mine FROM users u WHERE u.id = v_customer;
  IF v_entry.id IS DISTINCT FROM v_id AND v_mine.may_act IS NOT TRUE THEN
    RETURN '{"refusal": "unauthenticated"}';
  ELSIF v_entry.id IS NOT NULL THEN
    RETURN jsonb_build_object('entry', entry_json(v_entry),
      -- In a longer queue it is counted for everybody, outside of the event's lock.
      'ahead', CASE WHEN s.waiting[p_item] <= 1000 THEN queue_ahead_of(v_entry) END,
      'replayed', v_entry.id <> v_id);
  END IF;
  RETURN enter_refusal(s, p_item, p_attempt, v_mine.is_verified);
END
$$;
--> statement-breakpoint
CREATE TRIGGER users_keep_what_is_ordered BEFORE DELETE OR UPDATE OF id ON users
  FOR EACH ROW EXECUTE FUNCTION keep_what_is_ordered();
--> statement-breakpoint
CREATE TRIGGER event_items_keep_what_is_ordered BEFORE DELETE OR UPDATE OF id ON event_items
  FOR EACH ROW EXECUTE FUNCTION keep_what_is_ordered();
