-- Releases what was begun to pay for orders whose holds have ended, in the transaction that ends them. An order
-- that has only expired may still be confirmed by a payment that is authorised: whoever works the row off asks
-- the line first, since whoever saw the money may never have asked.
CREATE OR REPLACE FUNCTION release_payments_of(p_orders text[], p_states text[], p_now timestamptz)
RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM release_payments(ARRAY(
    SELECT p.id FROM payments p WHERE p.order_id = ANY (p_orders) AND p.state = ANY (p_states)), '', p_now);
END
$$;
