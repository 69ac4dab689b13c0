-- A part of settle_group: one round of serve_queue for one item. Leaves in s.ended how many entries it ended.
-- Whoever is passed over because of a larger minimum keeps their rank.
--
-- Offers that are plain are made together, which costs less than to decide about them one by one.
CREATE OR REPLACE FUNCTION serve_item(INOUT s settling, p_item int, p_entries_max int)
LANGUAGE plpgsql AS $$
DECLARE
  v_entry record;
  v_reason text;
  v_quantity int;
  v_units_ended int;
  v_free int := s.free[p_item];
  v_units int;
  v_plain record;
  -- What all accounts of a mailbox have by now, where they share one limit.
  v_mailboxes text[] := '{}';
  v_mailbox_units int[] := '{}';
  v_mailbox int;
  v_time text := id_time(epoch_ms(s.now));
  -- What the orders' ids of this settlement end in, each behind a blank.
  v_ends text;
  -- What is offered, one array per column; and who is skipped, and why.
  v_entries text[] := '{}';
  v_orders text[] := '{}';
  v_customers text[] := '{}';
  v_quantities int[] := '{}';
  v_free_found int[] := '{}';
  v_skipped text[] := '{}';
  v_reasons text[] := '{}';
BEGIN
  SELECT coalesce(string_agg(' ' || right(o.offer ->> 0, 8), ''), '') INTO v_ends
    FROM jsonb_array_elements(s.offered) AS o (offer);
  -- Accounts of a mailbox that share one limit are decided about one after another; and it is hardly worth it to
  -- look for more entries than there are free units.
  IF NOT s.one_limit_per_mailbox AND p_entries_max <= v_free THEN
    SELECT * INTO v_plain FROM plain_offers(s, p_item, p_entries_max, v_ends);
    IF v_plain.entries IS NOT NULL THEN
      v_entries := v_plain.entries;
      v_customers := v_plain.customers;
      v_quantities := v_plain.quantities;
      v_free_found := v_plain.free_found;
      v_free := v_free - v_plain.units;
      s.served_ranks[p_item] := greatest(s.served_ranks[p_item], v_plain.last_rank);
    END IF;
  END IF;
  -- The others only where the first is one of them.
  FOR v_entry IN
    SELECT * FROM next_in_queue(s, p_item, CASE WHEN v_entries = '{}' THEN p_entries_max ELSE 0 END)
  LOOP
    EXIT WHEN v_free = 0;
    -- Those whom what is left does not reach keep their rank, whatever else is to be said of them.
    CONTINUE WHEN v_entry.min_quantity > v_free;
    -- Their orders would have the same id, which has the settlement's time in it: the next settlement goes on
    -- here.
    IF strpos(v_ends, ' ' || right(v_entry.id, 8)) > 0 THEN
      s.has_more[p_item] := true;
      EXIT;
    END IF;
    v_units := v_entry.units;
    IF s.one_limit_per_mailbox THEN
      v_mailbox := array_position(v_mailboxes, v_entry.mailbox);
      -- Read once a round, however many accounts of it wait: to read it costs each of them.
      IF v_mailbox IS NULL THEN
        v_mailboxes := v_mailboxes || v_entry.mailbox;
        v_mailbox := cardinality(v_mailboxes);
        SELECT m.held + m.bought INTO v_units
          FROM units_of_mailbox(v_entry.customer_id, s.ids[p_item]) m;
        v_mailbox_units[v_mailbox] := v_units;
      END IF;
      v_units := v_mailbox_units[v_mailbox];
    END IF;
    v_reason := CASE
      WHEN NOT v_entry.active THEN 'deactivated'
      WHEN s.require_verified_email AND NOT v_entry.verified THEN 'email_unverified'
      WHEN s.limits[p_item] - v_units < v_entry.min_quantity THEN 'limit_reached' END;
    IF v_reason IS NOT NULL THEN
      v_skipped := v_skipped || v_entry.id;
      v_reasons := v_reasons || v_reason;
    ELSE
      v_quantity := least(v_entry.quantity, v_free, s.limits[p_item] - v_units);
      v_entries := v_entries || v_entry.id;
      v_ends := v_ends || ' ' || right(v_entry.id, 8);
      v_customers := v_customers || v_entry.customer_id;
      v_quantities := v_quantities || v_quantity;
      v_free_found := v_free_found || v_free;
      v_free := v_free - v_quantity;
      IF s.one_limit_per_mailbox THEN
        v_mailbox_units[v_mailbox] := v_units + v_quantity;
      END IF;
      s.served_ranks[p_item] := greatest(s.served_ranks[p_item], v_entry.rank);
    END IF;
  END LOOP;
  s.ended := cardinality(v_entries) + cardinality(v_skipped);
  IF s.ended = 0 THEN
    RETURN;
  END IF;
  IF cardinality(v_entries) > 0 THEN
    -- An entry has one offer at most, so its id and the time make the order's: see contract/ids.ts.
    SELECT array_agg('ord_' || substr(o.id, 5, 13) || v_time || right(o.id, 8) ORDER BY o.n)
      INTO v_orders FROM unnest(v_entries) WITH ORDINALITY AS o (id, n);
    PERFORM make_offers(s, p_item, v_entries, v_orders, v_customers, v_quantities);
  END IF;
  WITH changed AS (
    UPDATE queue_entries e
       SET status = CASE WHEN c.reason IS NULL THEN 'offered' ELSE 'skipped' END, reason = c.reason,
           order_id = c.order_id,
           ended_at = s.now, ended_in = s.settlement, free_found = c.free_found
      FROM unnest(v_entries || v_skipped,
                  array_fill(NULL::text, ARRAY[cardinality(v_entries)]) || v_reasons,
                  v_orders, v_free_found) AS c (id, reason, order_id, free_found)
     WHERE e.id = c.id AND e.status = 'waiting'
    RETURNING e.quantity
  )
  SELECT sum(quantity) INTO v_units_ended FROM changed;
  s.waiting[p_item] := s.waiting[p_item] - s.ended;
  s.waiting_units[p_item] := s.waiting_units[p_item] - v_units_ended;
  s.to_held[p_item] := s.to_held[p_item] + s.free[p_item] - v_free;
  s.free[p_item] := v_free;
  s.offers[p_item] := s.offers[p_item] + cardinality(v_entries);
  s.offered := s.offered || (
    SELECT coalesce(jsonb_agg(jsonb_build_array(o.id, o.customer_id, s.ids[p_item], o.quantity)), '[]')
      FROM unnest(v_entries, v_customers, v_quantities) AS o (id, customer_id, quantity));
END
$$;
