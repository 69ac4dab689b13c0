-- A part of settle_group: reservations of what is free for all who want it. Their order makes no
-- difference, and those about whom there is nothing to ask (active, the sale open, first of their
-- customer, no order of the item and no key of theirs in the way, no second account of a mailbox that is
-- limited) are granted together: it costs a third of granting them one by one. Each question is a probe
-- of an index for one row.
CREATE OR REPLACE FUNCTION grant_together(INOUT s settling, p_attempts jsonb)
LANGUAGE plpgsql AS $$
DECLARE
  -- Outside of the record, whose array would be copied whole for each answer.
  v_answers jsonb[] := s.answers;
  v_item int;
  -- What is granted together, one array per column, and how many of them there are.
  v_plain int[];
  v_plain_items int[];
  v_plain_orders text[];
  v_plain_customers text[];
  v_plain_quantities int[];
  v_plain_keys text[];
  v_granted int;
  v_nth int;
BEGIN
  SELECT array_agg(a.n), array_agg(a.item), array_agg(a.order_id), array_agg(a.customer_id),
         array_agg(a.quantity), array_agg(a.key)
    INTO v_plain, v_plain_items, v_plain_orders, v_plain_customers, v_plain_quantities, v_plain_keys
    FROM (SELECT a.*, array_position(s.ids, a.event_item_id) AS item,
                 sum(a.quantity) OVER (PARTITION BY a.event_item_id) AS wanted,
                 count(*) OVER (PARTITION BY a.customer_id) AS of_customer
            FROM ROWS FROM (jsonb_to_recordset(p_attempts) AS (
              "kind" text, "orderId" text, "eventItemId" text, "customerId" text,
              "sessionEpoch" int, "loginId" text, "quantity" int, "key" text, "atMs" bigint,
              "shownPriceCents" bigint, "shownCurrency" text
            )) WITH ORDINALITY AS a (kind, order_id, event_item_id, customer_id, session_epoch, login_id,
                                     quantity, key, at_ms, shown_price_cents, shown_currency, n)
           WHERE a.kind = 'reserve') a
   WHERE a.wanted <= s.free[a.item] AND s.has_more[a.item] IS NOT TRUE AND s.draw_at_ms IS NULL
     AND a.of_customer = 1 AND a.quantity <= s.limits[a.item]
     AND a.at_ms >= s.opens_at_ms AND a.at_ms < s.closes_at_ms
     AND coalesce(a.shown_price_cents = s.prices[a.item], true)
     AND coalesce(a.shown_currency = s.currency, true)
     AND (SELECT u.active AND u.session_epoch = coalesce(a.session_epoch, u.session_epoch)
                 AND NOT coalesce(u.ended_logins ? a.login_id, false)
                 AND (NOT s.require_verified_email OR u.email_verified_at IS NOT NULL)
                 AND (NOT s.one_limit_per_mailbox
                      OR (SELECT other.id FROM users other
                           WHERE mailbox_of(other.email) = mailbox_of(u.email) AND other.id <> u.id
                           LIMIT 1) IS NULL)
            FROM users u WHERE u.id = a.customer_id)
     AND (SELECT o.id FROM orders o
           WHERE o.customer_id = a.customer_id
             AND (o.event_item_id = a.event_item_id
                  OR o.event_item_id = ANY (s.same_limit[a.item]::text[])
                  OR a.key IN (o.reserve_key, o.confirm_key, o.cancel_key))
           LIMIT 1) IS NULL;
  INSERT INTO orders (id, event_id, event_item_id, customer_id, status, quantity,
                      unit_price_cents, unit_price_minor, currency, reserved_at, expires_at,
                      reserve_key, event_title, item_name, item_description, item_image_url,
                      variant_label, pay_online, made_in)
  SELECT a.order_id, s.event_id, s.ids[a.item], a.customer_id, 'pending', a.quantity,
         least(s.prices[a.item], 2147483647), s.prices[a.item], s.currency, s.now,
         s.now + make_interval(secs => s.hold_seconds), a.key,
         s.title, s.names[a.item], s.descriptions[a.item], s.image_urls[a.item],
         s.variant_labels[a.item], s.pay_online AND s.prices[a.item] > 0, s.settlement
    FROM unnest(v_plain_orders, v_plain_items, v_plain_customers, v_plain_quantities, v_plain_keys)
      AS a (order_id, item, customer_id, quantity, key)
  ON CONFLICT DO NOTHING;
  GET DIAGNOSTICS v_granted = ROW_COUNT;
  FOR v_nth IN 1 .. coalesce(array_length(v_plain, 1), 0) LOOP
    -- Fewer than were sent: a key was used on another event in this very moment.
    CONTINUE WHEN v_granted < array_length(v_plain, 1)
              AND NOT EXISTS (SELECT FROM orders WHERE id = v_plain_orders[v_nth]);
    v_item := v_plain_items[v_nth];
    s.free[v_item] := s.free[v_item] - v_plain_quantities[v_nth];
    s.to_held[v_item] := s.to_held[v_item] + v_plain_quantities[v_nth];
    -- The caller knows the rest of it: the attempt, the price and the times are in its hands.
    v_answers[v_plain[v_nth]] := '{"granted": true}';
  END LOOP;
  s.answers := v_answers;
END
$$;
