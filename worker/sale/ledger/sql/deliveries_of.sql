-- A part of settle_group, in an event whose orders are for an address: of each order that is answered, by its
-- id, its address, and the country that its costs depend on. The address of the account counts while the order
-- is held. Orders of which neither is known are left out. ../wire.ts reads it.
CREATE OR REPLACE FUNCTION deliveries_of(p_attempts jsonb, p_answers jsonb[]) RETURNS jsonb
LANGUAGE sql STABLE AS $$
  SELECT coalesce(jsonb_object_agg(o.id, jsonb_build_object(
           'address', a.address, 'country', coalesce(a.address, c.address) ->> 'country')), '{}')
    FROM ROWS FROM (jsonb_array_elements(p_attempts), unnest(p_answers)) AS t (attempt, answer)
    JOIN orders o ON o.id = coalesce(t.answer #>> '{order,id}',
                                     CASE WHEN t.answer ? 'granted' THEN t.attempt ->> 'orderId' END)
    LEFT JOIN order_addresses a ON a.order_id = o.id
    LEFT JOIN customer_addresses c ON c.customer_id = o.customer_id AND o.status = 'pending'
   WHERE coalesce(a.address, c.address) IS NOT NULL
$$;
