-- A part of settle_group, for an event with a queue: numbers the settlement, whose time is never before
-- that of the one before, and locks the entries of a draw at the first settlement of their close or later.
CREATE OR REPLACE FUNCTION begin_queue(INOUT s settling, p_event events)
LANGUAGE plpgsql AS $$
DECLARE
  v_draw draws%ROWTYPE;
BEGIN
  INSERT INTO event_queues (event_id, settlement, settled_at) VALUES (s.event_id, 1, s.now)
  ON CONFLICT (event_id) DO UPDATE
    SET settlement = event_queues.settlement + 1,
        settled_at = greatest(event_queues.settled_at, excluded.settled_at)
  RETURNING settlement, settled_at, last_seq INTO s.settlement, s.now, s.last_seq;
  s.waitlist := p_event.waitlist;
  s.offer_ends_at := least(s.now + make_interval(secs => p_event.offer_seconds),
                           p_event.ends_at + make_interval(secs => p_event.hold_seconds));
  s.offered := '[]';
  s.has_more := array_fill(false, ARRAY[cardinality(s.ids)]);
  SELECT array_agg(i.queue_waiting ORDER BY a.n), array_agg(i.queue_waiting_units ORDER BY a.n),
         array_agg(i.queue_served_rank ORDER BY a.n), array_agg(i.queue_offers ORDER BY a.n)
    INTO s.waiting, s.waiting_units, s.served_ranks, s.offers
    FROM unnest(s.ids) WITH ORDINALITY AS a (id, n) JOIN event_items i ON i.id = a.id;

  s.is_draw := p_event.admission = 'draw';
  s.is_locked := NOT s.is_draw;
  IF s.is_draw THEN
    SELECT * INTO v_draw FROM draws WHERE event_id = s.event_id;
    IF NOT FOUND AND s.now >= p_event.entries_close_at THEN
      PERFORM lock_draw(s.event_id, s.now, s.settlement, s.last_seq);
      SELECT * INTO v_draw FROM draws WHERE event_id = s.event_id;
    END IF;
    s.is_locked := v_draw.event_id IS NOT NULL;
    s.locks_at_ms := CASE WHEN NOT s.is_locked THEN epoch_ms(p_event.entries_close_at) END;
    -- One that was given up is not to come any more.
    s.draw_at_ms := CASE WHEN v_draw.drawn_at IS NULL
                          AND NOT EXISTS (SELECT FROM draw_proofs
                                           WHERE event_id = s.event_id AND given_up_at IS NOT NULL)
                         THEN epoch_ms(p_event.starts_at) END;
  END IF;
END
$$;
