-- What an order costs: its units, delivery, and a tax that is added; what a payment of it must be. What is added
-- to its units is fixed when somebody begins to pay.
CREATE OR REPLACE FUNCTION order_total(o orders) RETURNS bigint
LANGUAGE sql IMMUTABLE AS $$
  SELECT o.quantity * coalesce(o.unit_price_minor, o.unit_price_cents) + coalesce(o.shipping_minor, 0)
    + CASE WHEN o.tax_included THEN 0 ELSE coalesce(o.tax_minor, 0) END
$$;
