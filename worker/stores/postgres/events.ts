/**
 * Events and their items as shoppers read them. Stock is computed at read: a hold that has ended
 * counts as free, whether or not anything has expired it yet.
 */
import { and, asc, eq, type SQL, sql } from 'drizzle-orm';
import type { EventWithItems, Integrity } from '../../contract/events.ts';
import type { EventId } from '../../contract/ids.ts';
import { itemCatalog, itemVariants } from './catalogue-schema.ts';
import { type Db, guarded } from './client.ts';
import { fieldsOf } from './event-fields.ts';
import { type EventRow, overdueUnits } from './event-status.ts';
import { brokenMoneyLawsSql } from './money-laws.ts';
import { shownPictures } from './picture-columns.ts';
import { queueOf } from './queue.ts';
import { queueIntegrityOf, queueRecountSql } from './queue-recount.ts';
import { draws } from './queue-schema.ts';
import { eventItems, events, orders } from './schema.ts';

/** An event with what is known of it beside what shoppers read. */
interface FoundEvent {
  row: EventRow;
  event: EventWithItems;
  /** When a draw is due that is still to come, in milliseconds since the epoch; null for none. */
  drawAtMs: number | null;
  version: string | null;
}

/** @returns undefined if there is no such event, or it is not published. */
export async function findEvent(
  db: Db,
  id: EventId,
  nowMs: number,
): Promise<EventWithItems | undefined> {
  const found = await readEvent(db, id, { nowMs });
  return found?.row.published ? found.event : undefined;
}

/**
 * Published or not, with its row.
 * @param at.version to be read of the event `events` at the same moment
 * @returns undefined if there is no such event.
 */
export async function readEvent(
  db: Db,
  id: EventId,
  at: { nowMs: number; version?: SQL<string> },
): Promise<FoundEvent | undefined> {
  const { nowMs, version = sql<null>`NULL` } = at;
  const overdue = overdueUnits(nowMs);
  const rows = await guarded(() =>
    db
      .select({
        event: events,
        eventItem: eventItems,
        item: itemCatalog,
        variant: { id: itemVariants.id, label: itemVariants.label },
        overdue,
        drawnAt: draws.drawnAt,
        version,
      })
      .from(events)
      .leftJoin(draws, eq(draws.eventId, events.id))
      .leftJoin(eventItems, eq(eventItems.eventId, events.id))
      .leftJoin(itemCatalog, eq(itemCatalog.id, eventItems.itemId))
      .leftJoin(itemVariants, eq(itemVariants.id, eventItems.variantId))
      .where(eq(events.id, id))
      .orderBy(asc(eventItems.position)),
  );
  const row = rows[0]?.event;
  if (row === undefined) return undefined;
  const items = rows.flatMap(({ eventItem, item, variant, overdue: due }) =>
    eventItem && item
      ? {
          id: eventItem.id,
          itemId: eventItem.itemId,
          variant,
          name: item.name,
          description: item.description,
          translations: item.translations,
          ...shownPictures(item),
          priceCents: eventItem.priceMinor,
          stock: {
            total: eventItem.stockTotal,
            remaining: eventItem.stockRemaining + due,
            held: eventItem.stockHeld - due,
            sold: eventItem.stockSold,
          },
          limitPerCustomer: eventItem.limitPerCustomer,
          queue: queueOf(eventItem),
        }
      : [],
  );
  const unitsFree = items.reduce((units, { stock }) => units + stock.remaining, 0);
  const serverNow = new Date(nowMs).toISOString();
  const event = { ...fieldsOf(row, unitsFree, nowMs), serverNow, items };
  const isToBeDrawn = row.admission === 'draw' && rows[0]?.drawnAt === null;
  const drawAtMs = isToBeDrawn ? row.startsAt.getTime() : null;
  return { row, event, drawAtMs, version: rows[0]?.version ?? null };
}

/** Recounts a published event from its orders, queue entries and payments. @returns undefined without such. */
export async function recountEvent(db: Db, id: EventId): Promise<Integrity | undefined> {
  // One statement sees one moment, so a sale in full run recounts right.
  const rows = await guarded(() =>
    db
      .select({
        item: eventItems,
        held: unitsOf('pending'),
        sold: unitsOf('confirmed'),
        recount: queueRecountSql(id),
        broken: brokenMoneyLawsSql(id),
      })
      .from(events)
      .leftJoin(eventItems, eq(eventItems.eventId, events.id))
      .where(and(eq(events.id, id), events.published))
      .orderBy(asc(eventItems.position)),
  );
  if (rows.length === 0) return undefined;
  const items = rows.flatMap(({ item, held, sold }) => {
    if (item === null) return [];
    const { stockTotal: total, stockRemaining: remaining } = item;
    const counted = { total, remaining, held: item.stockHeld, sold: item.stockSold };
    const ok =
      remaining >= 0 &&
      remaining + counted.held + counted.sold === total &&
      counted.held === held &&
      counted.sold === sold;
    return { eventItemId: item.id, ...counted, recounted: { held, sold }, ok };
  });
  const queues = rows.flatMap(({ item }) =>
    item === null ? [] : [{ eventItemId: item.id, queue: queueOf(item) }],
  );
  const queue = queueIntegrityOf(queues, rows[0]?.recount ?? null);
  const broken = rows[0]?.broken ?? {};
  const money = { ok: Object.keys(broken).length === 0, broken };
  return { ok: queue.ok && money.ok && items.every(({ ok }) => ok), items, queue, money };
}

/** Written out, not a parameter: the partial indexes are found by the literal. */
function unitsOf(status: 'pending' | 'confirmed') {
  return sql<number>`coalesce((
    SELECT sum(${orders.quantity} - ${orders.unitsReturned}) FROM ${orders}
     WHERE ${orders.eventItemId} = ${eventItems.id} AND ${orders.status} = ${sql.raw(`'${status}'`)}
  ), 0)::int`;
}
