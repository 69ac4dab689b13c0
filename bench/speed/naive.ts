/**
 * The design that SwiftDrop is compared with: every purchase races for the stock's row by itself,
 * in one statement, without limits, idempotency or expiry.
 */
import {
  type EventItemId,
  eventIdOf,
  makeOrderId,
  type UserId,
} from '../../worker/contract/ids.ts';

/** $1 event item, $2 order id, $3 customer, $4 key. No row means sold out. */
export const NAIVE_PURCHASE = `
  WITH taken AS (
    UPDATE event_items SET stock_remaining = stock_remaining - 1, stock_held = stock_held + 1
     WHERE id = $1 AND stock_remaining >= 1
    RETURNING id, event_id, price_cents
  )
  INSERT INTO orders (id, event_id, event_item_id, customer_id, status, quantity,
                      unit_price_cents, currency, reserved_at, expires_at, reserve_key)
  SELECT $2, t.event_id, t.id, $3, 'pending', 1, t.price_cents, e.currency, now(),
         now() + make_interval(secs => e.hold_seconds), $4
    FROM taken t JOIN events e ON e.id = t.event_id
  RETURNING id`;

/** The same as two statements: to be sent between BEGIN and COMMIT. $1 event item. */
export const TAKE_UNIT = `
  UPDATE event_items SET stock_remaining = stock_remaining - 1, stock_held = stock_held + 1
   WHERE id = $1 AND stock_remaining >= 1
  RETURNING price_cents`;

/** Parameters as above. */
export const RECORD_ORDER = `
  INSERT INTO orders (id, event_id, event_item_id, customer_id, status, quantity,
                      unit_price_cents, currency, reserved_at, expires_at, reserve_key)
  SELECT $2, i.event_id, i.id, $3, 'pending', 1, i.price_cents, e.currency, now(),
         now() + make_interval(secs => e.hold_seconds), $4
    FROM event_items i JOIN events e ON e.id = i.event_id WHERE i.id = $1
  RETURNING id`;

export function naiveParams(purchase: {
  eventItemId: EventItemId;
  customerId: UserId;
  key: string | null;
}): (string | null)[] {
  const { eventItemId, customerId, key } = purchase;
  const orderId = makeOrderId(eventIdOf(eventItemId), Date.now(), (bytes) =>
    crypto.getRandomValues(bytes),
  );
  return [eventItemId, orderId, customerId, key];
}
