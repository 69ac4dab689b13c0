-- A sale while a group of attempts on it is settled: what settle_group and its parts give each other.
CREATE TYPE settling AS (
  event_id text,
  title text,
  currency text,
  hold_seconds int,
  "now" timestamptz,
  opens_at_ms bigint,
  closes_at_ms bigint,
  -- The event's items, one array per column, all in the order of ids.
  ids text[],
  prices bigint[],
  limits int[],
  free int[],
  -- By how much these change.
  to_held int[],
  to_sold int[],
  -- What an order keeps of its item: later edits of the catalogue do not reach it.
  names text[],
  descriptions text[],
  image_urls text[],
  -- In the order of the attempts.
  answers jsonb[]
);
