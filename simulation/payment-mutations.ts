/** Mistakes in the SQL of orders that are paid online: at least one for each of its rules. Found in paid drills. */
import { CANCELLING_MUTATIONS } from './cancelling-mutations.ts';
import { type Mutation, mistake } from './mutation.ts';
import { PAYMENT_ENDING_MUTATIONS } from './payment-ending-mutations.ts';
import { PAYMENT_RETURNING_MUTATIONS } from './payment-returning-mutations.ts';

const CONFIRMING: Mutation[] = [
  mistake(
    'lets a customer confirm what is paid online',
    "ELSIF v_attempt.kind = 'confirm' AND v_order.pay_online THEN",
    'ELSIF false THEN',
  ),
  mistake(
    'confirms by a payment that is not authorised',
    "RETURN FOUND AND (v_payment.state = 'authorised'",
    "RETURN FOUND AND (v_payment.state IN ('open', 'authorised', 'released', 'failed')",
  ),
  mistake(
    'confirms by another amount than the total',
    'AND v_payment.amount_minor = order_total(o);',
    'AND true;',
  ),
  mistake('charges no delivery', '+ coalesce(o.shipping_minor, 0)', ''),
  mistake('charges no tax that is added', 'ELSE coalesce(o.tax_minor, 0) END', 'ELSE 0 END'),
  mistake(
    'charges a tax that the prices have in them',
    'CASE WHEN o.tax_included THEN',
    'CASE WHEN false THEN',
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
    "p.id = ANY (p_confirmed) AND p.state = 'authorised' ORDER",
    'false ORDER',
  ),
  mistake(
    'captures again what was taken at once',
    "p.id = ANY (p_confirmed) AND p.state = 'authorised' ORDER",
    'p.id = ANY (p_confirmed) ORDER',
  ),
  mistake(
    'confirms by nothing that was taken at once',
    "OR v_payment.state = 'captured' AND",
    'OR false AND',
  ),
  mistake(
    'confirms by a part that was taken',
    'AND v_payment.captured_minor = v_payment.amount_minor\n',
    '\n',
  ),
  mistake(
    'confirms by what is being given back',
    'AND NOT EXISTS (SELECT FROM payment_refunds r WHERE r.payment_id = v_payment.id)',
    '',
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
  mistake(
    'does not know the payment that confirmed an order',
    "ELSIF v_attempt.kind = 'confirm_paid' AND v_order.payment_id = v_attempt.payment_id THEN",
    'ELSIF false THEN',
  ),
  mistake(
    'calls a payment that comes again a new one',
    "jsonb_build_object('order', order_json(v_order), 'replayed', true);\n\n    ELSIF NOT EXISTS",
    "jsonb_build_object('order', order_json(v_order), 'replayed', false);\n\n    ELSIF NOT EXISTS",
  ),
  mistake(
    'confirms an order again by a second payment',
    "ELSIF v_order.status = 'confirmed' THEN\n",
    "ELSIF v_order.status = 'confirmed' AND v_attempt.kind <> 'confirm_paid' THEN\n",
  ),
  mistake(
    'confirms what was cancelled, since it is paid',
    "ELSIF v_order.status = 'cancelled' THEN\n",
    "ELSIF v_order.status = 'cancelled' AND v_attempt.kind <> 'confirm_paid' THEN\n",
  ),
  mistake(
    'tells whoever is too late that they are to pay',
    'CASE WHEN v_attempt.at_ms < epoch_ms(v_order.expires_at)',
    'CASE WHEN true',
  ),
  mistake(
    'confirms in another currency than the order’s',
    'AND v_payment.currency = o.currency',
    '',
  ),
  mistake(
    'settles no payments where nobody confirms by themselves',
    `OR p_attempts @> '[{"kind": "confirm_paid"}]';`,
    ';',
  ),
  mistake(
    'takes a payment in the grace for late',
    'v_in_time := v_attempt.at_ms < epoch_ms(hold_ends_at(v_order.expires_at, v_order.paying));',
    'v_in_time := v_attempt.at_ms < epoch_ms(v_order.expires_at);',
  ),
  mistake(
    'captures the payments of all orders of a group by one row',
    "'capture/' || p.id, p.id,",
    "'capture/' || p_confirmed[1], p.id,",
  ),
  mistake(
    'releases the payment that confirmed an order beside the others',
    'AND other.id <> p.id AND other.state',
    'AND other.state',
  ),
  mistake(
    'releases only what is open beside the payment of an order',
    "AND other.state IN ('open', 'authorised')), '', s.now);",
    "AND other.state = 'open'), '', s.now);",
  ),
  mistake(
    'releases a refused payment by the row of its hold',
    "AND p.state IN ('authorised', 'captured')), '/refused', s.now);",
    "AND p.state IN ('authorised', 'captured')), '', s.now);",
  ),
  mistake(
    'keeps what was taken of a payment that is refused',
    "AND p.state IN ('authorised', 'captured')), '/refused', s.now);",
    "AND p.state = 'authorised'), '/refused', s.now);",
  ),
  mistake(
    'tells nobody of a payment that is captured or refused',
    "'/refused', s.now);\n  s.has_payment_rows := true;",
    "'/refused', s.now);",
  ),
];

const TELLING: Mutation[] = [
  mistake(
    'tells of the last payment that was begun, whichever confirmed an order',
    'ORDER BY p.id = o.payment_id DESC NULLS LAST, p.begun_at DESC',
    'ORDER BY p.begun_at DESC',
  ),
  mistake(
    'tells of the first payment that was begun',
    'DESC NULLS LAST, p.begun_at DESC, p.id DESC LIMIT 1',
    'DESC NULLS LAST, p.begun_at, p.id LIMIT 1',
  ),
  mistake(
    'tells of no refund',
    "CASE WHEN p.state <> 'captured' OR p.refunded_minor = 0 THEN p.state",
    'CASE WHEN true THEN p.state',
  ),
  mistake(
    'tells of a part that was given back as of all',
    'WHEN p.refunded_minor = p.captured_minor THEN',
    'WHEN true THEN',
  ),
];

export const PAYMENT_MUTATIONS: Mutation[] = [
  ...CONFIRMING,
  ...TELLING,
  ...PAYMENT_ENDING_MUTATIONS,
  ...PAYMENT_RETURNING_MUTATIONS,
  ...CANCELLING_MUTATIONS,
];
