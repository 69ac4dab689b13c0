/** Mistakes in what becomes of customers who may not act any more. */
import type { Mutation } from './mutation.ts';

export const ACCOUNT_MUTATIONS: Mutation[] = [
  {
    name: 'sells to deactivated customers',
    changes: [
      {
        find: 'IF NOT FOUND OR (NOT v_mine.may_act AND v_mine.sent_before_id IS NULL) THEN',
        replace: 'IF NOT FOUND THEN',
      },
    ],
  },
  {
    name: 'leaves the holds of the deactivated standing',
    changes: [
      {
        find: "WHERE o.event_id = n.id AND o.customer_id = p_customer_id AND o.status = 'pending'\n",
        replace: 'WHERE false\n',
      },
    ],
  },
  {
    name: 'gives back no unit of what the deactivated held',
    changes: [
      {
        find: 'sum(held)::int AS held, sum(entries)',
        replace: '0 AS held, sum(entries)',
      },
    ],
  },
];
