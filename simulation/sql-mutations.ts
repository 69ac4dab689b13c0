/** Mistakes in settle_group and its tables that the checks must notice without the model's help. */
import { ACCOUNT_MUTATIONS } from './account-mutations.ts';
import { BULK_GRANT_MUTATIONS } from './bulk-grant-mutations.ts';
import { CONDITION_MUTATIONS } from './condition-mutations.ts';
import { mistake, type SqlMutation } from './mutation.ts';
import { OUTBOX_MUTATIONS } from './outbox-mutations.ts';
import { QUEUE_MUTATIONS } from './queue-mutations.ts';
import { REVENUE_MUTATIONS } from './revenue-mutations.ts';
import { SIZE_MUTATIONS } from './size-mutations.ts';

const NO_STOCK_CONDITION = {
  find: 'ELSIF s.free[v_item] < v_attempt.quantity THEN',
  replace: 'ELSIF false THEN',
};

const NO_STATE_CONDITION = {
  find: "WHERE id = v_order.id AND status = 'pending'\n",
  replace: 'WHERE id = v_order.id\n',
};

const DUE = "AND status = 'pending' AND expires_at <= s.now\n       AND coalesce(";

export const SQL_MUTATIONS: SqlMutation[] = [
  { name: 'grants without looking at the stock', changes: [NO_STOCK_CONDITION] },
  {
    name: 'grants without looking, and no guard or CHECK behind it',
    changes: [
      NO_STOCK_CONDITION,
      {
        find: '\n       AND stock_remaining + s.free[v_item] - v_free_before[v_item] >= 0;',
        replace: ';',
      },
    ],
    tables: 'ALTER TABLE event_items DROP CONSTRAINT event_items_stock_not_negative',
  },
  {
    name: 'does not look a key up',
    changes: [
      {
        find: 'AND k.reserve_key = v_attempt.key) AS same_key_id',
        replace: 'AND false) AS same_key_id',
      },
    ],
  },
  {
    name: 'does not look a key up, and no unique index behind it',
    changes: [
      {
        find: 'AND k.reserve_key = v_attempt.key) AS same_key_id',
        replace: 'AND false) AS same_key_id',
      },
    ],
    tables: 'DROP INDEX orders_reserve_key',
  },
  {
    name: 'does not recognise a resend by its order id',
    changes: [
      {
        find: 'min(o.id) FILTER (WHERE o.id = v_attempt.order_id) AS sent_before_id',
        replace: 'NULL::text AS sent_before_id',
      },
    ],
  },
  {
    name: 'expires nothing',
    changes: [{ find: DUE, replace: DUE.replace('expires_at <= s.now', 'false') }],
  },
  {
    name: 'expires a millisecond late',
    changes: [{ find: DUE, replace: DUE.replace('<=', '<') }],
  },
  {
    name: 'forgets the limit',
    changes: [
      {
        find: 'ELSIF v_mine.held + v_mine.bought + v_attempt.quantity > s.limits[v_item] THEN',
        replace: 'ELSIF false THEN',
      },
    ],
  },
  {
    name: 'counts only what is held towards the limit',
    changes: [
      {
        find: 'ELSIF v_mine.held + v_mine.bought + v_attempt.quantity >',
        replace: 'ELSIF v_mine.held + v_attempt.quantity >',
      },
    ],
  },
  {
    name: 'cancels what has expired, so units come back twice',
    changes: [
      {
        find: "\n    ELSIF v_order.status = 'expired' THEN",
        replace: '\n    ELSIF false THEN',
      },
      NO_STATE_CONDITION,
    ],
  },
  {
    name: 'cancels what was cancelled before',
    changes: [
      {
        find: "ELSIF v_attempt.kind = 'cancel' AND v_order.status = 'cancelled'\n",
        replace: 'ELSIF false\n',
      },
      {
        find: "\n    ELSIF v_order.status = 'cancelled' THEN",
        replace: "\n    ELSIF v_attempt.kind = 'confirm' AND v_order.status = 'cancelled' THEN",
      },
      NO_STATE_CONDITION,
    ],
  },
  {
    name: 'confirms what was cancelled',
    changes: [
      {
        find: "\n    ELSIF v_order.status = 'cancelled' THEN",
        replace: '\n    ELSIF false THEN',
      },
    ],
  },
  {
    name: 'confirms late without taking the unit again',
    changes: [{ find: 's.free[v_item] := s.free[v_item] - v_order.quantity;', replace: 'NULL;' }],
  },
  {
    name: 'confirms late although the unit is gone',
    changes: [
      {
        find: "IF v_order.status = 'expired' AND (\n        s.free[v_item] < v_order.quantity",
        replace: "IF v_order.status = 'expired' AND (\n        false",
      },
    ],
  },
  {
    name: 'sells at any price, whatever was shown',
    changes: [
      { find: 'ELSIF v_attempt.shown_price_cents <> s.prices[v_item]\n', replace: 'ELSIF false\n' },
    ],
  },
  {
    name: 'gives a hold at another price than was shown',
    changes: [
      {
        find: '      ELSIF NOT v_is_as_shown THEN\n',
        replace: '      ELSIF false THEN\n',
      },
    ],
  },
  {
    name: 'takes another price under the same key for the same request',
    changes: [
      {
        find: '\n              OR NOT v_is_as_shown) THEN',
        replace: ') THEN',
      },
      {
        find: '      ELSIF NOT v_is_as_shown THEN\n',
        replace: '      ELSIF false THEN\n',
      },
    ],
  },
  {
    name: 'tells the price that was shown instead of the present one',
    changes: [
      {
        find: "'priceCents', s.prices[v_item], 'currency'",
        replace: "'priceCents', v_attempt.shown_price_cents, 'currency'",
      },
    ],
  },
  {
    name: 'opens a millisecond late',
    changes: [
      {
        find: 'ELSIF v_attempt.at_ms < s.opens_at_ms THEN',
        replace: 'ELSIF v_attempt.at_ms <= s.opens_at_ms THEN',
      },
    ],
  },
  {
    name: 'opens a millisecond early',
    changes: [
      {
        find: 'ELSIF v_attempt.at_ms < s.opens_at_ms THEN',
        replace: 'ELSIF v_attempt.at_ms < s.opens_at_ms - 1 THEN',
      },
    ],
  },
  {
    name: 'sells on after the end',
    changes: [
      { find: 'ELSIF v_attempt.at_ms >= s.closes_at_ms THEN', replace: 'ELSIF false THEN' },
    ],
  },
  {
    name: 'sells what is off the lists',
    changes: [
      { find: 's.published := v_event.published;', replace: 's.published := true;' },
      { find: 'CASE WHEN s.published AND v_event.closed_at IS NULL', replace: 'CASE WHEN true' },
    ],
  },
  {
    name: 'calls closed what is off the lists',
    changes: [{ find: 'ELSIF NOT s.published THEN', replace: 'ELSIF false THEN' }],
  },
  {
    name: 'forgets what is held off the lists',
    changes: [
      {
        find: 'SELECT * INTO v_event FROM events WHERE id = p_event_id FOR',
        replace: 'SELECT * INTO v_event FROM events WHERE id = p_event_id AND published FOR',
      },
    ],
  },
  {
    name: 'lets anybody settle anybody’s hold',
    changes: [
      {
        find: 'WHERE id = v_attempt.order_id AND event_id = s.event_id AND customer_id = v_attempt.customer_id;\n    IF',
        replace: 'WHERE id = v_attempt.order_id AND event_id = s.event_id;\n    IF',
      },
    ],
  },
  {
    name: 'serves the last in line first',
    changes: [
      {
        find: "WHERE kind = 'reserve' AND v_answers[n] IS NULL ORDER BY n\n",
        replace: "WHERE kind = 'reserve' AND v_answers[n] IS NULL ORDER BY n DESC\n",
      },
    ],
  },
  mistake(
    'a confirm moves the end of the hold',
    "SET status = 'confirmed', ended_at = s.now,",
    "SET status = 'confirmed', ended_at = s.now, expires_at = s.now,",
  ),
  ...ACCOUNT_MUTATIONS,
  ...BULK_GRANT_MUTATIONS,
  ...CONDITION_MUTATIONS,
  ...OUTBOX_MUTATIONS,
  ...QUEUE_MUTATIONS,
  ...REVENUE_MUTATIONS,
  ...SIZE_MUTATIONS,
];
