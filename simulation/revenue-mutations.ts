/** Mistakes in what is counted of revenue when orders are confirmed. */
import { type Mutation, mistake } from './mutation.ts';

export const REVENUE_MUTATIONS: Mutation[] = [
  mistake(
    'counts no revenue of what it confirms',
    '    PERFORM count_revenue(s.event_id, v_confirmed, s.now);\n',
    '',
  ),
  mistake(
    'counts an order’s units in revenue as one',
    'count(*), sum(o.quantity),',
    'count(*), count(*),',
  ),
  mistake(
    'counts revenue of an order without its units',
    'sum(order_total(o))',
    'sum(coalesce(o.unit_price_minor, o.unit_price_cents))',
  ),
  mistake(
    'overwrites the revenue that was counted before',
    `SET orders = r.orders + excluded.orders, units = r.units + excluded.units,
         gross_minor = r.gross_minor + excluded.gross_minor`,
    `SET orders = excluded.orders, units = excluded.units,
         gross_minor = excluded.gross_minor`,
  ),
];
