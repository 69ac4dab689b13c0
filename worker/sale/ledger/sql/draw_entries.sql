-- How an object of the version before draws an event, by a seed that nobody can check: it waits until one of this
-- version does so, by rank_draw.
CREATE OR REPLACE FUNCTION draw_entries(p_event_id text, p_now_ms bigint, p_seed bytea)
RETURNS boolean
LANGUAGE sql AS $$
  SELECT false
$$;
