/** Mistakes in the SQL that serves a queue. */
import type { Mutation } from './mutation.ts';

const OF_MINIMUM = "AND q.status = 'waiting' AND q.rank IS NOT NULL\n";

export const QUEUE_MUTATIONS: Mutation[] = [
  {
    name: 'serves the highest rank first',
    changes: [{ find: '   ORDER BY e.rank\n$$', replace: '   ORDER BY e.rank DESC\n$$' }],
  },
  {
    name: 'looks the highest ranks of each minimum up',
    changes: [
      {
        find: 'ORDER BY q.rank LIMIT p_entries_max) w',
        replace: 'ORDER BY q.rank DESC LIMIT 1) w',
      },
    ],
  },
  {
    name: 'serves only those who wish for one unit at least',
    changes: [
      {
        find: 'generate_series(1, least(s.free[p_item], s.limits[p_item]))',
        replace: 'generate_series(1, 1)',
      },
    ],
  },
  {
    name: 'serves those who have left',
    changes: [{ find: OF_MINIMUM, replace: 'AND q.rank IS NOT NULL\n' }],
  },
  {
    name: 'skips everybody unverified',
    changes: [
      {
        find: 'WHEN s.require_verified_email AND NOT v_entry.verified THEN',
        replace: 'WHEN NOT v_entry.verified THEN',
      },
    ],
  },
];
