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
