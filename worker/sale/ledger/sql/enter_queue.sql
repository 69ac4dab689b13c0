-- A part of settle_group: new queue entries, in order of arrival. An entry that waits, or whose offer is
-- pending, is given again instead of another one.
--
-- Entries are written together, up to the next attempt about which something must be asked: a third of what
-- it costs to write them one by one, in CPU of a Postgres 18 with 250 attempts a group. Before the lock of a draw
-- each is chained, and its answer has the head of that moment. The first one begins the chain.
CREATE OR REPLACE FUNCTION enter_queue(INOUT s settling, p_attempts jsonb)
LANGUAGE plpgsql AS $$
DECLARE
  -- Outside of the record, whose array would be copied whole for each answer.
  v_answers jsonb[] := s.answers;
  v_item int;
  v_attempt record;
  v_entry queue_entries%ROWTYPE;
  -- Entered, but not written yet.
  v_new queue_entries[] := '{}';
  -- The last record of the draw's chain, and those that are not written yet.
  v_last draw_records;
  v_records draw_records[] := '{}';
  v_answer jsonb;
BEGIN
  FOR v_attempt IN SELECT * FROM entering_attempts(s, p_attempts) LOOP
    v_item := v_attempt.item;
    IF v_attempt.is_plain IS NOT TRUE THEN
      PERFORM write_entries(v_new), write_records(v_records);
      v_new := '{}';
      v_records := '{}';
      v_answer := answer_to_entering(s, v_item, to_jsonb(v_attempt));
      IF v_answer IS NOT NULL THEN
        v_answers[v_attempt.n] := v_answer;
        CONTINUE;
      END IF;
    END IF;

    s.last_seq := s.last_seq + 1;
    v_entry := NULL;
    v_entry.id := v_attempt.entry_id;
    v_entry.event_id := s.event_id;
    v_entry.event_item_id := v_attempt.event_item_id;
    v_entry.customer_id := v_attempt.customer_id;
    v_entry.quantity := v_attempt.quantity;
    v_entry.min_quantity := v_attempt.min_quantity;
    v_entry.status := 'waiting';
    v_entry.entered_at := s.now;
    v_entry.seq := s.last_seq;
    -- Behind all whose rank is drawn, since those are at most as many as came before the lock.
    v_entry.rank := CASE WHEN s.is_locked THEN s.last_seq END;
    v_entry.entered_in := s.settlement;
    IF NOT s.is_locked THEN
      IF v_last.seq IS NULL THEN
        v_last := coalesce(last_record(s.event_id), start_chain(s.event_id, s.now));
      END IF;
      v_entry.record_seq := v_last.seq + 1;
      v_last := next_record(v_last, 'enter', v_entry, s.now);
      v_records := v_records || v_last;
    END IF;
    v_new := v_new || v_entry;
    v_answers[v_attempt.n] := jsonb_build_object('entry', entry_with_record(v_entry, v_last.head), 'replayed', false,
      'ahead', CASE WHEN s.is_locked AND s.draw_at_ms IS NULL THEN jsonb_build_object(
                 'entries', s.waiting[v_item], 'units', s.waiting_units[v_item]) END);
    s.waiting[v_item] := s.waiting[v_item] + 1;
    s.waiting_units[v_item] := s.waiting_units[v_item] + v_attempt.quantity;
  END LOOP;
  PERFORM write_entries(v_new), write_records(v_records);
  s.answers := v_answers;
END
$$;
