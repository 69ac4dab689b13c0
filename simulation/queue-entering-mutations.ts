/** Mistakes in who may enter a queue, when, and behind whom. */
import { type Mutation, mistake } from './mutation.ts';

const KNOWN = "AND (e.id = v_id OR e.status = 'waiting' OR o.id IS NOT NULL)";
const COUNTED = "v_held + v_bought + v_waiting + (p_attempt ->> 'min_quantity')::int)";
const WANTED = "greatest((p_attempt ->> 'quantity')::int,";
const RANK = 'v_entry.rank := CASE WHEN s.is_locked THEN s.last_seq END;';
const STOCK =
  'ELSIF s.is_locked AND s.draw_at_ms IS NULL AND s.free[p_item] > 0 AND NOT s.has_more[p_item] THEN';

/** When. */
const TIMES: Mutation[] = [
  mistake(
    'lets somebody enter before the opening',
    'ELSIF NOT s.is_draw AND v_at_ms < s.opens_at_ms THEN',
    'ELSIF false THEN',
  ),
  mistake(
    'lets nobody enter a draw before the opening',
    'ELSIF NOT s.is_draw AND v_at_ms < s.opens_at_ms THEN',
    'ELSIF v_at_ms < s.opens_at_ms THEN',
  ),
  mistake(
    'lets somebody enter after the end',
    'ELSIF v_at_ms >= s.closes_at_ms THEN\n    RETURN',
    'ELSIF false THEN\n    RETURN',
  ),
  mistake(
    'lets somebody enter what is off the lists',
    'IF NOT s.published THEN\n    RETURN',
    'IF false THEN\n    RETURN',
  ),
  mistake(
    'lets somebody enter a queue that is closed',
    'ELSIF s.is_locked AND NOT s.waitlist THEN',
    'ELSIF false THEN',
  ),
  mistake(
    'closes a draw that takes nobody behind its lock',
    'ELSIF s.is_locked AND NOT s.waitlist THEN',
    'ELSIF NOT s.waitlist THEN',
  ),
  mistake('lets somebody wait for what is free', STOCK, 'ELSIF false THEN'),
  mistake(
    'finds units free that are to be served',
    STOCK,
    'ELSIF s.is_locked AND s.draw_at_ms IS NULL AND s.free[p_item] > 0 THEN',
  ),
  mistake(
    'finds units free that are to be drawn',
    STOCK,
    'ELSIF s.is_locked AND s.free[p_item] > 0 AND NOT s.has_more[p_item] THEN',
  ),
];

/** Who. */
const CUSTOMERS: Mutation[] = [
  mistake(
    'lets the unverified enter',
    'ELSIF s.require_verified_email AND NOT p_is_verified THEN',
    'ELSIF false THEN',
  ),
  mistake(
    'lets those enter whose login has ended',
    'AND v_mine.may_act IS NOT TRUE THEN',
    'AND false THEN',
  ),
  mistake('lets somebody wish for more than the limit', WANTED, 'greatest(0,'),
  mistake(
    'lets somebody enter who could not be served',
    COUNTED,
    "v_waiting + (p_attempt ->> 'min_quantity')::int)",
  ),
  mistake(
    'refuses a wish that their limit allows in part',
    COUNTED,
    "v_held + v_bought + v_waiting + (p_attempt ->> 'quantity')::int)",
  ),
  mistake(
    'lets more accounts of a mailbox wait than it may have units',
    'v_waiting := waiting_of_mailbox(v_customer, s.ids[p_item]);',
    '',
  ),
  mistake(
    'counts each size alone when somebody enters',
    'AND o.event_item_id = ANY (coalesce(s.same_limit[p_item]::text[], ARRAY[s.ids[p_item]]));',
    'AND o.event_item_id = s.ids[p_item];',
  ),
  mistake(
    'counts each account of a mailbox alone when somebody enters',
    'IF s.one_limit_per_mailbox THEN\n    SELECT m.held, m.bought INTO v_held, v_bought',
    'IF false THEN\n    SELECT m.held, m.bought INTO v_held, v_bought',
  ),
  mistake(
    'lets somebody enter a sixth time in a day',
    'IF v_today.entries >= 5',
    'IF v_today.entries >= 6',
  ),
  mistake(
    'lets nobody enter a fifth time in a day',
    'IF v_today.entries >= 5',
    'IF v_today.entries >= 4',
  ),
  mistake(
    'counts the entries for other items too',
    "WHERE e.customer_id = v_customer AND e.event_item_id = s.ids[p_item] AND e.status <> 'waiting'\n     AND e.entered_at",
    "WHERE e.customer_id = v_customer AND e.status <> 'waiting'\n     AND e.entered_at",
  ),
  mistake(
    'tells another time to come back',
    "epoch_ms(v_today.since + interval '1 day') - epoch_ms(s.now)",
    "epoch_ms(v_today.since + interval '1 day') - epoch_ms(v_today.since)",
  ),
];

/** What they have already. */
const AGAIN: Mutation[] = [
  mistake('lets somebody wait twice', KNOWN, 'AND (e.id = v_id OR o.id IS NOT NULL)'),
  mistake(
    'lets somebody wait beside their offer',
    KNOWN,
    "AND (e.id = v_id OR e.status = 'waiting')",
  ),
  mistake('gives an entry again that has ended', KNOWN, ''),
  mistake(
    'does not know an entry that is sent again',
    KNOWN,
    "AND e.id <> v_id AND (e.status = 'waiting' OR o.id IS NOT NULL)",
  ),
  mistake(
    'calls an entry new that is given again',
    "'replayed', v_entry.id <> v_id);",
    "'replayed', false);",
  ),
  mistake(
    'gives somebody the entry of another item',
    `WHERE (e.customer_id = v_customer AND e.event_item_id = s.ids[p_item] AND e.status = 'waiting'
          OR e.customer_id = v_customer AND e.event_item_id = s.ids[p_item] AND e.status <> 'waiting')`,
    'WHERE e.customer_id = v_customer AND e.event_id = s.event_id',
  ),
];

/** Behind whom. */
const PLACES: Mutation[] = [
  mistake('gives a rank before the draw', RANK, 'v_entry.rank := s.last_seq;'),
  mistake('gives nobody a rank who comes behind the lock', RANK, 'v_entry.rank := NULL;'),
  mistake(
    'lets somebody enter before all others',
    RANK,
    'v_entry.rank := CASE WHEN s.is_locked THEN 1 END;',
  ),
  mistake(
    'ranks by the arrival and not by the lock',
    RANK,
    `v_entry.rank := CASE WHEN NOT s.is_draw OR v_attempt.at_ms >= (
         SELECT epoch_ms(entries_close_at) FROM events WHERE id = s.event_id)
       THEN s.last_seq END;`,
  ),
  mistake(
    'numbers the entries of a settlement alike',
    'UPDATE event_queues SET last_seq = s.last_seq WHERE',
    'UPDATE event_queues SET last_seq = s.last_seq - 1 WHERE',
  ),
  mistake(
    'tells a place before the draw',
    'CASE WHEN s.is_locked AND s.draw_at_ms IS NULL THEN jsonb_build_object(',
    'CASE WHEN s.is_locked THEN jsonb_build_object(',
  ),
  mistake(
    'counts somebody before themselves',
    's.waiting[v_item] := s.waiting[v_item] + 1;\n',
    's.waiting[v_item] := s.waiting[v_item] + 2;\n',
  ),
  mistake(
    'counts one unit for each wish',
    's.waiting_units[v_item] := s.waiting_units[v_item] + v_attempt.quantity;',
    's.waiting_units[v_item] := s.waiting_units[v_item] + 1;',
  ),
  mistake('tells those behind as ahead', 'AND o.rank < e.rank', 'AND o.rank > e.rank'),
  mistake(
    'tells those as ahead who come behind',
    'AND o.rank < e.rank) END',
    'AND o.rank <> e.rank) END',
  ),
  mistake(
    'enters by the caller’s clock',
    'v_entry.entered_at := s.now;',
    'v_entry.entered_at := to_timestamp(v_attempt.at_ms / 1000.0);',
  ),
];

export const QUEUE_ENTERING_MUTATIONS: Mutation[] = [...TIMES, ...CUSTOMERS, ...AGAIN, ...PLACES];
