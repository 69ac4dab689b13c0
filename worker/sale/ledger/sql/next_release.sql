-- When the next hold of an item ends, where some may be paid online; null if none is held. Two ranges of
-- indexes, since the holds of those who are paying end later than they show.
CREATE OR REPLACE FUNCTION next_release(p_event_item_id text) RETURNS timestamptz
LANGUAGE sql STABLE AS $$
  SELECT least(
    (SELECT min(expires_at) FROM orders
      WHERE event_item_id = p_event_item_id AND status = 'pending' AND NOT paying),
    (SELECT hold_ends_at(min(expires_at), true) FROM orders
      WHERE event_item_id = p_event_item_id AND status = 'pending' AND paying))
$$;
