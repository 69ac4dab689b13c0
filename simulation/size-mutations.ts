/** Mistakes in sales with sizes: in the limit over all of them, in their holds, keys and names. */
import type { Mutation } from './mutation.ts';

const SAME_LIMIT = 'coalesce(s.same_limit[v_item]::text[], ARRAY[s.ids[v_item]]))';

export const SIZE_MUTATIONS: Mutation[] = [
  {
    name: 'counts each size alone, one by one',
    changes: [
      {
        find: `AND o.event_item_id = ANY (\n                              ${SAME_LIMIT}`,
        replace: 'AND o.event_item_id = v_attempt.event_item_id',
      },
    ],
  },
  {
    name: 'grants together to somebody who has another size',
    changes: [{ find: 'OR o.event_item_id = ANY (s.same_limit[a.item]::text[])\n', replace: '\n' }],
  },
  {
    name: 'confirms late to somebody who has another size',
    changes: [
      {
        find: `AND event_item_id = ANY (\n                       ${SAME_LIMIT}`,
        replace: 'AND event_item_id = v_order.event_item_id',
      },
    ],
  },
  {
    name: 'counts each size alone for a mailbox',
    changes: [{ find: 'AND i.item_id = wanted.item_id\n', replace: 'AND i.id = wanted.id\n' }],
  },
  {
    name: 'has one limit over all items of a sale with sizes',
    changes: [{ find: 'OVER (PARTITION BY e.item_id)', replace: 'OVER ()' }],
  },
  {
    name: 'takes the limit’s sizes from another item',
    changes: [
      {
        find: 'array_agg(i.same_limit ORDER BY i.n)',
        replace: 'array_agg(i.same_limit ORDER BY -i.n)',
      },
    ],
  },
  {
    name: 'knows of no sizes',
    changes: [{ find: 's := read_variants(s);', replace: 'NULL;' }],
  },
  {
    name: 'gives a hold of another size to whoever presses without a key',
    changes: [
      {
        find: "status = 'pending' AND o.expires_at > s.now\n                               AND o.event_item_id = v_attempt.event_item_id)",
        replace: "status = 'pending')",
      },
    ],
  },
  {
    name: 'takes another size under the same key for the same request',
    changes: [
      {
        find: '(v_order.event_item_id <> v_attempt.event_item_id OR v_order.quantity',
        replace: '(v_order.quantity',
      },
    ],
  },
  {
    name: 'grants together under the name of the first size',
    changes: [{ find: 's.variant_labels[a.item]', replace: 's.variant_labels[1]' }],
  },
  {
    name: 'sells one by one under the name of the first size',
    changes: [{ find: 's.variant_labels[v_item]', replace: 's.variant_labels[1]' }],
  },
  {
    name: 'tells the name of the first size for every one',
    changes: [
      { find: 's.variant_labels[array_position(s.ids, i.id)]', replace: 's.variant_labels[1]' },
    ],
  },
  {
    name: 'takes a size’s name from another one',
    changes: [
      { find: 'array_agg(v.label ORDER BY i.n)', replace: 'array_agg(v.label ORDER BY -i.n)' },
    ],
  },
  {
    name: 'forgets an order’s size in what its customer is told',
    changes: [{ find: "'variantLabel', o.variant_label,", replace: "'variantLabel', NULL," }],
  },
];
