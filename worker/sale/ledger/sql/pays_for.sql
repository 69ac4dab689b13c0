-- A part of settle_group: whether a payment pays for an order: it is authorised, for exactly its total, or all of
-- that was taken at once and nothing was decided to be given back. Its row is locked, so that it stays so until
-- the group is settled.
CREATE OR REPLACE FUNCTION pays_for(p_payment_id text, o orders) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
  v_payment payments%ROWTYPE;
BEGIN
  SELECT * INTO v_payment FROM payments
   WHERE id = p_payment_id AND order_id = o.id FOR NO KEY UPDATE;
  RETURN FOUND AND (v_payment.state = 'authorised'
           OR v_payment.state = 'captured' AND v_payment.captured_minor = v_payment.amount_minor
          AND NOT EXISTS (SELECT FROM payment_refunds r WHERE r.payment_id = v_payment.id))
     AND v_payment.currency = o.currency
     AND v_payment.amount_minor = order_total(o);
END
$$;
