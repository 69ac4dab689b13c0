-- The one way in which a purchase changes stock: a group of attempts on one event, settled in one
-- transaction. Called by ../ledger.ts; ../wire.ts documents the JSON of the answer.
--
-- The event's row is locked first, so groups of one event follow one another however many objects
-- send them; each statement below then sees what the group before left. Times are the caller's, in
-- milliseconds since the epoch: one clock decides, and a simulation can drive it.
--
-- An event that is not published is closed and not found by whoever reserves. A hold is a promise: what
-- is held there is confirmed, cancelled and ended as in any sale that is closed. Of an event that was cancelled
-- nothing is confirmed any more: cancel_event_batch ends what is held.
--
-- Statistics gathered while the tables were empty would make a connection read them whole for as
-- long as it lives, which makes a shop's first sale quadratic. Every look-up here has an index, so one
-- plan serves all values. Otherwise some statements are planned anew for each attempt, which costs a group
-- of one between a tenth and a quarter more (CPU of a Postgres 18).
--
-- Its parts take and give back the sale as it is being settled, a row of the type settling. They run
-- only here, under the lock. Against one piece they take, in CPU of a Postgres 18 measured in turns with
-- 500 attempts a group, 1.02 for reservations and 0.98 to 1.0 for confirmations.
CREATE OR REPLACE FUNCTION settle_group(p_event_id text, p_now_ms bigint, p_attempts jsonb) RETURNS jsonb
LANGUAGE plpgsql SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  s settling;
  v_event events%ROWTYPE;
  v_free_before int[];
  v_item int;
  v_has_variants boolean;
  v_has_queue boolean;
  v_attempts int := jsonb_array_length(p_attempts);
  v_granted_at timestamptz;
  v_confirms boolean := p_attempts @> '[{"kind": "confirm"}]' OR p_attempts @> '[{"kind": "confirm_paid"}]';
  v_confirmed_at_ms jsonb := '{}';
BEGIN
  SELECT * INTO v_event FROM events WHERE id = p_event_id FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  s.event_id := v_event.id;
  s.title := v_event.title;
  s.currency := v_event.currency;
  s.published := v_event.published;
  s.hold_seconds := v_event.hold_seconds;
  s.now := to_timestamp(p_now_ms / 1000.0);
  s.require_verified_email := v_event.require_verified_email;
  s.one_limit_per_mailbox := v_event.one_limit_per_mailbox;
  s.pay_online := v_event.payment = 'online';
  s.cancelled := v_event.cancelled_at IS NOT NULL;
  s.answers := ARRAY[]::jsonb[];
  -- A sale in which nobody waits pays for none of it, not even for a search for the first who wants to.
  v_has_queue := v_event.has_entries OR v_event.admission = 'draw';
  s.opens_at_ms := epoch_ms(coalesce(v_event.opened_at, v_event.starts_at));
  -- Closed by hand means now, also for those who were already in line.
  s.closes_at_ms := CASE WHEN s.published AND v_event.closed_at IS NULL
                         THEN epoch_ms(v_event.ends_at) ELSE 0 END;

  SELECT array_agg(i.id), array_agg(i.price_minor), array_agg(i.limit_per_customer),
         array_agg(i.stock_remaining), array_agg(0), array_agg(0),
         array_agg(c.name), array_agg(left(c.description, 200)), array_agg(c.image_url),
         bool_or(i.variant_id IS NOT NULL)
    INTO s.ids, s.prices, s.limits, s.free, s.to_held, s.to_sold,
         s.names, s.descriptions, s.image_urls, v_has_variants
    FROM (SELECT * FROM event_items WHERE event_id = p_event_id
          ORDER BY position FOR NO KEY UPDATE) i
    JOIN item_catalog c ON c.id = i.item_id;
  IF v_has_variants THEN
    s := read_variants(s);
  END IF;
  v_free_before := s.free;
  IF v_has_queue THEN
    s := begin_queue(s, v_event);
  END IF;

  -- 1. Holds that are due give their units back before anything else is decided; but not those
  -- whose confirmation arrived in time, or somebody else's late one could take their unit.
  IF v_confirms THEN
    SELECT jsonb_object_agg(c.order_and_customer, c.at_ms) INTO v_confirmed_at_ms
      FROM (SELECT a."orderId" || ' ' || a."customerId", min(a."atMs")
              FROM jsonb_to_recordset(p_attempts)
                AS a ("kind" text, "orderId" text, "customerId" text, "atMs" bigint)
             WHERE a."kind" IN ('confirm', 'confirm_paid') GROUP BY 1) c (order_and_customer, at_ms);
  END IF;
  s := expire_holds(s, v_confirmed_at_ms);

  -- 2. Confirms and cancels; then those that were spared for a confirmation which was refused after all. Then
  -- what comes back of orders that were paid.
  s.settles_late := NOT v_has_queue;
  IF v_confirms OR p_attempts @> '[{"kind": "cancel"}]' THEN
    s := settle_holds(s, p_attempts);
  END IF;
  IF v_confirms THEN
    s := expire_holds(s, '{}');
  END IF;

  IF p_attempts @> '[{"kind": "return_units"}]' THEN
    s := return_units(s, p_attempts);
  END IF;

  -- 3. The queue, before anybody who did not wait; then the confirms that came too late for their hold.
  IF v_has_queue THEN
    IF p_attempts @> '[{"kind": "leave"}]' THEN
      s := leave_queue(s, p_attempts);
    END IF;
    IF s.draw_at_ms IS NULL AND epoch_ms(s.now) >= s.opens_at_ms
       AND epoch_ms(s.now) < s.closes_at_ms THEN
      s := serve_queue(s);
    END IF;
    s.settles_late := true;
    IF v_confirms THEN
      s := settle_holds(s, p_attempts);
    END IF;
  END IF;

  -- 4. Reservations: together where that makes no difference, all others one by one.
  IF p_attempts @> '[{"kind": "reserve"}]' THEN
    s := grant_together(s, p_attempts);
  END IF;
  IF coalesce(array_length(s.answers, 1), 0) < v_attempts
     OR array_position(s.answers, NULL) IS NOT NULL THEN
    s := grant_in_turn(s, p_attempts);
  END IF;

  -- 5. New entries in the queue, which begin it where there was none; its clock may be ahead of what was
  -- granted in this group.
  v_granted_at := s.now;
  IF NOT v_has_queue AND (coalesce(array_length(s.answers, 1), 0) < v_attempts
                          OR array_position(s.answers, NULL) IS NOT NULL) THEN
    v_has_queue := true;
    s := begin_queue(s, v_event);
    s := leave_queue(s, p_attempts);
  END IF;
  IF v_has_queue THEN
    s := enter_queue(s, p_attempts);
    PERFORM end_queue(s, v_event.has_entries);
  END IF;

  -- 6. The last word on stock: the counters move with the orders, or nothing does.
  FOR v_item IN 1 .. coalesce(array_length(s.ids, 1), 0) LOOP
    CONTINUE WHEN s.free[v_item] = v_free_before[v_item]
              AND s.to_held[v_item] = 0 AND s.to_sold[v_item] = 0;
    UPDATE event_items
       SET stock_remaining = stock_remaining + s.free[v_item] - v_free_before[v_item],
           stock_held = stock_held + s.to_held[v_item],
           stock_sold = stock_sold + s.to_sold[v_item]
     WHERE id = s.ids[v_item]
       AND stock_remaining + s.free[v_item] - v_free_before[v_item] >= 0;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'stock of % changed under the event''s lock', s.ids[v_item];
    END IF;
  END LOOP;

  RETURN jsonb_build_object(
    'opensAtMs', s.opens_at_ms,
    'closesAtMs', s.closes_at_ms,
    'published', s.published,
    'holdSeconds', s.hold_seconds,
    'currency', s.currency,
    'payOnline', s.pay_online,
    'needsAddress', v_event.needs_address,
    'delivery', CASE WHEN v_event.needs_address THEN jsonb_build_object(
      'shipping', v_event.shipping, 'of', deliveries_of(p_attempts, s.answers)) END,
    'hasPaymentRows', coalesce(s.has_payment_rows, false),
    'waitlist', v_event.waitlist,
    'queue', CASE WHEN v_has_queue THEN jsonb_build_object(
      'drawAtMs', s.draw_at_ms, 'locksAtMs', s.locks_at_ms, 'hasMore', true = ANY (s.has_more),
      'nowMs', epoch_ms(v_granted_at), 'offerEndsAtMs', epoch_ms(s.offer_ends_at), 'offered', s.offered) END,
    'items', (SELECT coalesce(jsonb_agg(jsonb_build_object(
        'id', i.id, 'priceCents', i.price_minor, 'variantLabel',
        CASE WHEN v_has_variants THEN s.variant_labels[array_position(s.ids, i.id)] END,
        'queue', CASE WHEN v_has_queue THEN jsonb_build_object(
          'waiting', i.queue_waiting, 'waitingUnits', i.queue_waiting_units,
          'servedRank', i.queue_served_rank, 'offers', i.queue_offers) END,
        'total', i.stock_total, 'remaining', i.stock_remaining,
        'held', i.stock_held, 'sold', i.stock_sold,
        'nextReleaseAtMs', CASE WHEN s.pay_online THEN epoch_ms(next_release(i.id)) ELSE (
                             SELECT epoch_ms(min(o.expires_at)) FROM orders o
                              WHERE o.event_item_id = i.id AND o.status = 'pending') END
      ) ORDER BY i.position), '[]') FROM event_items i WHERE i.event_id = s.event_id),
    'answers', to_jsonb(s.answers));
END
$$;
