-- What `' ' || search_text` of a text is LIKE where all words that are sought are in it: anywhere, or, of one or
-- two letters, at the beginning of one of its words. Empty where nothing but signs is sought.
CREATE OR REPLACE FUNCTION search_patterns(p_sought text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(DISTINCT CASE WHEN length(word) < 3 THEN '% ' ELSE '%' END || word || '%'), '{}')
    FROM unnest(string_to_array(search_text(p_sought), ' ')) AS word WHERE word <> ''
$$;
