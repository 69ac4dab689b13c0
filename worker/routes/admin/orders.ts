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
import { BYTE_ORDER_MARK, csvLine } from '../../http/formats/csv.ts';
import type { CallerEnv } from '../../http/guards.ts';
import { pageStart } from '../../http/pages.ts';
import { HttpProblem } from '../../http/problem.ts';
import { valid } from '../../http/validate.ts';
import { findAdminEvent } from '../../stores/postgres/admin-events.ts';
import { logExport } from '../../stores/postgres/audit.ts';
import { paged, writeCursor } from '../../stores/postgres/cursors.ts';
import { listAdminOrders, readOrdersOfEvent } from '../../stores/postgres/order-lists.ts';
import { detailOf } from './order-desk.ts';

/** Each page is one call to the database; a call brings back some hundred kilobytes. */
export const EXPORT_PAGE_ROWS = 2_000;
/** The calls that one request may make: past them the file breaks off, and `after` goes on. */
export const EXPORT_PAGES_MAX = 500;

const COLUMNS: [string, (order: AdminOrder) => string | number | null][] = [
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
  [
    'total',
    ({ unitPriceCents, quantity, currency }) => majorUnits(unitPriceCents * quantity, currency),
  ],
  ['order_number', ({ number }) => number],
  // A new column comes last: spreadsheets and scripts count them.
  ['variant', ({ variantLabel }) => variantLabel],
];

const HEADER = `${BYTE_ORDER_MARK}${csvLine(COLUMNS.map(([name]) => name))}`;

const eventParam = valid('param', z.object({ id: eventIdSchema }));
const orderParam = valid('param', z.object({ id: orderIdSchema }));
const exportQuery = valid('query', orderExportQuerySchema);

type Listing = Needs<{ payments: 'tax'; stores: 'db'; platform: 'nowMs' }>;
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
    return c.body(csvStream(deps, id, after), 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="orders-${id}.csv"`,
    });
  });
}

/** Reads a page when the one before was taken. A failure breaks the file off, so it is noticed. */
function csvStream(
  { stores: { db }, payments: { tax }, platform: { nowMs }, logging: { log } }: Exporting,
  eventId: EventId,
  start: OrderId | undefined,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let after = start;
  let pages = 0;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        if (pages === EXPORT_PAGES_MAX) throw new Error('the export has more pages than one may');
        const limit = EXPORT_PAGE_ROWS;
        const rows = await readOrdersOfEvent(db, { eventId, after, limit, nowMs: nowMs(), tax });
        const header = pages === 0 ? HEADER : '';
        if (header || rows.length > 0) {
          controller.enqueue(encoder.encode(header + rows.map(lineOf).join('')));
        }
        pages++;
        after = rows.at(-1)?.id;
        if (rows.length < limit) controller.close();
      } catch (error) {
        log('error', 'export failed', { eventId, error });
        controller.error(error);
      }
    },
  });
}

function lineOf(order: AdminOrder): string {
  return csvLine(COLUMNS.map(([, cellOf]) => cellOf(order)));
}
