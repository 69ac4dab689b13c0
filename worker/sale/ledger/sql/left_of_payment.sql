-- What is left of a payment to be given back, in minor units: a refund that is under way counts as given back, and
-- one that failed does not; what a dispute took for good is not there any more. Before the capture all that was authorised can be given back.
CREATE OR REPLACE FUNCTION left_of_payment(p payments) RETURNS bigint
LANGUAGE sql STABLE AS $$
  SELECT CASE p.state WHEN 'captured' THEN greatest(0, p.captured_minor - r.decided - d.lost)
                      WHEN 'authorised' THEN p.amount_minor - r.decided ELSE 0 END
    FROM (SELECT coalesce(sum(amount_minor), 0)::bigint AS decided FROM payment_refunds
           WHERE payment_id = p.id AND state <> 'failed') r,
         (SELECT coalesce(sum(amount_minor), 0)::bigint AS lost FROM payment_disputes
           WHERE payment_id = p.id AND state = 'lost') d
$$;
