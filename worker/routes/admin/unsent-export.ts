/** Orders that are to be sent, taken away as CSV for whoever carries them, over HTTP. */
import { Hono } from 'hono';
import type { AddressPart } from '../../contract/address.ts';
import { unsentExportQuerySchema } from '../../contract/administration.ts';
import type { Needs } from '../../deps/deps.ts';
import { type CsvColumns, csvStream } from '../../http/formats/csv-pages.ts';
import type { CallerEnv } from '../../http/guards.ts';
import { HttpProblem } from '../../http/problem.ts';
import { valid } from '../../http/validate.ts';
import { findAdminEvent } from '../../stores/postgres/admin-events.ts';
import { logUnsentExport } from '../../stores/postgres/audit.ts';
import { readUnsentOrders, type UnsentOrder } from '../../stores/postgres/unsent-orders.ts';

/** A link for each number is what the console takes back. */
const COLUMNS: CsvColumns<UnsentOrder> = [
  ['order_number', ({ number }) => number],
  ['name', ({ address, customerName }) => address?.name ?? customerName],
  part('company', 'company'),
  part('line1', 'line1'),
  part('line2', 'line2'),
  part('postal_code', 'postalCode'),
  part('city', 'city'),
  part('region', 'region'),
  part('country', 'country'),
  // A plus sign would be taken for the beginning of a formula; carriers read both.
  ['phone', ({ address }) => address?.phone?.trim().replace(/^\+/, '00') ?? null],
  ['email', ({ customerEmail }) => customerEmail],
  ['units', ({ units }) => units],
  ['item', ({ itemName }) => itemName],
  ['variant', ({ variantLabel }) => variantLabel],
  ['event', ({ eventTitle }) => eventTitle],
  ['reserved_at', ({ reservedAt }) => reservedAt],
  ['order_id', ({ id }) => id],
];

function part(column: string, name: AddressPart): CsvColumns<UnsentOrder>[number] {
  return [column, ({ address }) => address?.[name] ?? null];
}

/** The event and the day (UTC): so that two files are told apart. */
function fileName(eventId: string | undefined, nowMs: number): string {
  const day = new Date(nowMs).toISOString().slice(0, 10);
  return `orders-to-send-${eventId === undefined ? '' : `${eventId}-`}${day}.csv`;
}

type Exporting = Needs<{ stores: 'db'; platform: 'nowMs'; logging: 'log' }>;

export function unsentExportRoutes({ stores, platform, logging }: Exporting) {
  const { db } = stores;
  return new Hono<CallerEnv>().get(
    '/to-send.csv',
    valid('query', unsentExportQuerySchema),
    async (c) => {
      const { eventId, after: start } = c.req.valid('query');
      if (eventId && (await findAdminEvent(db, eventId, platform.nowMs())) === undefined) {
        throw new HttpProblem('not_found');
      }
      const nowMs = platform.nowMs();
      // Before the first line leaves: it has the addresses of customers.
      await logUnsentExport(db, { actor: c.get('caller').userId, eventId });
      const file = csvStream(
        {
          columns: COLUMNS,
          read: (after, limit) => readUnsentOrders(db, { eventId, after, limit }),
          onFailure: (error) => logging.log('error', 'export failed', { eventId, error }),
        },
        start,
      );
      return c.body(file, 200, {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': `attachment; filename="${fileName(eventId, nowMs)}"`,
      });
    },
  );
}
