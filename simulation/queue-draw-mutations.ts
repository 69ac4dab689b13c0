/** Mistakes in how the entries of a draw are locked and ranked, and in how entries end beside their turn. */
import { type Mutation, mistake } from './mutation.ts';

const LOCK = 'IF NOT FOUND AND s.now >= p_event.entries_close_at THEN';
const COUNT = 'VALUES (p_event_id, p_now, p_settlement, p_last_seq)';
const DRAWN = 'AND event_id = p_event_id AND record_seq IS NOT NULL\n';
const NOT_LEFT = `AND id NOT IN (SELECT r.entry_id FROM draw_records r
                       WHERE r.event_id = p_event_id AND r.kind = 'leave')\n`;

const LOCKING: Mutation[] = [
  mistake('locks the entries a millisecond late', LOCK, LOCK.replace('>=', '>')),
  mistake(
    'locks the entries at the opening',
    LOCK,
    'IF NOT FOUND AND s.now >= p_event.starts_at THEN',
  ),
  mistake(
    'locks the entries when somebody arrives late',
    LOCK,
    "IF NOT FOUND AND s.now >= p_event.entries_close_at + interval '1 second' THEN",
  ),
  mistake('counts one more at the lock', COUNT, COUNT.replace('p_last_seq', 'p_last_seq + 1')),
  mistake(
    'counts one less at the lock',
    COUNT,
    COUNT.replace('p_last_seq', 'greatest(p_last_seq - 1, 0)'),
  ),
  mistake(
    'locks again in each settlement',
    'SELECT * INTO v_draw FROM draws WHERE event_id = s.event_id;\n    IF NOT FOUND',
    `UPDATE draws SET entry_count = s.last_seq WHERE event_id = s.event_id;
    SELECT * INTO v_draw FROM draws WHERE event_id = s.event_id;\n    IF NOT FOUND`,
  ),
];

const RANKING: Mutation[] = [
  mistake('draws those who came behind the lock', DRAWN, 'AND event_id = p_event_id\n'),
  mistake('draws those who left before the lock', NOT_LEFT, ''),
  mistake('draws nobody who left behind the lock', NOT_LEFT, "AND status <> 'left'\n"),
  mistake('draws nobody who is skipped', NOT_LEFT, `${NOT_LEFT} AND status <> 'skipped'\n`),
  mistake(
    'draws the largest score first',
    'WINDOW w AS (PARTITION BY event_item_id ORDER BY score)',
    'WINDOW w AS (PARTITION BY event_item_id ORDER BY score DESC)',
  ),
  mistake(
    'draws all items together',
    'WINDOW w AS (PARTITION BY event_item_id ORDER BY score)',
    'WINDOW w AS (ORDER BY score)',
  ),
  mistake(
    'draws in the order of arrival',
    'WINDOW w AS (PARTITION BY event_item_id ORDER BY score)',
    'WINDOW w AS (PARTITION BY event_item_id ORDER BY id)',
  ),
  mistake(
    'draws without the seed',
    'sha256(v_outer || sha256(v_inner ||',
    "sha256('outer'::bytea || sha256('inner'::bytea ||",
  ),
  mistake(
    'draws again what is drawn',
    'ELSIF v_draw.drawn_at IS NOT NULL THEN\n    RETURN true;',
    'ELSIF false THEN\n    RETURN true;',
  ),
  mistake(
    'keeps another seed than it drew by',
    "SET seed = encode(p_seed, 'hex')",
    "SET seed = encode(sha256(p_seed), 'hex')",
  ),
];

const ENDED = 'FROM entries_before b WHERE';
const PLACED = "FROM entries_after WHERE status = 'waiting' AND rank IS NOT NULL";

const PLACING: Mutation[] = [
  mistake('keeps the place of whoever waits no longer', ENDED, `${ENDED} false AND`),
  mistake(
    'gives a place to whoever does not wait',
    PLACED,
    'FROM entries_after WHERE rank IS NOT NULL',
  ),
  mistake(
    'gives a place for one unit',
    'SELECT event_item_id, min_quantity, rank, id, quantity,',
    'SELECT event_item_id, min_quantity, rank, id, 1,',
  ),
];

const LEAVING: Mutation[] = [
  mistake(
    'gives back no unit of an offer that is left',
    's.free[v_item] := s.free[v_item] + v_order.quantity;\n        s.to_held[v_item] := s.to_held[v_item] - v_order.quantity;\n        IF v_order.paying',
    'NULL;\n        IF v_order.paying',
  ),
  mistake(
    'leaves the order of an offer that is left',
    "ELSIF v_entry.status = 'offered' THEN",
    "ELSIF v_entry.status = 'skipped' THEN",
  ),
  mistake(
    'lets somebody leave what they have bought',
    "ELSIF EXISTS (SELECT FROM orders WHERE id = v_entry.order_id AND status = 'confirmed') THEN",
    'ELSIF false THEN',
  ),
  mistake(
    'cancels what is bought with the entry',
    "WHERE id = v_entry.order_id AND status = 'pending' RETURNING * INTO v_order;",
    "WHERE id = v_entry.order_id AND status IN ('pending', 'confirmed') RETURNING * INTO v_order;",
  ),
  mistake(
    'lets somebody leave for another',
    'WHERE id = v_attempt.entry_id AND event_id = s.event_id AND customer_id = v_attempt.customer_id;\n    IF NOT FOUND THEN\n      v_answers[v_attempt.n] := \'{"refusal": "not_found"}\';\n      CONTINUE;\n    ELSIF',
    'WHERE id = v_attempt.entry_id AND event_id = s.event_id;\n    IF NOT FOUND THEN\n      v_answers[v_attempt.n] := \'{"refusal": "not_found"}\';\n      CONTINUE;\n    ELSIF',
  ),
  mistake('counts those who left as waiting', 's.waiting[v_item] := s.waiting[v_item] - 1;\n', ''),
  mistake(
    'counts the units of those who left as waiting',
    's.waiting_units[v_item] := s.waiting_units[v_item] - v_entry.quantity;\n',
    '',
  ),
  mistake(
    'counts the disqualified as waiting',
    'SET queue_waiting = queue_waiting - 1,\n           queue_waiting_units = queue_waiting_units - v_entry.quantity',
    'SET queue_waiting = queue_waiting',
  ),
  mistake(
    'disqualifies whoever was offered',
    "IF v_entry.status = 'waiting' THEN\n    v_settlement := next",
    "IF v_entry.status IN ('waiting', 'offered') THEN\n    v_settlement := next",
  ),
  mistake(
    'takes the rank of the disqualified',
    "SET status = 'skipped', reason = 'disqualified',",
    "SET status = 'skipped', reason = 'disqualified', rank = NULL,",
  ),
  mistake(
    'gives a disqualification no number',
    'v_settlement := next_settlement(p_event_id, v_now);\n    -- The caller',
    '-- The caller',
  ),
  mistake(
    'lets those wait on whose account is deleted',
    'AND v_is_deleted\n    RETURNING q.id',
    'AND false\n    RETURNING q.id',
  ),
  mistake(
    'takes those out of the queue who are deactivated',
    'AND v_is_deleted\n    RETURNING q.id',
    'RETURNING q.id',
  ),
  mistake(
    'counts those as waiting whose account is deleted',
    'queue_waiting = queue_waiting - s.entries,\n',
    'queue_waiting = queue_waiting,\n',
  ),
  mistake(
    'gives what ends with an account no number',
    'next_settlement(e.id, v_now) AS settlement, greatest',
    'NULL::bigint AS settlement, greatest',
  ),
];

export const QUEUE_DRAW_MUTATIONS: Mutation[] = [...LOCKING, ...RANKING, ...PLACING, ...LEAVING];
