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
