-- A part of settle_group, for an event that sells variants: what each is called, and the ids of all event
-- items that share its limit. In other events both stay null, since it would cost each group more.
CREATE OR REPLACE FUNCTION read_variants(INOUT s settling)
LANGUAGE plpgsql AS $$
BEGIN
  -- Ids are kept as the text of an array, since the rows of an array all have one length.
  SELECT array_agg(i.same_limit ORDER BY i.n), array_agg(v.label ORDER BY i.n)
    INTO s.same_limit, s.variant_labels
    FROM (SELECT e.variant_id, a.n, (array_agg(e.id) OVER (PARTITION BY e.item_id))::text AS same_limit
            FROM unnest(s.ids) WITH ORDINALITY AS a (id, n)
            JOIN event_items e ON e.id = a.id) i
    LEFT JOIN item_variants v ON v.id = i.variant_id;
END
$$;
