-- A part of settle_group, for an event with a queue: writes how its queue stands, where it changed.
CREATE OR REPLACE FUNCTION end_queue(s settling, p_had_entries boolean) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  UPDATE event_items i
     SET queue_waiting = a.waiting, queue_waiting_units = a.waiting_units,
         queue_served_rank = a.served_rank, queue_offers = a.offers
    FROM unnest(s.ids, s.waiting, s.waiting_units, s.served_ranks, s.offers)
      AS a (id, waiting, waiting_units, served_rank, offers)
   WHERE i.id = a.id
     AND (i.queue_waiting, i.queue_waiting_units, i.queue_offers)
         IS DISTINCT FROM (a.waiting, a.waiting_units, a.offers);
  UPDATE event_queues SET last_seq = s.last_seq WHERE event_id = s.event_id AND last_seq < s.last_seq;
  IF s.last_seq > 0 AND NOT p_had_entries THEN
    UPDATE events SET has_entries = true WHERE id = s.event_id;
  END IF;
END
$$;
