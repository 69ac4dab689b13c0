-- How an object of the version before draws an event, by a seed that nobody can check: it waits until one of this
-- version does so, by rank_draw.
CREATE OR REPLACE FUNCTION draw_entries(p_event_id text, p_now_ms bigint, p_seed bytea)
RETURNS boolean
LANGUAGE sql AS $$
  SELECT false
$$;
--> statement-breakpoint
-- A field of the bytes that a draw is proven by: its length in four bytes, the highest first, then its text as
-- UTF-8. See docs/fairness.md.
CREATE OR REPLACE FUNCTION draw_field(p_text text) RETURNS bytea
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT int4send(octet_length(p_text)) || convert_to(p_text, 'UTF8')
$$;
--> statement-breakpoint
-- The bytes of record 0 of a draw: see docs/fairness.md. p_start is DrawStart in contract/draw.ts.
CREATE OR REPLACE FUNCTION draw_start_record(p_start jsonb) RETURNS bytea
LANGUAGE sql STABLE AS $$
  SELECT draw_field('swiftdrop draw 1') || draw_field('start')
         || draw_field(p_start ->> 'eventId') || draw_field(p_start ->> 'number')
         || draw_field(p_start ->> 'startsAtMs') || draw_field(p_start ->> 'entriesCloseAtMs')
         || draw_field(p_start -> 'beacon' ->> 'kind') || draw_field(p_start -> 'beacon' ->> 'chain')
         || draw_field(p_start -> 'beacon' ->> 'publicKey') || draw_field(p_start -> 'beacon' ->> 'round')
         || draw_field(p_start -> 'beacon' ->> 'roundAtMs')
         || draw_field(p_start ->> 'offerSeconds') || draw_field(p_start ->> 'payment')
         || draw_field(p_start ->> 'currency')
         || draw_field(jsonb_array_length(p_start -> 'items')::text)
         || (SELECT string_agg(draw_field(i.item ->> 'eventItemId') || draw_field(i.item ->> 'stock')
                               || draw_field(i.item ->> 'priceMinor')
                               || draw_field(i.item ->> 'limitPerCustomer'), ''::bytea ORDER BY i.n)
               FROM jsonb_array_elements(p_start -> 'items') WITH ORDINALITY AS i (item, n))
$$;
--> statement-breakpoint
-- The bytes of one entering or leaving in the chain of a draw: see docs/fairness.md. p_seq is its number there.
CREATE OR REPLACE FUNCTION draw_record(p_kind text, p_seq bigint, e queue_entries, p_at timestamptz)
RETURNS bytea
LANGUAGE sql STABLE AS $$
  SELECT draw_field(p_kind) || draw_field(p_seq::text) || draw_field(e.id) || draw_field(e.event_item_id)
         || draw_field(e.quantity::text) || draw_field(e.min_quantity::text)
         || draw_field(epoch_ms(p_at)::text)
$$;
--> statement-breakpoint
-- What a draw depends on, as the event stands now: DrawStart in contract/draw.ts. An event that was planned before
-- beacons were named gets the round of the local beacon that is due at its start or next.
CREATE OR REPLACE FUNCTION draw_start(p_event_id text, p_number int) RETURNS jsonb
LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'eventId', e.id, 'number', p_number,
    'startsAtMs', epoch_ms(e.starts_at), 'entriesCloseAtMs', epoch_ms(e.entries_close_at),
    'beacon', coalesce(e.draw_beacon, jsonb_build_object(
      'kind', 'local', 'chain', '', 'publicKey', '',
      'round', (epoch_ms(e.starts_at) + 2999) / 3000 + 1,
      'roundAtMs', (epoch_ms(e.starts_at) + 2999) / 3000 * 3000)),
    'offerSeconds', e.offer_seconds, 'payment', e.payment, 'currency', e.currency,
    'items', (SELECT jsonb_agg(jsonb_build_object(
                'eventItemId', i.id, 'stock', i.stock_total, 'priceMinor', i.price_minor,
                'limitPerCustomer', i.limit_per_customer) ORDER BY i.position)
                FROM event_items i WHERE i.event_id = e.id))
    FROM events e WHERE e.id = p_event_id
$$;
--> statement-breakpoint
-- A queue entry as JSON, with the members of EntryRecord in sale/rules/attempts.ts. p_head is the one of its record.
CREATE OR REPLACE FUNCTION entry_with_record(e queue_entries, p_head bytea) RETURNS jsonb
LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'id', e.id, 'eventId', e.event_id, 'eventItemId', e.event_item_id, 'quantity', e.quantity,
    'minQuantity', e.min_quantity, 'status', e.status, 'reason', e.reason,
    'enteredAtMs', epoch_ms(e.entered_at), 'seq', e.seq, 'rank', e.rank, 'orderId', e.order_id,
    'record', CASE WHEN e.record_seq IS NOT NULL THEN
      jsonb_build_object('seq', e.record_seq, 'head', encode(p_head, 'hex')) END)
$$;
--> statement-breakpoint
-- A queue entry as JSON, with its record in the chain of a draw, where it has one.
CREATE OR REPLACE FUNCTION entry_json(e queue_entries) RETURNS jsonb
LANGUAGE sql STABLE AS $$
  SELECT entry_with_record(e, (SELECT r.head FROM draw_records r
                                WHERE r.event_id = e.event_id AND r.seq = e.record_seq))
$$;
--> statement-breakpoint
-- The last record of a draw's chain; null before the first entry.
CREATE OR REPLACE FUNCTION last_record(p_event_id text) RETURNS draw_records
LANGUAGE sql STABLE AS $$
  SELECT r FROM draw_records r WHERE r.event_id = p_event_id ORDER BY r.seq DESC LIMIT 1
$$;
--> statement-breakpoint
-- Whether a draw may be given up for a reason of GiveUpReason in contract/draw.ts: never once it is drawn, and not
-- while its round can be had. Null where there is none to give up: no draw that somebody entered, one that is drawn,
-- or was given up.
CREATE OR REPLACE FUNCTION may_give_up_draw(p_event_id text, p_reason text, p_now timestamptz) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT CASE p_reason
           WHEN 'cancelled' THEN epoch_ms(p_now) < r.at_ms
           WHEN 'beacon_silent' THEN epoch_ms(p_now) >= r.at_ms + 3600000
           WHEN 'undrawn_at_end' THEN p_now >= e.ends_at END
    FROM draw_proofs p JOIN events e ON e.id = p.event_id LEFT JOIN draws d ON d.event_id = p.event_id
   CROSS JOIN LATERAL (SELECT (p.start -> 'beacon' ->> 'roundAtMs')::bigint AS at_ms) r
   WHERE p.event_id = p_event_id AND p.given_up_at IS NULL AND d.drawn_at IS NULL
$$;
--> statement-breakpoint
-- The record behind another one in the chain of a draw: of an entry that enters or leaves.
CREATE OR REPLACE FUNCTION next_record(p_last draw_records, p_kind text, e queue_entries, p_at timestamptz)
RETURNS draw_records
LANGUAGE sql STABLE AS $$
  SELECT ROW(e.event_id, p_last.seq + 1, p_kind, e.id, p_at,
             sha256(p_last.head || draw_record(p_kind, p_last.seq + 1, e, p_at)))::draw_records
$$;
--> statement-breakpoint
-- Draws an event: ranks the entries that take part, within each item, by HMAC-SHA-256 of their id with the seed as
-- key, smallest first, and keeps what proves it. Those take part whose entering was chained and whose leaving was
-- not. Whoever was skipped, or left behind the lock, keeps a rank too, so that nobody's rank depends on what the
-- shop decides. Does nothing for a draw that is drawn. p_signature and p_randomness are the beacon's; null for a
-- draw that nobody entered.
-- Returns false where there is none to draw: no draw, not locked yet, or given up.
--
-- Takes the event's lock, as settle_group does. SHA-256 of Postgres is all that it needs: an HMAC is
-- sha256(outer pad || sha256(inner pad || message)), RFC 2104.
--
-- No index has the rank, and each page of entries has room for those on it once more: so their indexes are not
-- written. Under the event's lock no entry moves meanwhile, so each is found by its place. A trigger writes
-- queue_places, in the order of the ranks. 100,000 entries are sorted in 16 MB of memory instead of on disk.
CREATE OR REPLACE FUNCTION rank_draw(p_event_id text, p_now_ms bigint, p_seed bytea, p_signature bytea,
                                     p_randomness bytea) RETURNS boolean
LANGUAGE plpgsql SET enable_seqscan = off SET work_mem = '64MB' AS $$
DECLARE
  v_now timestamptz := to_timestamp(p_now_ms / 1000.0);
  v_draw draws%ROWTYPE;
  v_proof draw_proofs%ROWTYPE;
  v_inner bytea := decode(repeat('36', 64), 'hex');
  v_outer bytea := decode(repeat('5c', 64), 'hex');
BEGIN
  PERFORM FROM events WHERE id = p_event_id FOR NO KEY UPDATE;
  -- Never before the settlement that came before.
  SELECT greatest(v_now, settled_at) INTO v_now FROM event_queues WHERE event_id = p_event_id;
  SELECT * INTO v_draw FROM draws WHERE event_id = p_event_id;
  SELECT * INTO v_proof FROM draw_proofs WHERE event_id = p_event_id;
  IF v_draw.event_id IS NULL OR v_proof.given_up_at IS NOT NULL THEN
    RETURN false;
  ELSIF v_draw.drawn_at IS NOT NULL THEN
    RETURN true;
  ELSIF v_proof.event_id IS NOT NULL AND num_nulls(p_signature, p_randomness) > 0 THEN
    RAISE EXCEPTION 'the draw of % needs the round of its beacon', p_event_id;
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
       AND event_id = p_event_id AND record_seq IS NOT NULL
       AND id NOT IN (SELECT r.entry_id FROM draw_records r
                       WHERE r.event_id = p_event_id AND r.kind = 'leave')
  ), ranked AS MATERIALIZED (
    SELECT place, id, event_item_id, score, row_number() OVER w AS rank,
           -- Of those who wait, with it.
           count(*) FILTER (WHERE waits) OVER so_far AS waiting,
           coalesce(sum(quantity) FILTER (WHERE waits) OVER so_far, 0) AS units,
           CASE WHEN waits THEN 1 ELSE 0 END AS own, CASE WHEN waits THEN quantity ELSE 0 END AS own_units
      FROM scored
    WINDOW w AS (PARTITION BY event_item_id ORDER BY score), so_far AS (w ROWS UNBOUNDED PRECEDING)
  ), numbered AS (
    UPDATE queue_entries e SET rank = r.rank
      FROM (SELECT place, rank FROM ranked ORDER BY event_item_id, rank OFFSET 0) r WHERE e.ctid = r.place
  ), items AS (
    -- About 64 steps of each.
    SELECT event_item_id, greatest(count(*) / 64, 1) AS step FROM scored GROUP BY event_item_id
  ), listed AS (
    SELECT event_item_id, string_agg(draw_field(id), ''::bytea ORDER BY rank) AS ids, count(*) AS entries
      FROM ranked GROUP BY event_item_id
  ), proven AS (
    UPDATE draw_proofs p
       SET signature = encode(p_signature, 'hex'), randomness = encode(p_randomness, 'hex'),
           ranking = encode(sha256(draw_field('swiftdrop draw 1 ranking') || (
             SELECT string_agg(draw_field(i.id) || draw_field(coalesce(l.entries, 0)::text)
                               || coalesce(l.ids, ''), ''::bytea ORDER BY i.n)
               FROM (SELECT item ->> 'eventItemId' AS id, n
                       FROM jsonb_array_elements(p.start -> 'items') WITH ORDINALITY AS s (item, n)) i
               LEFT JOIN listed l ON l.event_item_id = i.id)), 'hex')
     WHERE p.event_id = p_event_id
  )
  UPDATE draws d
     SET seed = encode(p_seed, 'hex'), drawn_at = v_now,
         steps = coalesce((
           SELECT jsonb_object_agg(s.event_item_id, s.steps)
             FROM (SELECT r.event_item_id, jsonb_agg(jsonb_build_object(
                            'score', encode(r.score, 'hex'), 'rank', r.rank,
                            'entriesBefore', r.waiting - r.own, 'unitsBefore', r.units - r.own_units)
                          ORDER BY r.rank) AS steps
                     FROM ranked r JOIN items i ON i.event_item_id = r.event_item_id
                    WHERE (r.rank - 1) % i.step = 0
                    GROUP BY r.event_item_id) s), '{}')
   WHERE d.event_id = p_event_id;
  RETURN true;
END
$$;
--> statement-breakpoint
-- A part of settle_group: writes new queue entries. Names its columns, so that one which a later version adds
-- gets its default.
CREATE OR REPLACE FUNCTION write_entries(p_entries queue_entries[]) RETURNS void
LANGUAGE sql AS $$
  INSERT INTO queue_entries (id, event_id, event_item_id, customer_id, quantity, min_quantity, status,
                             entered_at, seq, rank, record_seq, entered_in)
  SELECT e.id, e.event_id, e.event_item_id, e.customer_id, e.quantity, e.min_quantity, e.status,
         e.entered_at, e.seq, e.rank, e.record_seq, e.entered_in
    FROM unnest(p_entries) AS e
$$;
--> statement-breakpoint
-- Writes new records of the chain of a draw.
CREATE OR REPLACE FUNCTION write_records(p_records draw_records[]) RETURNS void
LANGUAGE sql AS $$
  INSERT INTO draw_records (event_id, seq, kind, entry_id, at, head)
  SELECT r.event_id, r.seq, r.kind, r.entry_id, r.at, r.head FROM unnest(p_records) AS r
$$;
--> statement-breakpoint
-- Chains that entries left, in the order given, where the entries of their draw are not locked. The caller holds
-- the event's lock, and has begun a settlement, which locks what is due.
CREATE OR REPLACE FUNCTION chain_leaves(p_event_id text, p_left queue_entries[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  v_last draw_records := last_record(p_event_id);
  v_entry queue_entries%ROWTYPE;
  v_records draw_records[] := '{}';
BEGIN
  IF v_last.seq IS NULL OR EXISTS (SELECT FROM draws WHERE event_id = p_event_id) THEN
    RETURN;
  END IF;
  FOREACH v_entry IN ARRAY p_left LOOP
    v_last := next_record(v_last, 'leave', v_entry, v_entry.ended_at);
    v_records := v_records || v_last;
  END LOOP;
  PERFORM write_records(v_records);
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
  -- Those that waited, which a draw chains before its lock.
  v_left queue_entries[] := '{}';
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
      v_left := v_left || v_entry;
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
  IF NOT s.is_locked AND cardinality(v_left) > 0 THEN
    PERFORM chain_leaves(s.event_id, v_left);
  END IF;
  s.answers := v_answers;
END
$$;
--> statement-breakpoint
-- Begins the chain of a draw: gives the draw its number, which has no gaps since whoever takes one waits for the
-- others, and fixes what it depends on. The caller holds the event's lock. Returns the last record.
--
-- Entries that were made before chains were kept come first, in their order, as if they entered now.
CREATE OR REPLACE FUNCTION start_chain(p_event_id text, p_now timestamptz) RETURNS draw_records
LANGUAGE plpgsql AS $$
DECLARE
  v_start jsonb;
  v_last draw_records;
  v_entry queue_entries%ROWTYPE;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('the number of a draw'));
  SELECT draw_start(p_event_id, coalesce(max(number), 0) + 1) INTO v_start FROM draw_proofs;
  INSERT INTO draw_proofs (event_id, number, start)
  VALUES (p_event_id, (v_start ->> 'number')::int, v_start);
  v_last := ROW(p_event_id, 0, 'start', NULL, p_now,
                sha256(decode(repeat('00', 32), 'hex') || draw_start_record(v_start)));
  PERFORM write_records(ARRAY[v_last]);

  FOR v_entry IN
    SELECT * FROM queue_entries
     WHERE id BETWEEN 'ent_' || substr(p_event_id, 5) || '_' || repeat('0', 18)
                  AND 'ent_' || substr(p_event_id, 5) || '_' || repeat('z', 18)
       AND event_id = p_event_id
     ORDER BY seq
  LOOP
    v_last := next_record(v_last, 'enter', v_entry, p_now);
    UPDATE queue_entries SET record_seq = v_last.seq WHERE id = v_entry.id;
    PERFORM write_records(ARRAY[v_last]);
    IF v_entry.status = 'left' THEN
      v_last := next_record(v_last, 'leave', v_entry, p_now);
      PERFORM write_records(ARRAY[v_last]);
    END IF;
  END LOOP;
  RETURN v_last;
END
$$;
--> statement-breakpoint
-- A part of settle_group: new queue entries, in order of arrival. An entry that waits, or whose offer is
-- pending, is given again instead of another one.
--
-- Entries are written together, up to the next attempt about which something must be asked: a third of what
-- it costs to write them one by one, in CPU of a Postgres 18 with 250 attempts a group. Before the lock of a draw
-- each is chained, and its answer has the head of that moment. The first one begins the chain.
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
  -- The last record of the draw's chain, and those that are not written yet.
  v_last draw_records;
  v_records draw_records[] := '{}';
  v_answer jsonb;
BEGIN
  FOR v_attempt IN SELECT * FROM entering_attempts(s, p_attempts) LOOP
    v_item := v_attempt.item;
    IF v_attempt.is_plain IS NOT TRUE THEN
      PERFORM write_entries(v_new), write_records(v_records);
      v_new := '{}';
      v_records := '{}';
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
    IF NOT s.is_locked THEN
      IF v_last.seq IS NULL THEN
        v_last := coalesce(last_record(s.event_id), start_chain(s.event_id, s.now));
      END IF;
      v_entry.record_seq := v_last.seq + 1;
      v_last := next_record(v_last, 'enter', v_entry, s.now);
      v_records := v_records || v_last;
    END IF;
    v_new := v_new || v_entry;
    v_answers[v_attempt.n] := jsonb_build_object('entry', entry_with_record(v_entry, v_last.head), 'replayed', false,
      'ahead', CASE WHEN s.is_locked AND s.draw_at_ms IS NULL THEN jsonb_build_object(
                 'entries', s.waiting[v_item], 'units', s.waiting_units[v_item]) END);
    s.waiting[v_item] := s.waiting[v_item] + 1;
    s.waiting_units[v_item] := s.waiting_units[v_item] + v_attempt.quantity;
  END LOOP;
  PERFORM write_entries(v_new), write_records(v_records);
  s.answers := v_answers;
END
$$;
--> statement-breakpoint
-- Locks the entries of a draw: those so far take part, and the head of their chain is final. Does nothing where
-- they are locked. The caller holds the event's lock.
CREATE OR REPLACE FUNCTION lock_entries(p_event_id text, p_now timestamptz, p_settlement bigint,
                                        p_last_seq bigint) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  v_last draw_records;
BEGIN
  INSERT INTO draws (event_id, locked_at, locked_in, entry_count)
  VALUES (p_event_id, p_now, p_settlement, p_last_seq)
  ON CONFLICT (event_id) DO NOTHING;
  IF NOT FOUND OR p_last_seq = 0 THEN
    RETURN;
  END IF;
  v_last := last_record(p_event_id);
  -- Its entries were made before chains were kept.
  IF v_last.seq IS NULL THEN
    v_last := start_chain(p_event_id, p_now);
  END IF;
  UPDATE draw_proofs SET records = v_last.seq, head = encode(v_last.head, 'hex')
   WHERE event_id = p_event_id;
END
$$;
--> statement-breakpoint
-- Locks the entries of a draw once their time is over. The caller holds the event's lock, and calls it before
-- anything else changes in the settlement. Does nothing where they are locked, before that time, and for an event
-- without a draw.
CREATE OR REPLACE FUNCTION lock_draw(p_event_id text, p_now timestamptz, p_settlement bigint,
                                     p_last_seq bigint) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM events
              WHERE id = p_event_id AND admission = 'draw' AND p_now >= entries_close_at) THEN
    PERFORM lock_entries(p_event_id, p_now, p_settlement, p_last_seq);
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
      PERFORM lock_draw(s.event_id, s.now, s.settlement, s.last_seq);
      SELECT * INTO v_draw FROM draws WHERE event_id = s.event_id;
    END IF;
    s.is_locked := v_draw.event_id IS NOT NULL;
    s.locks_at_ms := CASE WHEN NOT s.is_locked THEN epoch_ms(p_event.entries_close_at) END;
    -- One that was given up is not to come any more.
    s.draw_at_ms := CASE WHEN v_draw.drawn_at IS NULL
                          AND NOT EXISTS (SELECT FROM draw_proofs
                                           WHERE event_id = s.event_id AND given_up_at IS NOT NULL)
                         THEN epoch_ms(p_event.starts_at) END;
  END IF;
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
  v_gone text[];
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
    RETURNING q.id, q.event_item_id, q.quantity
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
         (SELECT array_agg(id) FROM ended WHERE paying), (SELECT array_agg(id) FROM gone)
    INTO v_event_ids, v_unpaid, v_gone FROM changed;
  PERFORM chain_leaves(event_id, array_agg(q ORDER BY q.id))
     FROM queue_entries q WHERE id = ANY (v_gone) GROUP BY event_id;
  IF v_unpaid IS NOT NULL THEN
    PERFORM release_payments_of(v_unpaid, '{open,authorised}', v_now);
  END IF;
  RETURN v_event_ids;
END
$$;
--> statement-breakpoint
-- Gives up a draw that is not drawn, for a reason for which it may be: its entries are locked as they are, and never
-- ranked. The event is closed for good by the caller, in the same transaction. Takes the event's lock.
-- Returns whether it was given up now.
CREATE OR REPLACE FUNCTION give_up_draw(p_event_id text, p_reason text, p_now_ms bigint) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
  v_queue event_queues%ROWTYPE;
BEGIN
  PERFORM FROM events WHERE id = p_event_id FOR NO KEY UPDATE;
  IF may_give_up_draw(p_event_id, p_reason, to_timestamp(p_now_ms / 1000.0)) IS NOT TRUE THEN
    RETURN false;
  END IF;
  PERFORM next_settlement(p_event_id, to_timestamp(p_now_ms / 1000.0));
  SELECT * INTO STRICT v_queue FROM event_queues WHERE event_id = p_event_id;
  PERFORM lock_entries(p_event_id, v_queue.settled_at, v_queue.settlement, v_queue.last_seq);
  UPDATE draw_proofs SET given_up_at = v_queue.settled_at, given_up_reason = p_reason
   WHERE event_id = p_event_id;
  RETURN true;
END
$$;
