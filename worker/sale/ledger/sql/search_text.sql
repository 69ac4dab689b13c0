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
