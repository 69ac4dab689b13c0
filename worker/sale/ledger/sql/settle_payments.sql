-- A part of settle_group, behind settle_holds: what follows for the money. The payments that confirmed orders
-- are captured, unless their money was taken at once, and all others of these orders released; so are those that
-- were refused. Each is a row in the outbox, written in the transaction that decided it.
CREATE OR REPLACE FUNCTION settle_payments(INOUT s settling, p_confirmed text[], p_refused text[])
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO outbox (kind, key, payment_id, payload, priority, created_at, due_at)
  SELECT 'payment.capture', 'capture/' || p.id, p.id, jsonb_build_object('paymentId', p.id), 0, s.now, s.now
    FROM payments p WHERE p.id = ANY (p_confirmed) AND p.state = 'authorised' ORDER BY p.id
  ON CONFLICT (key) DO NOTHING;
  PERFORM release_payments(ARRAY(
    SELECT other.id FROM payments p JOIN payments other ON other.order_id = p.order_id
     WHERE p.id = ANY (p_confirmed) AND other.id <> p.id AND other.state IN ('open', 'authorised')), '', s.now);
  PERFORM release_payments(ARRAY(
    SELECT p.id FROM payments p
     WHERE p.id = ANY (p_refused) AND p.state IN ('authorised', 'captured')), '/refused', s.now);
  s.has_payment_rows := true;
END
$$;
