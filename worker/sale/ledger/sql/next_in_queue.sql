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
