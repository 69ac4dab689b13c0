/**
 * A sale's orders, with each unit followed through them: a second way to what the report counts by sums. Knows
 * nothing of how the report is made.
 */
import { sql } from 'drizzle-orm';
import type { EventId } from '../contract/ids.ts';
import type { Db } from '../stores/postgres/client.ts';

interface Unit {
  item: string;
  holds: number;
  state: 'free' | 'held' | 'sold';
}

interface Order extends Record<string, unknown> {
  id: string;
  item: string;
  quantity: number;
  returned: number;
  isOffer: boolean;
  status: string;
  fromMs: number;
  /** Of a hold that ended without a purchase. */
  untilMs: number | null;
}

interface Step {
  atMs: number;
  order: Order;
  takes: boolean;
}

export async function followUnits(db: Db, eventId: EventId, nowMs: number) {
  const items = await read<{ id: string; total: number }>(
    db,
    sql`SELECT id, stock_total AS total FROM event_items WHERE event_id = ${eventId}`,
  );
  const orders = await ordersOf(db, eventId, nowMs);
  const units: Unit[] = items.flatMap(({ id, total }) =>
    Array.from({ length: total }, () => ({ item: id, holds: 0, state: 'free' as const })),
  );
  const flows = new Map(items.map(({ id }) => [id, { ...NO_FLOW }]));
  const soldOut = new Map<string, number>();
  const held = new Map<string, Unit[]>();
  const steps = stepsOf(orders);
  for (const [n, { atMs, order, takes }] of steps.entries()) {
    const flow = flows.get(order.item);
    if (flow === undefined) throw new Error('an order of no item');
    if (takes) held.set(order.id, take(units, order, flow));
    else {
      for (const unit of held.get(order.id) ?? []) unit.state = 'free';
      flow[order.status === 'expired' ? 'expired' : 'cancelled'] += order.quantity;
    }
    if (steps[n + 1]?.atMs === atMs) continue;
    for (const { id } of [...items, { id: 'all' }]) {
      const isFree = units.some(
        ({ item, state }) => (id === 'all' || item === id) && state === 'free',
      );
      if (!isFree && !soldOut.has(id)) soldOut.set(id, atMs);
    }
  }
  for (const order of orders) giveBack(order, held.get(order.id) ?? [], flows.get(order.item));
  const momentOf = (id: string) => {
    const atMs = soldOut.get(id);
    return atMs === undefined ? null : new Date(atMs).toISOString();
  };
  return {
    items: Object.fromEntries(
      items.map(({ id, total }) => {
        const mine = units.filter(({ item }) => item === id);
        const left = mine.filter(({ state, holds }) => state === 'free' && holds > 0).length;
        const cameBack = { ...flows.get(id), left };
        return [id, { units: { total, ...endsOf(mine) }, soldOutAt: momentOf(id), cameBack }];
      }),
    ),
    soldOutAt: momentOf('all'),
    ...(await queueOf(db, eventId)),
  };
}

const NO_FLOW = { expired: 0, cancelled: 0, givenBack: 0, toQueue: 0, toOthers: 0 };
type Flow = typeof NO_FLOW;

/** What ends at a time ends before anything is taken at it. */
function stepsOf(orders: readonly Order[]): Step[] {
  return orders
    .flatMap((order): Step[] => [
      { atMs: order.fromMs, order, takes: true },
      ...(order.untilMs === null ? [] : [{ atMs: order.untilMs, order, takes: false }]),
    ])
    .toSorted(
      (a, b) =>
        a.atMs - b.atMs || Number(a.takes) - Number(b.takes) || (a.order.id < b.order.id ? -1 : 1),
    );
}

/** Those that nobody held come first. */
function take(units: readonly Unit[], order: Order, flow: Flow): Unit[] {
  const free = units
    .filter(({ item, state }) => item === order.item && state === 'free')
    .toSorted((a, b) => Math.min(a.holds, 1) - Math.min(b.holds, 1))
    .slice(0, order.quantity);
  if (free.length < order.quantity) throw new Error(`${order.id} took what was not there`);
  for (const unit of free) {
    if (unit.holds > 0) flow[order.isOffer ? 'toQueue' : 'toOthers']++;
    unit.holds++;
    unit.state = order.status === 'confirmed' ? 'sold' : 'held';
  }
  return free;
}

/** Of an order's units those that were held before go back first. */
function giveBack(order: Order, units: readonly Unit[], flow: Flow | undefined): void {
  if (flow === undefined || order.status !== 'confirmed') return;
  flow.givenBack += order.returned;
  const back = units.toSorted((a, b) => b.holds - a.holds).slice(0, order.returned);
  for (const unit of back) unit.state = 'free';
}

function endsOf(units: readonly Unit[]) {
  const count = (is: (unit: Unit) => boolean) => units.filter(is).length;
  return {
    soldAtOnce: count(({ state, holds }) => state === 'sold' && holds === 1),
    soldAfterComingBack: count(({ state, holds }) => state === 'sold' && holds > 1),
    held: count(({ state }) => state === 'held'),
    neverHeld: count(({ holds }) => holds === 0),
    cameBackUnsold: count(({ state, holds }) => state === 'free' && holds > 0),
  };
}

async function ordersOf(db: Db, eventId: EventId, nowMs: number): Promise<Order[]> {
  const rows = await read<Order & { expiresMs: number; endedMs: number | null }>(
    db,
    sql`SELECT id, event_item_id AS item, quantity, units_returned AS returned, status,
          entry_id IS NOT NULL AS "isOffer", epoch_ms(reserved_at)::float8 AS "fromMs",
          epoch_ms(expires_at)::float8 AS "expiresMs", epoch_ms(ended_at)::float8 AS "endedMs"
     FROM orders WHERE event_id = ${eventId} ORDER BY reserved_at, id`,
  );
  return rows.map((row) => {
    const isDue = row.status === 'pending' && row.expiresMs <= nowMs;
    const status = isDue ? 'expired' : row.status;
    const isOver = status === 'expired' || status === 'cancelled';
    return { ...row, status, untilMs: isOver ? (row.endedMs ?? row.expiresMs) : null };
  });
}

async function queueOf(db: Db, eventId: EventId) {
  const rows = await read<{ status: string; waitedMs: number; isConfirmed: boolean }>(
    db,
    sql`SELECT q.status, (epoch_ms(q.ended_at) - epoch_ms(q.entered_at))::float8 AS "waitedMs",
               coalesce(o.status = 'confirmed', false) AS "isConfirmed"
          FROM queue_entries q LEFT JOIN orders o ON o.entry_id = q.id
         WHERE q.event_id = ${eventId}`,
  );
  const count = (is: string) => rows.filter(({ status }) => status === is).length;
  const times = rows
    .filter(({ status }) => status === 'offered')
    .map(({ waitedMs }) => waitedMs)
    .toSorted((a, b) => a - b);
  return {
    entries: {
      made: rows.length,
      offered: count('offered'),
      left: count('left'),
      waiting: count('waiting'),
      confirmed: rows.filter(({ isConfirmed }) => isConfirmed).length,
    },
    waited: [times[Math.ceil(times.length / 2) - 1] ?? null, times.at(-1) ?? null],
  };
}

async function read<Row extends Record<string, unknown>>(db: Db, query: ReturnType<typeof sql>) {
  return (await db.execute<Row>(query)).rows;
}
