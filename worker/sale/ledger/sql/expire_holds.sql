-- A part of settle_group: holds that are due give their units back, but not those whose confirmation
-- arrived in time. When the confirmations arrived is by "order customer", in milliseconds.
CREATE OR REPLACE FUNCTION expire_holds(INOUT s settling, p_confirmed_at_ms jsonb)
LANGUAGE plpgsql AS $$
DECLARE
  v_item int;
  v_order orders%ROWTYPE;
  v_expired text[];
BEGIN
  FOR v_order IN
    UPDATE orders SET status = 'expired', ended_at = s.now, ended_in = s.settlement
     WHERE event_item_id = ANY (s.ids) AND status = 'pending' AND expires_at <= s.now
       AND coalesce((p_confirmed_at_ms ->> (id || ' ' || customer_id))::bigint
                      >= epoch_ms(hold_ends_at(expires_at, paying)), true)
       AND (NOT paying OR hold_ends_at(expires_at, paying) <= s.now)
    RETURNING *
  LOOP
    v_item := array_position(s.ids, v_order.event_item_id);
    s.free[v_item] := s.free[v_item] + v_order.quantity;
    s.to_held[v_item] := s.to_held[v_item] - v_order.quantity;
    IF v_order.paying THEN
      v_expired := v_expired || v_order.id;
    END IF;
  END LOOP;
  IF v_expired IS NOT NULL THEN
    PERFORM release_payments_of(v_expired, '{open,authorised}', s.now);
    s.has_payment_rows := true;
  END IF;
END
$$;
