-- What `search_grams` of a text has at least, where `search_patterns` finds what is sought in it. Empty where no word
-- that is sought has two letters.
CREATE OR REPLACE FUNCTION search_needs(p_sought text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(DISTINCT gram), '{}')
    FROM unnest(string_to_array(search_text(p_sought), ' ')) AS word,
         LATERAL (SELECT ' ' || word WHERE length(word) = 2
                   UNION ALL
                  SELECT substr(word, n, 3) FROM generate_series(1, length(word) - 2) AS n) AS g (gram)
$$;
