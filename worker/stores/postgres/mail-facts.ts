/** What mails are about, read when they are sent: to whom they go, the order, the sale. Writes nothing. */
import { and, eq, sql } from 'drizzle-orm';
import type { NamedReminder } from '../../auth/reminder-tokens.ts';
import type { OrderId, UserId } from '../../contract/ids.ts';
import type { Language } from '../../contract/languages.ts';
import { isOpen } from './account-tokens.ts';
import { itemCatalog } from './catalogue-schema.ts';
import { type Db, guarded } from './client.ts';
import { timesOf } from './event-status.ts';
import { suppressionSql } from './mail-suppressions.ts';
import { eventItemTexts, orderTexts, orderTextsOn, unitPriceOf } from './order-texts.ts';
import { isOnTime } from './reminder-mails.ts';
import { eventItems, events, orders } from './schema.ts';

export interface Recipient {
  userId: UserId;
  /** In lower case. */
  email: string;
  language: Language;
  /** Whether nothing is sent to the address any more. */
  suppressed: boolean;
  /** Of the address that the row was written for, where it has one. */
  recipientKey: string | null;
}

/** @returns undefined where the account is deactivated, deleted or was never there. */
export async function findRecipient(
  db: Db,
  who: { userId: UserId } | { email: string },
  rowKey: string,
): Promise<Recipient | undefined> {
  const isWanted = 'userId' in who ? sql`u.id = ${who.userId}` : sql`u.email = ${who.email}`;
  const { rows } = await guarded(() =>
    db.execute<Recipient & Record<string, unknown>>(sql`
      SELECT u.id AS "userId", u.email, u.language, ${suppressionSql(sql`u.email`)} IS NOT NULL AS suppressed,
             (SELECT recipient_key FROM outbox WHERE key = ${rowKey}) AS "recipientKey"
        FROM users u WHERE ${isWanted} AND ${isOpen}`),
  );
  return rows[0];
}

export interface OrderFacts {
  customerId: UserId;
  itemName: string;
  variantLabel: string | null;
  eventTitle: string;
  quantity: number;
  unitPriceMinor: number;
  currency: string;
  confirmedAtMs: number;
  timeZone: string;
}

/** @returns undefined where there is no such order, or it is not confirmed. */
export async function findConfirmedOrder(db: Db, id: OrderId): Promise<OrderFacts | undefined> {
  const { eventTitle, itemName, variantLabel } = orderTexts;
  const [row] = await guarded(() =>
    db
      .select({ order: orders, eventTitle, itemName, variantLabel, timeZone: events.timeZone })
      .from(orders)
      .innerJoin(eventItems, orderTextsOn.eventItems)
      .innerJoin(events, orderTextsOn.events)
      .innerJoin(itemCatalog, orderTextsOn.itemCatalog)
      .leftJoin(eventItemTexts, orderTextsOn.eventItemTexts)
      .where(and(eq(orders.id, id), eq(orders.status, 'confirmed'))),
  );
  if (row === undefined) return undefined;
  const { order, ...texts } = row;
  const { customerId, quantity, currency, endedAt, reservedAt } = order;
  return {
    ...texts,
    customerId,
    quantity,
    currency,
    unitPriceMinor: unitPriceOf(order),
    confirmedAtMs: (endedAt ?? reservedAt).getTime(),
  };
}

export interface ReminderFacts {
  eventTitle: string;
  opensAtMs: number;
  timeZone: string;
}

/**
 * @returns undefined where there is nothing to be reminded of any more: the reminder was turned off, or
 *   the event is not published, is called off, has opened, or was put off and is reminded of again.
 */
export async function findReminder(
  db: Db,
  { eventId, userId, nowMs }: NamedReminder & { nowMs: number },
): Promise<ReminderFacts | undefined> {
  const isWanted = sql`EXISTS (
    SELECT FROM reminders r WHERE r.event_id = ${events.id} AND r.user_id = ${userId}
       AND ${isOnTime(sql`coalesce(${events.openedAt}, ${events.startsAt})`)})`;
  const [event] = await guarded(() =>
    db
      .select()
      .from(events)
      .where(and(eq(events.id, eventId), isWanted)),
  );
  if (event === undefined || !event.published || event.closedAt !== null) return undefined;
  const opensAtMs = timesOf(event).startsAt.getTime();
  if (opensAtMs <= nowMs) return undefined;
  return { eventTitle: event.title, opensAtMs, timeZone: event.timeZone };
}
