-- Draws an event: ranks the entries that waited when it was locked, within each item, by HMAC-SHA-256 of their
-- id with the seed as key, smallest first. Whoever left or was disqualified since keeps a rank too, so that
-- nobody's rank depends on what happens behind the lock. Does nothing for a draw that is drawn.
-- Returns false where there is none to draw: no draw, or not locked yet.
--
-- Takes the event's lock, as settle_group does. SHA-256 of Postgres is all that it needs: an HMAC is
-- sha256(outer pad || sha256(inner pad || message)), RFC 2104.
--
-- No index has the rank, and each page of entries has room for those on it once more: so their indexes are not
-- written. Under the event's lock no entry moves meanwhile, so each is found by its place. A trigger writes
-- queue_places, in the order of the ranks. 100,000 entries are sorted in 16 MB of memory instead of on disk.
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
    SELECT place, event_item_id, score, row_number() OVER w AS rank,
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
