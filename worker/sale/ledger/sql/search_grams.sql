-- What a text is found by: each three letters that follow each other in a word, and the first two of each word
-- behind a space. In place of the extension pg_trgm, which knows no letters but Latin ones in a database whose
-- locale is C, and which not every Postgres has. The indexes users_search and item_catalog_search hold it. A loop
-- takes less than half of the time of a query. Names the schema, since an index is built and analysed without a
-- search path; the cost keeps a plan from computing it for each row of a table.
CREATE OR REPLACE FUNCTION search_grams(p_text text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS $$
DECLARE
  padded text := ' ' || public.search_text(p_text);
  gram text;
  found int := 0;
  grams text[] := '{}';
BEGIN
  FOR n IN 1 .. length(padded) - 2 LOOP
    gram := substr(padded, n, 3);
    CONTINUE WHEN position(' ' IN substr(gram, 2)) > 0;
    found := found + 1;
    grams[found] := gram;
  END LOOP;
  RETURN grams;
END
$$;
