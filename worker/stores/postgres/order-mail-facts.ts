/** What mails about orders are about; a part of mail-facts.ts. Writes nothing. */
import { and, inArray, sql } from 'drizzle-orm';
import type { OrderId, UserId } from '../../contract/ids.ts';
import type { Translations } from '../../contract/text-in.ts';
import type { OrderCosts } from '../../contract/totals.ts';
import { itemCatalog } from './catalogue-schema.ts';
import { type Db, guarded } from './client.ts';
import { fixedCostsOf } from './order-costs.ts';
import { orderSentKey } from './order-desk.ts';
import {
  eventItemTexts,
  orderTexts,
  orderTextsOn,
  orderTranslations,
  unitPriceOf,
} from './order-texts.ts';
import { eventItems, events, orders } from './schema.ts';

export interface OrderFacts {
  customerId: UserId;
  itemName: string;
  variantLabel: string | null;
  eventTitle: string;
  /** Of both names; undefined where nobody asked for them. */
  translations?: Translations<Record<'eventTitle' | 'itemName', string>>;
  quantity: number;
  unitPriceMinor: number;
  /** Beside its items, where a payment fixed them. */
  costs?: OrderCosts | undefined;
  currency: string;
  /** Null while it is pending. */
  confirmedAtMs: number | null;
  expiresAtMs: number;
  timeZone: string;
  /** Of an offer whose entry was drawn: its number and head in the chain of the draw. */
  record?: { seq: number; head: string } | undefined;
  /** Null where it was not sent; the key is that of the row which tells of it. */
  sent: { key: string; atMs: number; trackingUrl: string | null } | null;
}

/** Pending and confirmed ones. */
export async function readStandingOrders(
  db: Db,
  ids: readonly OrderId[],
): Promise<Map<OrderId, OrderFacts>> {
  if (ids.length === 0) return new Map();
  const { eventTitle, itemName, variantLabel } = orderTexts;
  const rows = await guarded(() =>
    db
      .select({
        order: orders,
        sentKey: orderSentKey(sql`${orders.id}`, sql`${orders.trackingUrl}`),
        eventTitle,
        itemName,
        variantLabel,
        translations: orderTranslations,
        timeZone: events.timeZone,
        record: sql<OrderFacts['record'] | null>`(
          SELECT jsonb_build_object('seq', r.seq, 'head', encode(r.head, 'hex'))
            FROM queue_entries e JOIN draw_records r ON r.event_id = e.event_id AND r.seq = e.record_seq
           WHERE e.id = ${orders.entryId})`,
      })
      .from(orders)
      .innerJoin(eventItems, orderTextsOn.eventItems)
      .innerJoin(events, orderTextsOn.events)
      .innerJoin(itemCatalog, orderTextsOn.itemCatalog)
      .leftJoin(eventItemTexts, orderTextsOn.eventItemTexts)
      .where(and(inArray(orders.id, [...ids]), inArray(orders.status, ['pending', 'confirmed']))),
  );
  return new Map(
    rows.map(({ order, sentKey: key, record, ...texts }) => {
      const { id, customerId, quantity, currency, endedAt, reservedAt, sentAt, trackingUrl } =
        order;
      const isConfirmed = order.status === 'confirmed';
      const confirmedAtMs = isConfirmed ? (endedAt ?? reservedAt).getTime() : null;
      const times = { confirmedAtMs, expiresAtMs: order.expiresAt.getTime() };
      const terms = { currency, unitPriceMinor: unitPriceOf(order), costs: fixedCostsOf(order) };
      const sent = sentAt && { key, atMs: sentAt.getTime(), trackingUrl };
      const drawn = record === null ? {} : { record };
      return [id, { ...texts, customerId, quantity, ...terms, ...times, ...drawn, sent }];
    }),
  );
}
