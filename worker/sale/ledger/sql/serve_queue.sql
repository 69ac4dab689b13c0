-- A part of settle_group: offers free units to those who wait, in the order of their ranks, and skips whom
-- it cannot serve. At most 500 offers and skips in all, since a group must end soon; where more could be
-- served, has_more says so for the item.
CREATE OR REPLACE FUNCTION serve_queue(INOUT s settling)
LANGUAGE plpgsql AS $$
DECLARE
  v_left int := 500;
  v_item int;
  -- How many entries are looked at next: as many as the free units may serve, and more each time that some
  -- of them were skipped.
  v_look int;
BEGIN
  FOR v_item IN 1 .. coalesce(cardinality(s.ids), 0) LOOP
    v_look := s.free[v_item];
    WHILE s.waiting[v_item] > 0 AND s.free[v_item] > 0 LOOP
      IF v_left = 0 THEN
        s.has_more[v_item] := EXISTS (SELECT FROM next_in_queue(s, v_item, 1));
        EXIT;
      END IF;
      v_look := least(v_look, v_left);
      s := serve_item(s, v_item, v_look);
      EXIT WHEN s.ended = 0 OR s.has_more[v_item];
      v_left := v_left - s.ended;
      v_look := 4 * v_look;
    END LOOP;
  END LOOP;
END
$$;
