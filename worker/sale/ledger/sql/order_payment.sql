-- What an order tells of its money, with the members of OrderPayment in contract/payments.ts: of the payment
-- that confirmed it, else of the last one that was begun. Null without one. Asked only of orders for which
-- somebody began to pay, so that no other costs a look-up.
CREATE OR REPLACE FUNCTION order_payment(o orders) RETURNS jsonb
LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
           'status', CASE WHEN p.state <> 'captured' OR p.refunded_minor = 0 THEN p.state
                          WHEN p.refunded_minor = p.captured_minor THEN 'refunded'
                          ELSE 'partly_refunded' END,
           'amountCents', p.amount_minor, 'refundedCents', p.refunded_minor)
    FROM payments p WHERE p.order_id = o.id
   ORDER BY p.id = o.payment_id DESC NULLS LAST, p.begun_at DESC, p.id DESC LIMIT 1
$$;
