/** Mistakes in the rows of the outbox that settle_group writes for what it confirms. */
import type { Mutation } from './mutation.ts';

const REMEMBER = `v_confirmed := v_confirmed || v_order.id;
        v_confirmed_by := v_confirmed_by || v_order.customer_id;`;
const NO_CONFLICT = { find: '\n    ON CONFLICT (key) DO NOTHING;', replace: ';' };

export const OUTBOX_MUTATIONS: Mutation[] = [
  {
    name: 'writes no row for what it confirms',
    changes: [{ find: 'IF v_confirmed IS NOT NULL THEN', replace: 'IF false THEN' }],
  },
  {
    name: 'writes one row for a group',
    changes: [
      {
        find: 'unnest(v_confirmed, v_confirmed_by)',
        replace: 'unnest(v_confirmed[1:1], v_confirmed_by[1:1])',
      },
    ],
  },
  {
    name: 'writes no row for a late confirmation',
    changes: [{ find: REMEMBER, replace: `IF v_in_time THEN ${REMEMBER} END IF;` }],
  },
  {
    name: 'writes no row where the hold was written off before',
    changes: [
      {
        find: 's.free[v_item] := s.free[v_item] - v_order.quantity;\n        ELSE',
        replace:
          's.free[v_item] := s.free[v_item] - v_order.quantity; v_in_time := NULL;\n        ELSE',
      },
      { find: REMEMBER, replace: `IF v_in_time IS NOT NULL THEN ${REMEMBER} END IF;` },
    ],
  },
  {
    name: 'writes a row again for a repeated confirmation',
    changes: [
      {
        find: "IF v_attempt.kind = 'confirm' AND v_order.status = 'confirmed' THEN\n",
        replace: `IF v_attempt.kind = 'confirm' AND v_order.status = 'confirmed' THEN\n${REMEMBER}\n`,
      },
      NO_CONFLICT,
    ],
  },
  {
    name: 'writes a row under another key for a repeated confirmation',
    changes: [
      {
        find: "IF v_attempt.kind = 'confirm' AND v_order.status = 'confirmed' THEN\n",
        replace: `IF v_attempt.kind = 'confirm' AND v_order.status = 'confirmed' THEN\n${REMEMBER}\n`,
      },
      {
        find: "'order_confirmed/' || o.id",
        replace: "'order_confirmed/' || o.id || extract(epoch FROM s.now)",
      },
    ],
  },
  {
    name: 'writes a row for a cancellation',
    changes: [
      {
        find: "WHERE id = v_order.id AND status = 'pending'\n      RETURNING * INTO STRICT v_order;\n",
        replace: `WHERE id = v_order.id AND status = 'pending'
          RETURNING * INTO STRICT v_order;\n${REMEMBER}\n`,
      },
    ],
  },
  {
    name: 'writes a row to somebody else',
    changes: [
      {
        find: "'order_confirmed/' || o.id, o.customer_id,\n           jsonb_build_object('userId', o.customer_id,",
        replace:
          "'order_confirmed/' || o.id, o.customer_id,\n           jsonb_build_object('userId', v_confirmed_by[1],",
      },
    ],
  },
  {
    name: 'writes a row by the clock of the database',
    changes: [{ find: '1, s.now, s.now\n', replace: '1, now(), now()\n' }],
  },
];
