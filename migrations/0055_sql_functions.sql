-- Safe beside the old version: whatever it writes into queue_entries, the triggers write into queue_places. The
-- first of them stops all writing of entries until those that wait are in it: so none is missed, or twice there.
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
--> statement-breakpoint
-- Trigger of queue_entries, for each statement: queue_places has those who wait with a rank, whatever wrote them.
--
-- The rows of a statement are looked up one by one by their key: a join would be planned by how many places there
-- were once, which may be none.
CREATE OR REPLACE FUNCTION keep_queue_places() RETURNS trigger
LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    DELETE FROM queue_places WHERE ctid = ANY (ARRAY(
      SELECT (SELECT p.ctid FROM queue_places p
               WHERE p.event_item_id = b.event_item_id AND p.min_quantity = b.min_quantity
                 AND p.rank = b.rank AND p.entry_id = b.id)
        FROM entries_before b WHERE b.status = 'waiting' AND b.rank IS NOT NULL));
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO queue_places (event_item_id, min_quantity, rank, entry_id, quantity, customer_id)
    SELECT event_item_id, min_quantity, rank, id, quantity, customer_id
      FROM entries_after WHERE status = 'waiting' AND rank IS NOT NULL
     ORDER BY event_item_id, min_quantity, rank;
  END IF;
  RETURN NULL;
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
  SELECT e.entry_id, e.customer_id, e.rank, e.quantity, e.min_quantity, u.active,
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
                   SELECT q.* FROM queue_places q
                    WHERE q.event_item_id = s.ids[p_item] AND q.min_quantity = m.min_quantity
                    ORDER BY q.rank LIMIT p_entries_max) w
           ORDER BY w.rank LIMIT p_entries_max) e
   -- For each of them: planned for any number of them, a join would read all users.
   CROSS JOIN LATERAL (SELECT * FROM users WHERE users.id = e.customer_id OFFSET 0) u
   ORDER BY e.rank
$$;
--> statement-breakpoint
-- What waits before an entry that waits with a rank; null for any other, and until a draw is drawn: those who
-- take part in it are before those who came too late for it, and have no rank yet. Counts places in the order in
-- which the queue is served, one range for each minimum that a wish may have.
CREATE OR REPLACE FUNCTION queue_ahead_of(e queue_entries) RETURNS jsonb
LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN e.status = 'waiting' AND e.rank IS NOT NULL AND NOT EXISTS (
    SELECT FROM draws d WHERE d.event_id = e.event_id AND d.drawn_at IS NULL) THEN (
    SELECT jsonb_build_object('entries', count(*), 'units', coalesce(sum(o.quantity), 0))
      FROM generate_series(1, 100) AS m (min_quantity)
      JOIN queue_places o ON o.event_item_id = e.event_item_id AND o.min_quantity = m.min_quantity
                         AND o.rank < e.rank) END
$$;
--> statement-breakpoint
CREATE TRIGGER queue_entries_places_insert AFTER INSERT ON queue_entries
  REFERENCING NEW TABLE AS entries_after FOR EACH STATEMENT EXECUTE FUNCTION keep_queue_places();
--> statement-breakpoint
CREATE TRIGGER queue_entries_places_update AFTER UPDATE ON queue_entries
  REFERENCING OLD TABLE AS entries_before NEW TABLE AS entries_after
  FOR EACH STATEMENT EXECUTE FUNCTION keep_queue_places();
--> statement-breakpoint
CREATE TRIGGER queue_entries_places_delete AFTER DELETE ON queue_entries
  REFERENCING OLD TABLE AS entries_before FOR EACH STATEMENT EXECUTE FUNCTION keep_queue_places();
--> statement-breakpoint
INSERT INTO queue_places (event_item_id, min_quantity, rank, entry_id, quantity, customer_id)
SELECT event_item_id, min_quantity, rank, id, quantity, customer_id FROM queue_entries
 WHERE status = 'waiting' AND rank IS NOT NULL;
