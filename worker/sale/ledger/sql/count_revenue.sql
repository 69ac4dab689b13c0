-- A part of settle_holds: adds orders that are confirmed now to what their event sold in this quarter of an hour. The
-- caller has locked the event, so that nobody else adds to the row.
CREATE OR REPLACE FUNCTION count_revenue(p_event_id text, p_orders text[], p_now timestamptz) RETURNS void
LANGUAGE sql AS $$
  INSERT INTO revenue_quarters AS r (begins_at, event_id, currency, orders, units, gross_minor)
  SELECT date_bin('15 minutes', p_now, '2000-01-01 00:00:00+00'), p_event_id, o.currency, count(*), sum(o.quantity),
         sum(order_total(o))
    FROM orders o WHERE o.id = ANY (p_orders) GROUP BY o.currency
      ON CONFLICT (begins_at, event_id, currency) DO UPDATE
     SET orders = r.orders + excluded.orders, units = r.units + excluded.units,
         gross_minor = r.gross_minor + excluded.gross_minor
$$;
