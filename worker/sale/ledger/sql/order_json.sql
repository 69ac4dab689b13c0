-- An order as JSON, with the members of OrderRecord in sale/rules/attempts.ts. Its costs are told once they are
-- fixed, which is when somebody begins to pay; who began by a version before costs were kept pays the items alone.
CREATE OR REPLACE FUNCTION order_json(o orders) RETURNS jsonb
LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'id', o.id, 'eventId', o.event_id, 'eventItemId', o.event_item_id, 'status', o.status,
    'quantity', o.quantity, 'unitPriceCents', coalesce(o.unit_price_minor, o.unit_price_cents),
    'currency', o.currency, 'variantLabel', o.variant_label,
    'reservedAtMs', epoch_ms(o.reserved_at), 'expiresAtMs', epoch_ms(o.expires_at),
    'entryId', o.entry_id, 'payOnline', o.pay_online, 'unitsReturned', o.units_returned,
    'payment', CASE WHEN o.paying OR o.payment_id IS NOT NULL THEN order_payment(o) END)
  || CASE WHEN o.costs_fixed OR o.paying THEN jsonb_build_object('costs', jsonb_build_object(
       'shippingCents', o.shipping_minor, 'country', o.costs_country,
       'tax', CASE WHEN o.tax_minor IS NOT NULL THEN jsonb_build_object(
         'amountCents', o.tax_minor, 'included', coalesce(o.tax_included, false),
         'rateMilli', coalesce(o.tax_rate_milli, 0)) END)) ELSE '{}' END
$$;
