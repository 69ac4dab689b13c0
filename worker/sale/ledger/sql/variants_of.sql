-- A part of settle_group: the event items that share a limit with one, itself included: all variants of it in
-- the event.
CREATE OR REPLACE FUNCTION variants_of(p_event_item_id text) RETURNS text[]
LANGUAGE sql STABLE AS $$
  SELECT array_agg(i.id) FROM event_items wanted
    JOIN event_items i ON i.event_id = wanted.event_id AND i.item_id = wanted.item_id
   WHERE wanted.id = p_event_item_id
$$;
