/** Mistakes in how holds end of those who are paying, and in what is released then. */
import { type Mutation, mistake } from './mutation.ts';

const RELEASE_CANCELLED = "PERFORM release_payments_of(v_unpaid, '{open,authorised}', s.now);";
const RELEASE_EXPIRED = "PERFORM release_payments_of(v_expired, '{open,authorised}', s.now);";
const RELEASE_LEFT = "PERFORM release_payments_of(ARRAY[v_order.id], '{open,authorised}', s.now);";

export const PAYMENT_ENDING_MUTATIONS: Mutation[] = [
  mistake('gives nobody who pays more time', "interval '15 seconds' ELSE", "interval '0' ELSE"),
  mistake(
    'ends no hold of those who pay',
    'AND (NOT paying OR hold_ends_at(expires_at, paying) <= s.now)',
    'AND NOT paying',
  ),
  mistake(
    'ends the hold of those who pay although their payment came in time',
    '>= epoch_ms(hold_ends_at(expires_at, paying)), true)',
    '>= epoch_ms(expires_at), true)',
  ),
  mistake(
    'tells the shown end of a hold as the next release',
    'CASE WHEN s.pay_online THEN epoch_ms(next_release(i.id)) ELSE (',
    'CASE WHEN false THEN epoch_ms(next_release(i.id)) ELSE (',
  ),
  mistake('gives a hold again that ended by its shown end', 'AND o.expires_at > s.now\n', '\n'),
  mistake('releases nothing when a hold expires', RELEASE_EXPIRED, 'NULL;'),
  mistake(
    'releases only what is open when a hold expires',
    RELEASE_EXPIRED,
    "PERFORM release_payments_of(v_expired, '{open}', s.now);",
  ),
  mistake('releases nothing when a hold is cancelled', RELEASE_CANCELLED, 'NULL;'),
  mistake(
    'releases only what is open when a hold is cancelled',
    RELEASE_CANCELLED,
    "PERFORM release_payments_of(v_unpaid, '{open}', s.now);",
  ),
  mistake('releases nothing when an offer is left', RELEASE_LEFT, 'NULL;'),
  mistake(
    'releases nothing when an account ends',
    "PERFORM release_payments_of(v_unpaid, '{open,authorised}', v_now);",
    'NULL;',
  ),
  mistake(
    'ends the hold of those whose payment came in time',
    "IN ('confirm', 'confirm_paid') GROUP BY 1) c (order_and_customer, at_ms);",
    "IN ('confirm') GROUP BY 1) c (order_and_customer, at_ms);",
  ),
  mistake(
    'forgets those who pay in the next release',
    '(SELECT hold_ends_at(min(expires_at), true) FROM orders',
    '(SELECT NULL::timestamptz FROM orders',
  ),
  mistake(
    'forgets those who do not pay in the next release',
    '(SELECT min(expires_at) FROM orders\n      WHERE event_item_id = p_event_item_id',
    '(SELECT NULL::timestamptz FROM orders\n      WHERE event_item_id = p_event_item_id',
  ),
  mistake(
    'takes a hold in its grace for expired when its account ends',
    'status = CASE WHEN hold_ends_at(o.expires_at, o.paying) <= n.now',
    'status = CASE WHEN o.expires_at <= n.now',
  ),
  mistake(
    'does not release again what was released before',
    'WHERE outbox.outcome IS NOT NULL\n$$',
    'WHERE false\n$$',
  ),
  mistake(
    'begins a release anew that is under way',
    'WHERE outbox.outcome IS NOT NULL\n$$',
    'WHERE true\n$$',
  ),
  mistake(
    'tells nobody of what an expired hold releases',
    `${RELEASE_EXPIRED}\n    s.has_payment_rows := true;`,
    RELEASE_EXPIRED,
  ),
  mistake(
    'tells nobody of what a cancelled hold releases',
    `${RELEASE_CANCELLED}\n    s.has_payment_rows := true;`,
    RELEASE_CANCELLED,
  ),
  mistake(
    'tells nobody of what an offer releases that is left',
    `${RELEASE_LEFT}\n          s.has_payment_rows := true;`,
    RELEASE_LEFT,
  ),
];
