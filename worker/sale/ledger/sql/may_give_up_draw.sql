-- Whether a draw may be given up for a reason of GiveUpReason in contract/draw.ts: never once it is drawn, and not
-- while its round can be had. Null where there is none to give up: no draw that somebody entered, one that is drawn,
-- or was given up.
CREATE OR REPLACE FUNCTION may_give_up_draw(p_event_id text, p_reason text, p_now timestamptz) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT CASE p_reason
           WHEN 'cancelled' THEN epoch_ms(p_now) < r.at_ms
           WHEN 'beacon_silent' THEN epoch_ms(p_now) >= r.at_ms + 3600000
           WHEN 'undrawn_at_end' THEN p_now >= e.ends_at END
    FROM draw_proofs p JOIN events e ON e.id = p.event_id LEFT JOIN draws d ON d.event_id = p.event_id
   CROSS JOIN LATERAL (SELECT (p.start -> 'beacon' ->> 'roundAtMs')::bigint AS at_ms) r
   WHERE p.event_id = p_event_id AND p.given_up_at IS NULL AND d.drawn_at IS NULL
$$;
