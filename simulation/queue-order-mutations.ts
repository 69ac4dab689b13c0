/** Mistakes in the order of a settlement of an event with a queue, and in how settlements are numbered. */
import { type Mutation, mistake } from './mutation.ts';

const SERVE = '      s := serve_queue(s);\n';
const SERVE_IF_OPEN = `IF v_has_queue AND s.draw_at_ms IS NULL AND epoch_ms(s.now) >= s.opens_at_ms
       AND epoch_ms(s.now) < s.closes_at_ms THEN
      s := serve_queue(s);
    END IF;`;
const NOT_THERE = { find: SERVE, replace: '      NULL;\n' };

export const QUEUE_ORDER_MUTATIONS: Mutation[] = [
  {
    name: 'serves the queue behind the reservations',
    changes: [
      NOT_THERE,
      {
        find: '  v_granted_at := s.now;\n',
        replace: `  ${SERVE_IF_OPEN}\n  v_granted_at := s.now;\n`,
      },
    ],
  },
  mistake(
    'serves the queue behind late confirms',
    's.settles_late := NOT v_has_queue;',
    's.settles_late := true;',
  ),
  {
    name: 'serves the queue before what is due has expired',
    changes: [
      NOT_THERE,
      {
        find: '  s := expire_holds(s, v_confirmed_at_ms);\n',
        replace: `  ${SERVE_IF_OPEN}\n  s := expire_holds(s, v_confirmed_at_ms);\n`,
      },
    ],
  },
  {
    name: 'serves the queue before cancels',
    changes: [
      NOT_THERE,
      {
        find: '  s.settles_late := NOT v_has_queue;\n',
        replace: `  ${SERVE_IF_OPEN}\n  s.settles_late := NOT v_has_queue;\n`,
      },
    ],
  },
  {
    name: 'serves the queue before leaves',
    changes: [
      NOT_THERE,
      {
        find: `    IF p_attempts @> '[{"kind": "leave"}]' THEN\n`,
        replace: `    ${SERVE_IF_OPEN}\n    IF p_attempts @> '[{"kind": "leave"}]' THEN\n`,
      },
    ],
  },
  mistake(
    'ends a hold that is confirmed in time',
    's := expire_holds(s, v_confirmed_at_ms);',
    "s := expire_holds(s, '{}');",
  ),
  mistake(
    'never settles a late confirm',
    'IF v_confirms THEN\n      s := settle_holds(s, p_attempts);',
    'IF false THEN\n      s := settle_holds(s, p_attempts);',
  ),
  mistake(
    'makes offers before the opening',
    'IF s.draw_at_ms IS NULL AND epoch_ms(s.now) >= s.opens_at_ms\n',
    'IF s.draw_at_ms IS NULL\n',
  ),
  mistake(
    'makes offers after the close',
    'AND epoch_ms(s.now) < s.closes_at_ms THEN\n      s := serve_queue',
    'THEN\n      s := serve_queue',
  ),
  mistake(
    'makes offers before the draw',
    'IF s.draw_at_ms IS NULL AND epoch_ms(s.now) >= s.opens_at_ms\n',
    'IF epoch_ms(s.now) >= s.opens_at_ms\n',
  ),
  mistake(
    'makes offers a millisecond after the close',
    'AND epoch_ms(s.now) < s.closes_at_ms THEN\n      s := serve_queue',
    'AND epoch_ms(s.now) <= s.closes_at_ms THEN\n      s := serve_queue',
  ),
  mistake(
    'sells one by one although more is to be served',
    'ELSIF s.has_more[v_item] OR s.draw_at_ms IS NOT NULL THEN',
    'ELSIF s.draw_at_ms IS NOT NULL THEN',
  ),
  mistake(
    'sells one by one before the draw',
    'ELSIF s.has_more[v_item] OR s.draw_at_ms IS NOT NULL THEN',
    'ELSIF s.has_more[v_item] THEN',
  ),
  mistake(
    'grants together although more is to be served',
    'AND s.has_more[a.item] IS NOT TRUE AND s.draw_at_ms IS NULL\n',
    'AND s.draw_at_ms IS NULL\n',
  ),
  mistake(
    'grants together before the draw',
    'AND s.has_more[a.item] IS NOT TRUE AND s.draw_at_ms IS NULL\n',
    'AND s.has_more[a.item] IS NOT TRUE\n',
  ),
  mistake(
    'calls sold out what others wait for',
    `v_answers[v_attempt.n] := '{"refusal": "queue_ahead"}';`,
    `v_answers[v_attempt.n] := '{"refusal": "sold_out"}';`,
  ),
  mistake(
    'takes a draw that nobody has entered for an ordinary sale',
    "v_has_queue := v_event.has_entries OR v_event.admission = 'draw';",
    'v_has_queue := v_event.has_entries;',
  ),
  mistake(
    'forgets that somebody has entered',
    'UPDATE events SET has_entries = true WHERE id = s.event_id;',
    '',
  ),
  mistake(
    'numbers a settlement as the one before',
    'SET settlement = event_queues.settlement + 1,',
    'SET settlement = event_queues.settlement,',
  ),
  mistake(
    'lets the time of settlements go back',
    'settled_at = greatest(event_queues.settled_at, excluded.settled_at)',
    'settled_at = excluded.settled_at',
  ),
  mistake(
    'settles by a clock that goes back',
    'RETURNING settlement, settled_at, last_seq INTO s.settlement, s.now, s.last_seq;',
    'RETURNING settlement, last_seq INTO s.settlement, s.last_seq;',
  ),
  mistake(
    'lets the time of a change beside the settlements go back',
    "settled_at = greatest(settled_at, date_trunc('milliseconds', p_now))",
    "settled_at = date_trunc('milliseconds', greatest(p_now, 'epoch'))",
  ),
  mistake(
    'gives a change beside the settlements no number of its own',
    'SET settlement = settlement + 1, settled_at',
    'SET settlement = settlement, settled_at',
  ),
  mistake(
    'gives new stock no number',
    'FROM next_settlement(NEW.event_id',
    "FROM next_settlement('none'",
  ),
  mistake('tells of no more to serve', "'hasMore', true = ANY (s.has_more),", "'hasMore', false,"),
  mistake('tells of no draw to come', "'drawAtMs', s.draw_at_ms,", "'drawAtMs', NULL,"),
  mistake('tells of no lock to come', "'locksAtMs', s.locks_at_ms,", "'locksAtMs', NULL,"),
];
