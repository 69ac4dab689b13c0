/** Mistakes in how a plan is edited; the text is that of its statements, one after another. */
import type { Mutation } from './mutation.ts';

const NUMBER = 'e.item_numbers_used + row_number()';

export const PLAN_MUTATIONS: Mutation[] = [
  {
    name: 'numbers the items of a plan from the first again',
    changes: [
      {
        find: NUMBER,
        replace: `(SELECT coalesce(max(split_part(g.id, '_', 3)::int), 0)
          FROM event_items g WHERE g.event_id = e.id) + row_number()`,
      },
    ],
  },
  {
    name: 'gives a plan’s items the numbers after as many as there are',
    changes: [
      {
        find: NUMBER,
        replace: '(SELECT count(*) FROM event_items g WHERE g.event_id = e.id) + row_number()',
      },
    ],
  },
];
