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
