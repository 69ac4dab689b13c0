/** Mistakes in the offers that are made together, and in what is left to be decided one by one. */
import { type Mutation, mistake } from './mutation.ts';

const MAILBOX = 'IF NOT s.one_limit_per_mailbox AND p_entries_max <= v_free THEN';
const OTHERS = "CASE WHEN v_entries = '{}' THEN p_entries_max ELSE 0 END";
const FOUND = '(s.free[p_item] - e.units_up_to + e.quantity)::int AS found,';
const UNITS_UP_TO = 'sum(n.quantity) OVER (ORDER BY n.rank) AS units_up_to';
const LIMIT = 'AND e.quantity <= s.limits[p_item] - e.units AND e.units_up_to <= s.free[p_item]';
const ENDS = "AND e.same_end = 1 AND strpos(p_ends, ' ' || right(e.id, 8)) = 0, false))";
const SERVED_RANK =
  's.served_ranks[p_item] := greatest(s.served_ranks[p_item], v_plain.last_rank);';
const ID_IS_TAKEN = "IF strpos(v_ends, ' ' || right(v_entry.id, 8)) > 0 THEN";

/** Who is one of them. */
const PLAIN: Mutation[] = [
  mistake('offers to the deactivated together', 'e.active AND (e.verified OR', '(e.verified OR'),
  mistake(
    'offers to the unverified together',
    'e.active AND (e.verified OR NOT s.require_verified_email)\n',
    'e.active\n',
  ),
  mistake(
    'offers together more than the limit leaves',
    LIMIT,
    'AND e.units_up_to <= s.free[p_item]',
  ),
  mistake(
    'looks only at the limit, not at what they have of it',
    LIMIT,
    LIMIT.replace('s.limits[p_item] - e.units', 's.limits[p_item]'),
  ),
  mistake(
    'offers together more than is free',
    LIMIT,
    'AND e.quantity <= s.limits[p_item] - e.units',
  ),
  mistake(
    'asks each of them for itself whether it fits',
    LIMIT,
    LIMIT.replace('e.units_up_to', 'e.quantity'),
  ),
  mistake(
    'passes over whoever is not plain',
    'OVER (ORDER BY e.rank) AS is_plain',
    'OVER (PARTITION BY e.rank) AS is_plain',
  ),
  mistake(
    'begins with the last of them',
    'OVER (ORDER BY e.rank) AS is_plain',
    'OVER (ORDER BY e.rank DESC) AS is_plain',
  ),
  mistake('offers together to everybody', '   WHERE p.is_plain\n', ''),
  {
    name: 'offers together to accounts of one mailbox',
    changes: [
      { find: MAILBOX, replace: 'IF p_entries_max <= v_free THEN' },
      // Nobody has units there, so nobody would be plain.
      { find: ENDS, replace: ENDS.replace('false', 'true') },
    ],
  },
];

/** What entries’ ids end in: with the same end, two orders of a settlement would have one id. */
const IDS: Mutation[] = [
  mistake('offers together to two with one end', ENDS, ENDS.replace('e.same_end = 1 AND ', '')),
  mistake('offers together with an end that is taken', ENDS, 'AND e.same_end = 1, false))'),
  mistake(
    'knows no end of the offers made before',
    'FROM jsonb_array_elements(s.offered) AS o (offer);',
    'FROM jsonb_array_elements(s.offered) AS o (offer) WHERE false;',
  ),
  mistake('offers one by one with an end that is taken', ID_IS_TAKEN, 'IF false THEN'),
  mistake(
    'forgets the ends of offers made one by one',
    "v_ends := v_ends || ' ' || right(v_entry.id, 8);",
    '',
  ),
  mistake(
    'tells of no more to serve where an end is taken',
    's.has_more[p_item] := true;\n      EXIT;',
    'EXIT;',
  ),
  mistake(
    'passes over whoever has an end that is taken',
    's.has_more[p_item] := true;\n      EXIT;',
    's.has_more[p_item] := true;\n      CONTINUE;',
  ),
];

/** What they are offered. */
const OFFERED: Mutation[] = [
  mistake('finds what was free at first for all of them', FOUND, 's.free[p_item] AS found,'),
  mistake(
    'finds what is free behind each of them',
    FOUND,
    '(s.free[p_item] - e.units_up_to)::int AS found,',
  ),
  mistake(
    'takes their units from the last one on',
    UNITS_UP_TO,
    UNITS_UP_TO.replace('n.rank', 'n.rank DESC'),
  ),
  mistake(
    'offers together what the next one found',
    'array_agg(p.found ORDER BY p.rank)',
    'array_agg(p.found ORDER BY p.rank DESC)',
  ),
  mistake(
    'offers together what another one wished for',
    'array_agg(p.quantity ORDER BY p.rank)',
    'array_agg(p.quantity ORDER BY p.rank DESC)',
  ),
  mistake(
    'offers together to another customer',
    'array_agg(p.customer_id ORDER BY p.rank)',
    'array_agg(p.customer_id ORDER BY p.rank DESC)',
  ),
  mistake(
    'offers together with another entry',
    'array_agg(p.id ORDER BY p.rank)',
    'array_agg(p.id ORDER BY p.rank DESC)',
  ),
];

/** What is written of it, and who comes next. */
const USE: Mutation[] = [
  mistake('takes no units for offers made together', 'v_free := v_free - v_plain.units;', ''),
  mistake(
    'takes one unit for each offer made together',
    'coalesce(sum(p.quantity), 0)::int',
    'count(*)::int',
  ),
  mistake('counts no rank as served by offers made together', SERVED_RANK, ''),
  mistake(
    'counts the first rank as served by offers made together',
    'max(p.rank),',
    'min(p.rank),',
  ),
  mistake(
    'lets the served rank go back by offers made together',
    SERVED_RANK,
    's.served_ranks[p_item] := v_plain.last_rank;',
  ),
  mistake(
    'does not ask whether anybody is plain',
    'IF v_plain.entries IS NOT NULL THEN',
    'IF true THEN',
  ),
  mistake('decides again about those who are offered together', OTHERS, 'p_entries_max'),
  mistake('decides about nobody one by one', OTHERS, '0'),
];

export const QUEUE_OFFERS_MUTATIONS: Mutation[] = [...PLAIN, ...IDS, ...OFFERED, ...USE];
