-- A part of settle_group: units of confirmed orders that go back on sale, in order of arrival: those of a
-- refund, once, or all that are left where the payment of the order has failed. They are free before the queue
-- is served. In an event with a queue they are a change of stock like any other, under the settlement's number.
CREATE OR REPLACE FUNCTION return_units(INOUT s settling, p_attempts jsonb)
LANGUAGE plpgsql AS $$
DECLARE
  v_answers jsonb[] := s.answers;
  v_item int;
  v_attempt record;
  v_order orders%ROWTYPE;
  v_units int;
BEGIN
  FOR v_attempt IN
    SELECT * FROM ROWS FROM (jsonb_to_recordset(p_attempts) AS (
      "kind" text, "orderId" text, "customerId" text, "refundId" text, "paymentId" text
    )) WITH ORDINALITY AS a (kind, order_id, customer_id, refund_id, payment_id, n)
    WHERE kind = 'return_units' ORDER BY n
  LOOP
    SELECT * INTO v_order FROM orders
     WHERE id = v_attempt.order_id AND event_id = s.event_id AND customer_id = v_attempt.customer_id;
    v_units := units_to_return(v_order, v_attempt.refund_id, v_attempt.payment_id);
    IF v_units IS NULL THEN
      v_answers[v_attempt.n] := '{"refusal": "not_found"}';
      CONTINUE;
    END IF;
    IF v_units > 0 THEN
      v_item := array_position(s.ids, v_order.event_item_id);
      UPDATE orders SET units_returned = units_returned + v_units
       WHERE id = v_order.id AND status = 'confirmed' RETURNING * INTO STRICT v_order;
      s.free[v_item] := s.free[v_item] + v_units;
      s.to_sold[v_item] := s.to_sold[v_item] - v_units;
      IF s.settlement IS NOT NULL THEN
        INSERT INTO queue_stock_changes (event_item_id, settlement, units)
        VALUES (v_order.event_item_id, s.settlement, v_units)
        ON CONFLICT (event_item_id, settlement)
          DO UPDATE SET units = queue_stock_changes.units + excluded.units;
      END IF;
    END IF;
    v_answers[v_attempt.n] := jsonb_build_object('order', order_json(v_order), 'replayed', v_units = 0);
  END LOOP;
  s.answers := v_answers;
END
$$;
