-- When a hold gives its units back: at its shown end, and PAY_GRACE_SECONDS of contract/payments.ts later where
-- its customer is paying, so that a payment in time is not lost to a message that is slow.
CREATE OR REPLACE FUNCTION hold_ends_at(p_expires_at timestamptz, p_paying boolean) RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT p_expires_at + CASE WHEN p_paying THEN interval '15 seconds' ELSE interval '0' END
$$;
