-- A part of cancel_orders: decides to give back all that is left of the payments on which these orders rest, and
-- writes the row of the outbox that does it. A part that was given back before, or is under way, is not given
-- back again. Returns whose orders they are.
CREATE OR REPLACE FUNCTION refund_cancelled(p_orders text[], p_now timestamptz) RETURNS text[]
LANGUAGE plpgsql AS $$
DECLARE
  v_payments text[];
  v_customers text[];
BEGIN
  -- A refund by hand takes the same lock: what it decides is seen below.
  SELECT array_agg(p.id) INTO v_payments
    FROM (SELECT id FROM payments
           WHERE id IN (SELECT payment_id FROM orders
                         WHERE id = ANY (p_orders) AND status = 'confirmed' AND payment_id IS NOT NULL)
           ORDER BY id FOR NO KEY UPDATE) p;
  IF v_payments IS NULL THEN
    RETURN '{}';
  END IF;
  WITH decided AS (
    INSERT INTO payment_refunds (id, payment_id, order_id, amount_minor, currency, reason, decided_by, created_at)
    SELECT 'ref_' || substr(p.id, 5), p.id, p.order_id, left_of_payment(p), p.currency, 'event_cancelled',
           e.cancelled_by, p_now
      FROM payments p JOIN events e ON e.id = p.event_id
     WHERE p.id = ANY (v_payments) AND left_of_payment(p) > 0
        ON CONFLICT (id) DO NOTHING
    RETURNING id, payment_id
  ), queued AS (
    INSERT INTO outbox (kind, key, payment_id, payload, priority, created_at, due_at)
    SELECT 'payment.refund', 'refund/' || id, payment_id, jsonb_build_object('refundId', id), 1, p_now, p_now
      FROM decided ORDER BY id
        ON CONFLICT (key) DO NOTHING
  )
  SELECT array_agg(DISTINCT p.customer_id) INTO v_customers
    FROM decided d JOIN payments p ON p.id = d.payment_id;
  RETURN coalesce(v_customers, '{}');
END
$$;
