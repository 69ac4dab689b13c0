-- A part of settle_group: how many units of an order go back on sale for a refund, or since its payment has
-- failed; 0 where they did already, null where there is nothing that says so. Marks the refund as done: the
-- caller gives the units back in the same transaction.
CREATE OR REPLACE FUNCTION units_to_return(o orders, p_refund_id text, p_payment_id text) RETURNS int
LANGUAGE plpgsql AS $$
DECLARE
  v_refund payment_refunds%ROWTYPE;
  v_left int := CASE WHEN o.status = 'confirmed' THEN o.quantity - o.units_returned ELSE 0 END;
BEGIN
  IF p_refund_id IS NULL THEN
    RETURN (SELECT v_left FROM payments
             WHERE id = p_payment_id AND id = o.payment_id AND order_id = o.id AND state = 'failed');
  END IF;
  SELECT * INTO v_refund FROM payment_refunds WHERE id = p_refund_id AND order_id = o.id FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN NULL;
  ELSIF v_refund.units_returned THEN
    RETURN 0;
  END IF;
  UPDATE payment_refunds SET units_returned = true WHERE id = p_refund_id;
  RETURN least(v_refund.units, v_left);
END
$$;
