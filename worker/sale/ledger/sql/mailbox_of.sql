-- Which mailbox an address leads to: the rule of contract/mailbox.ts, which a test compares with it. The
-- index users_mailbox holds what it returns, so a change of it needs that index built anew.
CREATE OR REPLACE FUNCTION mailbox_of(p_email text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT CASE WHEN domain IN ('gmail.com', 'googlemail.com')
              THEN replace(name, '.', '') || '@gmail.com' ELSE name || '@' || domain END
    FROM (SELECT split_part(left(p_email, -1 - length(domain)), '+', 1) AS name, domain
            FROM (SELECT regexp_replace(p_email, '^.*@', '') AS domain) AS d) AS parts
$$;
