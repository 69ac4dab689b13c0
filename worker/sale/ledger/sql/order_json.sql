-- An order as JSON, with the members of OrderRecord in sale/rules/attempts.ts.
CREATE OR REPLACE FUNCTION order_json(o orders) RETURNS jsonb
LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'id', o.id, 'eventId', o.event_id, 'eventItemId', o.event_item_id, 'status', o.status,
    'quantity', o.quantity, 'unitPriceCents', coalesce(o.unit_price_minor, o.unit_price_cents),
    'currency', o.currency, 'variantLabel', o.variant_label,
    'reservedAtMs', epoch_ms(o.reserved_at), 'expiresAtMs', epoch_ms(o.expires_at),
    'entryId', o.entry_id, 'payOnline', o.pay_online, 'unitsReturned', o.units_returned,
    'payment', CASE WHEN o.paying OR o.payment_id IS NOT NULL THEN order_payment(o) END)
$$;
