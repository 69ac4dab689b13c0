-- Writes a row into the outbox for each of these payments, by which nothing is kept of it; one that ended is
-- due again. p_key_ends tells rows about one payment apart: the row of a refused payment must be there even
-- while another one is being worked off, which found the payment made. No user is named: these rows stay
-- when an account is erased.
CREATE OR REPLACE FUNCTION release_payments(p_payments text[], p_key_ends text, p_now timestamptz)
RETURNS void
LANGUAGE sql AS $$
  INSERT INTO outbox (kind, key, payment_id, payload, priority, created_at, due_at)
  SELECT 'payment.release', 'release/' || p.id || p_key_ends, p.id,
         jsonb_build_object('paymentId', p.id), 0, p_now, p_now
    FROM unnest(p_payments) AS p (id) ORDER BY p.id
  ON CONFLICT (key) DO UPDATE
    SET payload = excluded.payload, created_at = excluded.created_at, due_at = excluded.due_at,
        tries = 0, last_error = NULL, outcome = NULL, ended_at = NULL
  WHERE outbox.outcome IS NOT NULL
$$;
