-- The time in an id, as timeSorted in contract/ids.ts writes it: ten characters of Crockford's base32.
CREATE OR REPLACE FUNCTION id_time(p_ms bigint) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT string_agg(
           substr('0123456789abcdefghjkmnpqrstvwxyz', ((p_ms >> (5 * n)) & 31)::int + 1, 1), ''
           ORDER BY n DESC)
    FROM generate_series(0, 9) AS n
$$;
