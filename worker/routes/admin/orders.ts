/** Orders as admins list them and take them away as CSV, over HTTP. */
import { Hono } from 'hono';
import * as z from 'zod';
import {
  type AdminOrder,
  type AdminOrderList,
  adminOrderListQuerySchema,
  orderExportQuerySchema,
} from '../../contract/administration.ts';
import { majorUnits } from '../../contract/currencies.ts';
import { type EventId, eventIdSchema, type OrderId, orderIdSchema } from '../../contract/ids.ts';
import type { Needs } from '../../deps/deps.ts';
import { type CsvColumns, csvStream } from '../../http/formats/csv-pages.ts';
import type { CallerEnv } from '../../http/guards.ts';
import { pageStart } from '../../http/pages.ts';
import { HttpProblem } from '../../http/problem.ts';
import { valid } from '../../http/validate.ts';
import { findAdminEvent } from '../../stores/postgres/admin-events.ts';
import { logExport } from '../../stores/postgres/audit.ts';
import { paged, writeCursor } from '../../stores/postgres/cursors.ts';
import { listAdminOrders, readOrdersOfEvent } from '../../stores/postgres/order-lists.ts';
import { detailOf } from './order-desk.ts';

const COLUMNS: CsvColumns<AdminOrder> = [
  ['order_id', ({ id }) => id],
  ['status', ({ status }) => status],
  ['item', ({ itemName }) => itemName],
  ['quantity', ({ quantity }) => quantity],
  ['unit_price_minor', ({ unitPriceCents }) => unitPriceCents],
  ['currency', ({ currency }) => currency],
  ['customer_id', ({ customerId }) => customerId],
  ['customer_email', ({ customerEmail }) => customerEmail],
  ['reserved_at', ({ reservedAt }) => reservedAt],
  ['expires_at', ({ expiresAt }) => expiresAt],
  ['ended_at', ({ endedAt }) => endedAt],
  ['unit_price', ({ unitPriceCents, currency }) => majorUnits(unitPriceCents, currency)],
  ['total', ({ totals, currency }) => majorUnits(totals.totalCents, currency)],
  ['order_number', ({ number }) => number],
  ['variant', ({ variantLabel }) => variantLabel],
  ['total_minor', ({ totals }) => totals.totalCents],
  ['units_returned', ({ unitsReturned }) => unitsReturned],
  ['payment', ({ payment }) => payment && payment.status],
  ['payment_amount_minor', ({ payment }) => payment && payment.amountCents],
  [
    'payment_amount',
    ({ payment, currency }) => payment && majorUnits(payment.amountCents, currency),
  ],
  ['refunded_minor', ({ payment }) => payment && payment.refundedCents],
  ['refunded', ({ payment, currency }) => payment && majorUnits(payment.refundedCents, currency)],
  ['sent_at', ({ sentAt }) => sentAt],
  ['tracking_url', ({ trackingUrl }) => trackingUrl],
];

const eventParam = valid('param', z.object({ id: eventIdSchema }));
const orderParam = valid('param', z.object({ id: orderIdSchema }));
const exportQuery = valid('query', orderExportQuerySchema);

type Listing = Needs<{ payments: 'provider' | 'tax'; stores: 'db'; platform: 'nowMs' }>;
type Exporting = Listing & Needs<{ logging: 'log' }>;

export function adminOrderRoutes(deps: Listing) {
  const { db } = deps.stores;
  const { nowMs } = deps.platform;
  return new Hono<CallerEnv>()
    .get('/:id', orderParam, async (c) =>
      c.json(await detailOf(deps, c.req.valid('param').id), 200),
    )
    .get('/', valid('query', adminOrderListQuerySchema), async (c) => {
      const { limit, cursor, customer, customerId = customer, ...filter } = c.req.valid('query');
      const now = nowMs();
      const after = pageStart(cursor);
      const search = { ...filter, customerId, after, limit, nowMs: now, tax: deps.payments.tax };
      const { orders, walkedTo } = await listAdminOrders(db, search);
      const { page, nextCursor } = paged(orders, limit, ({ reservedAt, id }) => ({
        atMs: Date.parse(reservedAt),
        id,
      }));
      const list: AdminOrderList = {
        orders: page,
        nextCursor: nextCursor ?? (walkedTo ? writeCursor(walkedTo) : null),
        serverNow: new Date(now).toISOString(),
      };
      return c.json(list, 200);
    });
}

export function orderExportRoutes(deps: Exporting) {
  const { db } = deps.stores;
  return new Hono<CallerEnv>().get('/:id/orders.csv', eventParam, exportQuery, async (c) => {
    const { id } = c.req.valid('param');
    const { after } = c.req.valid('query');
    if ((await findAdminEvent(db, id, deps.platform.nowMs())) === undefined) {
      throw new HttpProblem('not_found');
    }
    // Before the first line leaves: it has the addresses of customers.
    await logExport(db, { actor: c.get('caller').userId, eventId: id });
    return c.body(fileOf(deps, id, after), 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="orders-${id}.csv"`,
    });
  });
}

function fileOf(
  { stores: { db }, payments: { tax }, platform: { nowMs }, logging: { log } }: Exporting,
  eventId: EventId,
  start: OrderId | undefined,
): ReadableStream<Uint8Array> {
  return csvStream(
    {
      columns: COLUMNS,
      read: (after, limit) => readOrdersOfEvent(db, { eventId, after, limit, nowMs: nowMs(), tax }),
      onFailure: (error) => log('error', 'export failed', { eventId, error }),
    },
    start,
  );
}
