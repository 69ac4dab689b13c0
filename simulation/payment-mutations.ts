/** Mistakes in the SQL of orders that are paid online: at least one for each of its rules. Found in paid drills. */
import { type Mutation, mistake } from './mutation.ts';

const RELEASE_CANCELLED = "PERFORM release_payments_of(v_unpaid, '{open,authorised}', s.now);";
const RELEASE_EXPIRED = "PERFORM release_payments_of(v_expired, '{open,authorised}', s.now);";
const BOUGHT =
  "sum(o.quantity - o.units_returned) FILTER (WHERE o.status = 'confirmed'), 0) AS bought";

const CONFIRMING: Mutation[] = [
  mistake(
    'lets a customer confirm what is paid online',
    "ELSIF v_attempt.kind = 'confirm' AND v_order.pay_online THEN",
    'ELSIF false THEN',
  ),
  mistake(
    'confirms by a payment that is not authorised',
    "RETURN FOUND AND v_payment.state = 'authorised' AND",
    'RETURN FOUND AND',
  ),
  mistake(
    'confirms by another amount than the total',
    'AND v_payment.amount_minor = o.quantity * coalesce(o.unit_price_minor, o.unit_price_cents);',
    'AND true;',
  ),
  mistake(
    'confirms by the payment of another order',
    'WHERE id = p_payment_id AND order_id = o.id FOR NO KEY UPDATE;',
    'WHERE id = p_payment_id FOR NO KEY UPDATE;',
  ),
  mistake(
    'confirms for the deactivated, since they paid',
    "'replayed', true);\n\n    ELSIF NOT EXISTS (",
    "'replayed', true);\n\n    ELSIF v_attempt.kind <> 'confirm_paid' AND NOT EXISTS (",
  ),
  mistake(
    'forgets which payment confirmed an order',
    'confirm_key = v_attempt.key, payment_id = v_attempt.payment_id',
    'confirm_key = v_attempt.key',
  ),
  mistake(
    'captures no payment',
    'FROM unnest(p_confirmed) AS p (id)\n',
    'FROM unnest(p_confirmed) AS p (id) WHERE false\n',
  ),
  mistake(
    'releases no other payment of a confirmed order',
    "AND other.state IN ('open', 'authorised')), '', s.now);",
    "AND false), '', s.now);",
  ),
  mistake(
    'releases no payment that is refused',
    'v_refused := v_refused || v_attempt.payment_id;',
    'NULL;',
  ),
  mistake(
    'asks nobody to pay who is granted together',
    's.pay_online AND s.prices[a.item] > 0',
    'false',
  ),
  mistake(
    'asks nobody to pay who is granted in turn',
    's.pay_online AND s.prices[v_item] > 0',
    'false',
  ),
  mistake(
    'asks nobody to pay who is offered a unit',
    's.pay_online AND s.prices[p_item] > 0',
    'false',
  ),
];

const ENDING: Mutation[] = [
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
  mistake(
    'releases nothing when an offer is left',
    "PERFORM release_payments_of(ARRAY[v_order.id], '{open,authorised}', s.now);",
    'NULL;',
  ),
  mistake(
    'releases nothing when an account ends',
    "PERFORM release_payments_of(v_unpaid, '{open,authorised}', v_now);",
    'NULL;',
  ),
];

const RETURNING: Mutation[] = [
  mistake(
    'returns the units of a refund twice',
    'ELSIF v_refund.units_returned THEN',
    'ELSIF false THEN',
  ),
  mistake(
    'returns more units than are left',
    'RETURN least(v_refund.units, v_left);',
    'RETURN v_refund.units;',
  ),
  mistake(
    'returns the units of a payment that has not failed',
    "AND order_id = o.id AND state = 'failed');",
    'AND order_id = o.id);',
  ),
  mistake(
    'returns units for the refund of another order',
    'WHERE id = p_refund_id AND order_id = o.id FOR NO KEY UPDATE;',
    'WHERE id = p_refund_id FOR NO KEY UPDATE;',
  ),
  mistake(
    'counts what comes back as sold',
    's.to_sold[v_item] := s.to_sold[v_item] - v_units;',
    'NULL;',
  ),
  mistake(
    'reserves as if nothing had come back',
    `${BOUGHT},`,
    `${BOUGHT.replace(' - o.units_returned', '')},`,
  ),
  mistake(
    'lets enter as if nothing had come back',
    `${BOUGHT}\n`,
    `${BOUGHT.replace(' - o.units_returned', '')}\n`,
  ),
  mistake(
    'offers as if nothing had come back',
    'sum(o.quantity - o.units_returned), 0)::int',
    'sum(o.quantity), 0)::int',
  ),
  mistake(
    'counts for a mailbox as if nothing had come back',
    'o.quantity - o.units_returned AS kept',
    'o.quantity AS kept',
  ),
];

export const PAYMENT_MUTATIONS: Mutation[] = [...CONFIRMING, ...ENDING, ...RETURNING];
