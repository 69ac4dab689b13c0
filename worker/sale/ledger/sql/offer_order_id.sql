-- The id of the order that an entry is offered at a time: an entry has one offer at most, so it follows
-- from the two.
CREATE OR REPLACE FUNCTION offer_order_id(p_entry_id text, p_now timestamptz) RETURNS text
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$
  SELECT 'ord_' || substr(p_entry_id, 5, 13) || id_time(epoch_ms(p_now)) || right(p_entry_id, 8)
$$;
