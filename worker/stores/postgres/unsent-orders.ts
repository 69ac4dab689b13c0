/** Orders that are to be sent, as whoever carries them needs them. Reads only. */
import { and, asc, eq, isNotNull, or, type SQL, sql } from 'drizzle-orm';
import type { Address } from '../../contract/address.ts';
import type { EventId, OrderId } from '../../contract/ids.ts';
import { type OrderNumber, orderNumberOf } from '../../contract/order-numbers.ts';
import { orderAddresses } from './address-schema.ts';
import { itemCatalog } from './catalogue-schema.ts';
import { type Db, guarded } from './client.ts';
import { orderPart } from './order-parts.ts';
import { eventItemTexts, orderTexts, orderTextsOn } from './order-texts.ts';
import { eventItems, events, orders, users } from './schema.ts';

export interface UnsentOrder {
  id: OrderId;
  number: OrderNumber;
  /** Those that were not given back. */
  units: number;
  itemName: string;
  variantLabel: string | null;
  eventTitle: string;
  customerName: string;
  customerEmail: string;
  reservedAt: string;
  /** Null where nobody said it. */
  address: Address | null;
}

/**
 * The next ones behind `after`, oldest first, at most `limit`; of one event, or of all. Orders of events that need
 * no address are not sent to anywhere, so they are left out.
 */
export async function readUnsentOrders(
  db: Db,
  page: { eventId: EventId | undefined; after: OrderId | undefined; limit: number },
): Promise<UnsentOrder[]> {
  const { eventId, after, limit } = page;
  const { eventTitle, itemName, variantLabel } = orderTexts;
  const rows = await guarded(() =>
    db
      .select({
        order: orders,
        address: orderAddresses.address,
        eventTitle,
        itemName,
        variantLabel,
        ...customer,
      })
      .from(orders)
      .innerJoin(eventItems, orderTextsOn.eventItems)
      .innerJoin(events, orderTextsOn.events)
      .innerJoin(itemCatalog, orderTextsOn.itemCatalog)
      .leftJoin(eventItemTexts, orderTextsOn.eventItemTexts)
      .innerJoin(users, eq(users.id, orders.customerId))
      .leftJoin(orderAddresses, eq(orderAddresses.orderId, orders.id))
      .where(
        and(
          sql`${orderPart(orders)} = 'to_send'`,
          // An address that was given stays one, also where its event asks for none any more.
          or(eq(events.needsAddress, true), isNotNull(orderAddresses.address)),
          eventId && eq(orders.eventId, eventId),
          after && isBehind(after),
        ),
      )
      .orderBy(asc(orders.reservedAt), asc(orders.id))
      .limit(limit),
  );
  return rows.map(({ order, ...texts }) => ({
    ...texts,
    id: order.id,
    number: orderNumberOf(order.id),
    units: order.quantity - order.unitsReturned,
    reservedAt: order.reservedAt.toISOString(),
  }));
}

const customer = { customerName: users.displayName, customerEmail: users.email };

function isBehind(after: OrderId): SQL {
  return sql`(${orders.reservedAt}, ${orders.id}) > (SELECT reserved_at, id FROM orders WHERE id = ${after})`;
}
