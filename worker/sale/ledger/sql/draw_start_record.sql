-- The bytes of record 0 of a draw: see docs/fairness.md. p_start is DrawStart in contract/draw.ts.
CREATE OR REPLACE FUNCTION draw_start_record(p_start jsonb) RETURNS bytea
LANGUAGE sql STABLE AS $$
  SELECT draw_field('swiftdrop draw 1') || draw_field('start')
         || draw_field(p_start ->> 'eventId') || draw_field(p_start ->> 'number')
         || draw_field(p_start ->> 'startsAtMs') || draw_field(p_start ->> 'entriesCloseAtMs')
         || draw_field(p_start -> 'beacon' ->> 'kind') || draw_field(p_start -> 'beacon' ->> 'chain')
         || draw_field(p_start -> 'beacon' ->> 'publicKey') || draw_field(p_start -> 'beacon' ->> 'round')
         || draw_field(p_start -> 'beacon' ->> 'roundAtMs')
         || draw_field(p_start ->> 'offerSeconds') || draw_field(p_start ->> 'payment')
         || draw_field(p_start ->> 'currency')
         || draw_field(jsonb_array_length(p_start -> 'items')::text)
         || (SELECT string_agg(draw_field(i.item ->> 'eventItemId') || draw_field(i.item ->> 'stock')
                               || draw_field(i.item ->> 'priceMinor')
                               || draw_field(i.item ->> 'limitPerCustomer'), ''::bytea ORDER BY i.n)
               FROM jsonb_array_elements(p_start -> 'items') WITH ORDINALITY AS i (item, n))
$$;
