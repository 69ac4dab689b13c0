-- Until when a customer's own hold, of any of these items, is kept beyond its shown end, since its payment may
-- still arrive: the first of those. Null without one. Asked only where the limit is reached.
CREATE OR REPLACE FUNCTION payment_checked_until(p_customer_id text, p_items text[], p_now timestamptz)
RETURNS bigint
LANGUAGE sql STABLE AS $$
  SELECT epoch_ms(min(hold_ends_at(o.expires_at, true))) FROM orders o
   WHERE o.customer_id = p_customer_id AND o.event_item_id = ANY (p_items)
     AND o.status = 'pending' AND o.paying AND o.expires_at <= p_now
$$;
