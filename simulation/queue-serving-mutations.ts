/** Mistakes in who of those that wait is served, and in what they are offered. */
import { type Mutation, mistake } from './mutation.ts';

const QUANTITY = 'v_quantity := least(v_entry.quantity, v_free, s.limits[p_item] - v_units);';
const UNITS_OF_STATUS = "AND o.status IN ('pending', 'confirmed')) END,";
const SAME_LIMIT = 'coalesce(s.same_limit[p_item]::text[], ARRAY[s.ids[p_item]]))\n';
const OFFER_END = 'least(s.now + make_interval(secs => p_event.offer_seconds)';
const LAST_END = 'p_event.ends_at + make_interval(secs => p_event.hold_seconds)';

/** Whom: law 1, and who is servable. */
const CHOICE: Mutation[] = [
  mistake('serves the highest rank first', '   ORDER BY e.rank\n$$', '   ORDER BY e.rank DESC\n$$'),
  mistake(
    'looks the highest ranks of each minimum up',
    'ORDER BY q.rank LIMIT p_entries_max) w',
    'ORDER BY q.rank DESC LIMIT 1) w',
  ),
  mistake(
    'serves only those who wish for one unit at least',
    'generate_series(1, least(s.free[p_item], s.limits[p_item]))',
    'generate_series(1, 1)',
  ),
  mistake(
    'serves by who entered first, whatever was drawn',
    'ORDER BY w.rank LIMIT p_entries_max) e',
    'ORDER BY w.entry_id LIMIT 1) e',
  ),
  mistake(
    'serves the first item only',
    'FOR v_item IN 1 .. coalesce(cardinality(s.ids), 0) LOOP\n    v_look',
    'FOR v_item IN 1 .. 1 LOOP\n    v_look',
  ),
  mistake(
    'serves one entry of an item and forgets the others',
    's := serve_item(s, v_item, v_look);',
    's := serve_item(s, v_item, 1);\n      EXIT;',
  ),
  mistake('serves one entry in a settlement', 'v_left int := 500;', 'v_left int := 1;'),
  mistake('serves without an end', 'v_left int := 500;', 'v_left int := 100000;'),
  mistake(
    'forgets that more is left',
    's.has_more[v_item] := EXISTS (SELECT FROM next_in_queue(s, v_item, 1));',
    '',
  ),
];

/** Who cannot be served, and why. */
const SKIPPING: Mutation[] = [
  mistake(
    'skips everybody unverified',
    'WHEN s.require_verified_email AND NOT v_entry.verified THEN',
    'WHEN NOT v_entry.verified THEN',
  ),
  mistake(
    'offers to the unverified',
    'WHEN s.require_verified_email AND NOT v_entry.verified THEN',
    'WHEN false THEN',
  ),
  mistake('offers to the deactivated', 'WHEN NOT v_entry.active THEN', 'WHEN false THEN'),
  mistake(
    'skips for another reason than the true one',
    "WHEN NOT v_entry.active THEN 'deactivated'",
    "WHEN NOT v_entry.active THEN 'limit_reached'",
  ),
  mistake(
    'gives up whoever has a larger minimum',
    'WHEN s.limits[p_item] - v_units < v_entry.min_quantity THEN',
    'WHEN least(v_free, s.limits[p_item] - v_units) < v_entry.quantity THEN',
  ),
  mistake(
    'counts no units towards the limit of an offer',
    'v_units := v_entry.units;\n',
    'v_units := 0;\n',
  ),
  mistake(
    'counts only what they hold towards it',
    UNITS_OF_STATUS,
    "AND o.status = 'pending') END,",
  ),
  mistake(
    'counts only what they bought towards it',
    UNITS_OF_STATUS,
    "AND o.status = 'confirmed') END,",
  ),
  mistake(
    'counts each size alone towards it',
    `${SAME_LIMIT}                AND o.status IN`,
    'ARRAY[s.ids[p_item]])\n                AND o.status IN',
  ),
  mistake(
    'counts no units of a mailbox towards it',
    'SELECT m.held + m.bought INTO v_units\n',
    'SELECT 0 INTO v_units\n',
  ),
  mistake(
    'counts what a mailbox is offered in one settlement apart',
    'THEN mailbox_of(u.email) END',
    'THEN u.email END',
  ),
  mistake(
    'forgets what a mailbox was offered just before',
    'v_mailbox_units[v_mailbox] := v_units + v_quantity;',
    'NULL;',
  ),
];

/** What an offer is. */
const OFFERS: Mutation[] = [
  mistake(
    'offers more than the limit leaves',
    QUANTITY,
    'v_quantity := least(v_entry.quantity, v_free);',
  ),
  mistake(
    'offers more than is free',
    QUANTITY,
    'v_quantity := least(v_entry.quantity, s.limits[p_item] - v_units);',
  ),
  mistake('offers no more than the minimum', QUANTITY, 'v_quantity := v_entry.min_quantity;'),
  mistake('offers less than the minimum', QUANTITY, 'v_quantity := 1;'),
  mistake(
    'offers for as long as a hold lasts',
    OFFER_END,
    'least(s.now + make_interval(secs => p_event.hold_seconds)',
  ),
  mistake(
    'offers for long after the end',
    LAST_END,
    'p_event.ends_at + make_interval(secs => p_event.offer_seconds)',
  ),
  mistake('offers until the end at most', LAST_END, 'p_event.ends_at'),
  mistake(
    'offers at another price',
    'o.quantity, least(s.prices[p_item], 2147483647), s.prices[p_item],',
    'o.quantity, least(s.prices[p_item], 2147483647) + 1, s.prices[p_item] + 1,',
  ),
  mistake(
    'offers the first size under every name',
    's.variant_labels[p_item], s.pay_online',
    's.variant_labels[1], s.pay_online',
  ),
  mistake('offers without naming the entry', 'o.entry_id, s.settlement\n', 'NULL, s.settlement\n'),
  mistake(
    'offers without naming the settlement',
    'o.entry_id, s.settlement\n',
    'o.entry_id, NULL\n',
  ),
  mistake(
    'gives an offer an id that nobody can tell',
    'v_time text := id_time(epoch_ms(s.now));',
    'v_time text := id_time(epoch_ms(s.now) + 1);',
  ),
  mistake(
    'offers again once an offer has lapsed',
    'v_item := array_position(s.ids, v_order.event_item_id);\n    s.free[v_item] := s.free[v_item] + v_order.quantity;\n    s.to_held',
    `v_item := array_position(s.ids, v_order.event_item_id);
    UPDATE queue_entries SET status = 'waiting', order_id = NULL, ended_at = NULL, ended_in = NULL,
           free_found = NULL WHERE id = v_order.entry_id;
    s.free[v_item] := s.free[v_item] + v_order.quantity;
    s.to_held`,
  ),
  mistake(
    'finds what was free at first for every offer',
    'v_free_found := v_free_found || v_free;',
    'v_free_found := v_free_found || s.free[p_item];',
  ),
  mistake('tells the object of no offer', 's.offered := s.offered || (', "s.offered := '[]' || ("),
];

const OFFERED = 'unnest(p_orders, p_entries, p_customers)';
const OFFERED_FIRST = 'unnest(p_orders[1:1], p_entries[1:1], p_customers[1:1])';
const OF_MAIL = `1, s.now, s.now, s.offer_ends_at
    FROM ${OFFERED} AS o (id, entry_id, customer_id)`;
const OF_PUSH = `FROM ${OFFERED} AS o (id, entry_id, customer_id)
    JOIN push_subscriptions p ON p.user_id = o.customer_id`;

/** What is written of it for others: counters and mails. */
const RECORDS: Mutation[] = [
  mistake(
    'counts those who were skipped as waiting',
    's.waiting[p_item] := s.waiting[p_item] - s.ended;',
    's.waiting[p_item] := s.waiting[p_item] - cardinality(v_entries);',
  ),
  mistake(
    'counts the units of those who were served as waiting',
    's.waiting_units[p_item] := s.waiting_units[p_item] - v_units_ended;',
    '',
  ),
  mistake(
    'counts the units that were offered, not those that were wished for',
    's.waiting_units[p_item] := s.waiting_units[p_item] - v_units_ended;',
    's.waiting_units[p_item] := s.waiting_units[p_item] - (s.free[p_item] - v_free);',
  ),
  mistake(
    'counts one offer for a settlement',
    's.offers[p_item] := s.offers[p_item] + cardinality(v_entries);',
    's.offers[p_item] := s.offers[p_item] + 1;',
  ),
  mistake(
    'lets the served rank go back',
    's.served_ranks[p_item] := greatest(s.served_ranks[p_item], v_entry.rank);',
    's.served_ranks[p_item] := v_entry.rank;',
  ),
  mistake(
    'takes the rank of whoever is skipped for served',
    'v_reasons := v_reasons || v_reason;',
    'v_reasons := v_reasons || v_reason; s.served_ranks[p_item] := v_entry.rank;',
  ),
  mistake('writes no mail for an offer', OF_MAIL, `${OF_MAIL} WHERE false`),
  mistake(
    'writes one mail for all offers of a settlement',
    OF_MAIL,
    OF_MAIL.replace(OFFERED, OFFERED_FIRST),
  ),
  mistake('writes no notification for an offer', OF_PUSH, `${OF_PUSH} AND false`),
  mistake(
    'notifies of one offer of a settlement',
    OF_PUSH,
    OF_PUSH.replace(OFFERED, OFFERED_FIRST),
  ),
  mistake(
    'notifies one device of an offer',
    'push_subscriptions p ON',
    '(SELECT user_id, min(id) AS id FROM push_subscriptions GROUP BY user_id) p ON',
  ),
  mistake(
    'sends an offer’s mail after its end',
    '1, s.now, s.now, s.offer_ends_at\n',
    '1, s.now, s.now, NULL\n',
  ),
  mistake(
    'sends an offer’s notification after its end',
    '0, s.now, s.now, s.offer_ends_at\n',
    '0, s.now, s.now, NULL\n',
  ),
];

export const QUEUE_SERVING_MUTATIONS: Mutation[] = [...CHOICE, ...SKIPPING, ...OFFERS, ...RECORDS];
