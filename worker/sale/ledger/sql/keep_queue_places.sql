-- Trigger of queue_entries, for each statement: queue_places has those who wait with a rank, whatever wrote them.
--
-- The rows of a statement are looked up one by one by their key: a join would be planned by how many places there
-- were once, which may be none.
CREATE OR REPLACE FUNCTION keep_queue_places() RETURNS trigger
LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    DELETE FROM queue_places WHERE ctid = ANY (ARRAY(
      SELECT (SELECT p.ctid FROM queue_places p
               WHERE p.event_item_id = b.event_item_id AND p.min_quantity = b.min_quantity
                 AND p.rank = b.rank AND p.entry_id = b.id)
        FROM entries_before b WHERE b.status = 'waiting' AND b.rank IS NOT NULL));
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO queue_places (event_item_id, min_quantity, rank, entry_id, quantity, customer_id)
    SELECT event_item_id, min_quantity, rank, id, quantity, customer_id
      FROM entries_after WHERE status = 'waiting' AND rank IS NOT NULL
     ORDER BY event_item_id, min_quantity, rank;
  END IF;
  RETURN NULL;
END
$$;
