-- What a draw depends on, as the event stands now: DrawStart in contract/draw.ts. An event that was planned before
-- beacons were named gets the round of the local beacon that is due at its start or next.
CREATE OR REPLACE FUNCTION draw_start(p_event_id text, p_number int) RETURNS jsonb
LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'eventId', e.id, 'number', p_number,
    'startsAtMs', epoch_ms(e.starts_at), 'entriesCloseAtMs', epoch_ms(e.entries_close_at),
    'beacon', coalesce(e.draw_beacon, jsonb_build_object(
      'kind', 'local', 'chain', '', 'publicKey', '',
      'round', (epoch_ms(e.starts_at) + 2999) / 3000 + 1,
      'roundAtMs', (epoch_ms(e.starts_at) + 2999) / 3000 * 3000)),
    'offerSeconds', e.offer_seconds, 'payment', e.payment, 'currency', e.currency,
    'items', (SELECT jsonb_agg(jsonb_build_object(
                'eventItemId', i.id, 'stock', i.stock_total, 'priceMinor', i.price_minor,
                'limitPerCustomer', i.limit_per_customer) ORDER BY i.position)
                FROM event_items i WHERE i.event_id = e.id))
    FROM events e WHERE e.id = p_event_id
$$;
