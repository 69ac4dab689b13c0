-- A text as it is searched: small letters without accents, and spaces for all that is no letter or digit. Does
-- not depend on the database's locale, by which `lower` may know Latin letters only. The indexes users_search
-- and item_catalog_search hold what comes of it, so a change of it needs them built anew. Not STRICT, which
-- would keep it from being computed inline.
CREATE OR REPLACE FUNCTION search_text(p_text text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT translate(
    lower(CASE WHEN octet_length(p_text) = length(p_text) THEN p_text
               ELSE regexp_replace(
                      replace(translate(
                        regexp_replace(normalize(p_text, NFKD), U&'[\0300-\036F]', '', 'g'),
                        'ØøŁłĐđıАБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯІЄΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣςΤΥΦΧΨΩ',
                        'oollddiабвгдежзиклмнопрстуфхцчшщъыьэюяієαβγδεζηθικλμνξοπρσστυφχψω'),
                        'ß', 'ss'),
                      U&'[\0080-\00A0\2000-\206F\3000]', ' ', 'g') END),
    E'!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~\t\r\n', repeat(' ', 35))
$$;
--> statement-breakpoint
-- What a text is found by: each three letters that follow each other in a word, and the first two of each word
-- behind a space. In place of the extension pg_trgm, which knows no letters but Latin ones in a database whose
-- locale is C, and which not every Postgres has. The indexes users_search and item_catalog_search hold it. A loop
-- takes less than half of the time of a query; the cost keeps a plan from computing it for each row of a table.
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
--> statement-breakpoint
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
--> statement-breakpoint
-- What `' ' || search_text` of a text is LIKE where all words that are sought are in it: anywhere, or, of one or
-- two letters, at the beginning of one of its words. Empty where nothing but signs is sought.
CREATE OR REPLACE FUNCTION search_patterns(p_sought text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(DISTINCT CASE WHEN length(word) < 3 THEN '% ' ELSE '%' END || word || '%'), '{}')
    FROM unnest(string_to_array(search_text(p_sought), ' ')) AS word WHERE word <> ''
$$;
