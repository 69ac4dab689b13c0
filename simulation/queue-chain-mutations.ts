/** Mistakes in how a draw is proven: in its chain, its number, its lock, its ranking and its giving up. */
import { type Mutation, mistake } from './mutation.ts';

const LEAVING = 'IF NOT s.is_locked AND cardinality(v_left) > 0 THEN';
const ADDED = "v_last := next_record(v_last, 'enter', v_entry, s.now);\n";
const LOCKED = "UPDATE draw_proofs SET records = v_last.seq, head = encode(v_last.head, 'hex')";

const CHAINING: Mutation[] = [
  mistake('chains nobody who leaves', LEAVING, 'IF false THEN'),
  mistake(
    'chains nobody who leaves with their account',
    'FROM queue_entries q WHERE id = ANY (v_gone) GROUP BY event_id;',
    'FROM queue_entries q WHERE false GROUP BY event_id;',
  ),
  mistake(
    'chains a leaver behind the lock',
    'IF v_last.seq IS NULL OR EXISTS (SELECT FROM draws WHERE event_id = p_event_id) THEN',
    'IF v_last.seq IS NULL THEN',
  ),
  mistake(
    'forgets the head before',
    'sha256(p_last.head || draw_record(',
    "sha256(''::bytea || draw_record(",
  ),
  mistake(
    'begins each group at record 0',
    'v_last := coalesce(last_record(s.event_id), start_chain(s.event_id, s.now));',
    `SELECT * INTO v_last FROM draw_records r WHERE r.event_id = s.event_id AND r.seq = 0;
        v_last := coalesce(v_last, start_chain(s.event_id, s.now));
        SELECT max(r.seq) INTO v_last.seq FROM draw_records r WHERE r.event_id = s.event_id;`,
  ),
  mistake('leaves a gap behind each group', ADDED, `${ADDED}      v_last.seq := v_last.seq + 1;\n`),
  mistake(
    'chains a late entry',
    'IF NOT s.is_locked THEN\n      IF v_last',
    'IF s.is_draw THEN\n      IF v_last',
  ),
  mistake(
    'binds no quantity',
    '|| draw_field(e.quantity::text) || draw_field(e.min_quantity::text)',
    '|| draw_field(e.min_quantity::text) || draw_field(e.min_quantity::text)',
  ),
  mistake('binds no time', '|| draw_field(epoch_ms(p_at)::text)\n$$;', "|| draw_field('0')\n$$;"),
  mistake(
    'counts characters instead of a length in four bytes',
    'SELECT int4send(octet_length(p_text)) ||',
    'SELECT int2send(octet_length(p_text)::int2) ||',
  ),
  mistake(
    'gives an entry the record before its own',
    'v_entry.record_seq := v_last.seq + 1;',
    'v_entry.record_seq := v_last.seq;',
  ),
];

const STARTING: Mutation[] = [
  mistake(
    'leaves a gap between numbers',
    'coalesce(max(number), 0) + 1)',
    'coalesce(max(number), 0) + 2)',
  ),
  mistake('fixes what is held of the stock', "'stock', i.stock_total,", "'stock', i.stock_held,"),
  mistake('binds no price', "|| draw_field(i.item ->> 'priceMinor')", "|| draw_field('0')"),
  mistake('names the round before the opening', '+ 2999) / 3000 + 1,', '+ 2999) / 3000,'),
  mistake(
    'names a round that is due before the opening',
    '(epoch_ms(e.starts_at) + 2999) / 3000 * 3000)',
    '(epoch_ms(e.starts_at) - 1) / 3000 * 3000)',
  ),
];

const ENDING: Mutation[] = [
  mistake(
    'keeps no head at the lock',
    LOCKED,
    LOCKED.replace('v_last.seq', 'NULL').replace("encode(v_last.head, 'hex')", 'NULL'),
  ),
  mistake(
    'locks behind the entries of its settlement',
    `    IF NOT FOUND AND s.now >= p_event.entries_close_at THEN
      PERFORM lock_draw(s.event_id, s.now, s.settlement, s.last_seq);
      SELECT * INTO v_draw FROM draws WHERE event_id = s.event_id;
    END IF;
    s.is_locked := v_draw.event_id IS NOT NULL;`,
    `    s.is_locked := v_draw.event_id IS NOT NULL;
    IF NOT s.is_locked AND s.now >= p_event.entries_close_at THEN
      PERFORM lock_draw(s.event_id, s.now, s.settlement, s.last_seq);
      SELECT * INTO v_draw FROM draws WHERE event_id = s.event_id;
    END IF;`,
  ),
  mistake(
    'hashes the ranking in another order',
    "string_agg(draw_field(id), ''::bytea ORDER BY rank) AS ids",
    "string_agg(draw_field(id), ''::bytea ORDER BY id) AS ids",
  ),
  mistake(
    'keeps another randomness than it drew by',
    "randomness = encode(p_randomness, 'hex'),",
    "randomness = encode(sha256(p_randomness), 'hex'),",
  ),
  mistake(
    'draws what was given up',
    'IF v_draw.event_id IS NULL OR v_proof.given_up_at IS NOT NULL THEN',
    'IF v_draw.event_id IS NULL THEN',
  ),
  mistake(
    'gives up what is drawn',
    'WHERE p.event_id = p_event_id AND p.given_up_at IS NULL AND d.drawn_at IS NULL\n',
    'WHERE p.event_id = p_event_id AND p.given_up_at IS NULL\n',
  ),
  mistake(
    'gives up for a beacon that is not silent',
    "WHEN 'beacon_silent' THEN epoch_ms(p_now) >= r.at_ms + 3600000",
    "WHEN 'beacon_silent' THEN true",
  ),
  mistake(
    'gives up again what was given up',
    'WHERE p.event_id = p_event_id AND p.given_up_at IS NULL AND d',
    'WHERE p.event_id = p_event_id AND d',
  ),
  mistake(
    'locks no entries of a draw that is given up',
    'PERFORM lock_entries(p_event_id, v_queue.settled_at, v_queue.settlement, v_queue.last_seq);',
    '',
  ),
];

export const QUEUE_CHAIN_MUTATIONS: Mutation[] = [...CHAINING, ...STARTING, ...ENDING];
