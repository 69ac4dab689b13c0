-- A part of settle_group: the orders that are offered, a mail for each, and a notification for each
-- device of theirs. What has not left when its offer ends is dropped. A key cannot be taken: an entry has
-- one order, whose row would fail before.
CREATE OR REPLACE FUNCTION make_offers(s settling, p_item int, p_entries text[], p_orders text[],
                                       p_customers text[], p_quantities int[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO orders (id, event_id, event_item_id, customer_id, status, quantity,
                      unit_price_cents, unit_price_minor, currency, reserved_at, expires_at,
                      event_title, item_name, item_description, item_image_url,
                      variant_label, pay_online, entry_id, made_in)
  SELECT o.id, s.event_id, s.ids[p_item], o.customer_id, 'pending',
         o.quantity, least(s.prices[p_item], 2147483647), s.prices[p_item], s.currency, s.now,
         s.offer_ends_at, s.title, s.names[p_item], s.descriptions[p_item], s.image_urls[p_item],
         s.variant_labels[p_item], s.pay_online AND s.prices[p_item] > 0, o.entry_id, s.settlement
    FROM unnest(p_orders, p_entries, p_customers, p_quantities)
      AS o (id, entry_id, customer_id, quantity);
  INSERT INTO outbox (kind, key, user_id, payload, priority, created_at, due_at, drop_after)
  SELECT 'mail.your_turn', 'your_turn/' || o.entry_id, o.customer_id,
         jsonb_build_object('userId', o.customer_id, 'orderId', o.id),
         1, s.now, s.now, s.offer_ends_at
    FROM unnest(p_orders, p_entries, p_customers) AS o (id, entry_id, customer_id);
  INSERT INTO outbox (kind, key, user_id, payload, priority, created_at, due_at, drop_after)
  SELECT 'push.your_turn', concat_ws('/', 'your_turn', o.entry_id, p.id), o.customer_id,
         jsonb_build_object('userId', o.customer_id, 'subscriptionId', p.id, 'orderId', o.id),
         0, s.now, s.now, s.offer_ends_at
    FROM unnest(p_orders, p_entries, p_customers) AS o (id, entry_id, customer_id)
    JOIN push_subscriptions p ON p.user_id = o.customer_id;
END
$$;
