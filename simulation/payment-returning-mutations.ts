/** Mistakes in how units of orders that were paid come back. */
import { type Mutation, mistake } from './mutation.ts';

const BOUGHT =
  "sum(o.quantity - o.units_returned) FILTER (WHERE o.status = 'confirmed'), 0) AS bought";
const RETURN_UNITS = `  IF p_attempts @> '[{"kind": "return_units"}]' THEN
    s := return_units(s, p_attempts);
  END IF;
`;

export const PAYMENT_RETURNING_MUTATIONS: Mutation[] = [
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
  mistake(
    'forgets that the units of a refund are back',
    'UPDATE payment_refunds SET units_returned = true WHERE id = p_refund_id;',
    'NULL;',
  ),
  mistake(
    'returns units for a payment that did not confirm their order',
    'AND id = o.payment_id AND order_id = o.id AND state',
    'AND order_id = o.id AND state',
  ),
  mistake(
    'returns units of another customer’s order',
    `WHERE id = v_attempt.order_id AND event_id = s.event_id AND customer_id = v_attempt.customer_id;
    v_units`,
    `WHERE id = v_attempt.order_id AND event_id = s.event_id;
    v_units`,
  ),
  mistake(
    'returns units of what is not confirmed',
    "CASE WHEN o.status = 'confirmed' THEN o.quantity - o.units_returned ELSE 0 END",
    'o.quantity - o.units_returned',
  ),
  mistake('puts nothing back on sale', 's.free[v_item] := s.free[v_item] + v_units;', 'NULL;'),
  mistake(
    'forgets how many units of an order are back',
    'UPDATE orders SET units_returned = units_returned + v_units',
    'UPDATE orders SET units_returned = units_returned',
  ),
  mistake(
    'calls units that come back again new',
    "'replayed', v_units = 0);",
    "'replayed', false);",
  ),
  mistake(
    'confirms late as if nothing had come back',
    'SELECT coalesce(sum(quantity - units_returned), 0) FROM orders\n               WHERE',
    'SELECT coalesce(sum(quantity), 0) FROM orders\n               WHERE',
  ),
  {
    name: 'serves the queue before what comes back',
    changes: [
      { find: RETURN_UNITS, replace: '' },
      { find: '  -- 4. Reservations:', replace: `${RETURN_UNITS}  -- 4. Reservations:` },
    ],
  },
];
