-- A field of the bytes that a draw is proven by: its length in four bytes, the highest first, then its text as
-- UTF-8. See docs/fairness.md.
CREATE OR REPLACE FUNCTION draw_field(p_text text) RETURNS bytea
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT int4send(octet_length(p_text)) || convert_to(p_text, 'UTF8')
$$;
