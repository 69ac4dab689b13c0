/**
 * What mails are about, read when they are sent: to whom they go, the order, the sale. Reads for many
 * mails at once, in few queries. Writes nothing.
 */
import { and, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { NamedReminder } from '../../auth/reminder-tokens.ts';
import type { OrderId, UserId } from '../../contract/ids.ts';
import type { Language } from '../../contract/languages.ts';
import { type Translations, textIn } from '../../contract/text-in.ts';
import { isOpen } from './account-tokens.ts';
import {
  type CancelFacts,
  type NamedCancelling,
  nameOfCancelling,
  readCancelFacts,
} from './cancel-mail-facts.ts';
import { type Db, guarded } from './client.ts';
import { timesOf } from './event-status.ts';
import { suppressionSql } from './mail-suppressions.ts';
import { type OrderFacts, readStandingOrders } from './order-mail-facts.ts';
import { reminders } from './outbox-schema.ts';
import {
  type NamedPayment,
  nameOfPayment,
  type PaymentFacts,
  readPaymentFacts,
} from './payment-mail-facts.ts';
import { isOnTime } from './reminder-mails.ts';
import { events } from './schema.ts';
import { translationsAs } from './translated.ts';

/** What is to be read for one mail. */
export interface SubjectKeys {
  /** Of its row in the outbox. */
  rowId: number;
  /** Whose account it is about; by the address where that is undefined. */
  userId?: UserId | undefined;
  /** An address that the row carries, in lower case. */
  email?: string | undefined;
  orderId?: OrderId | undefined;
  payment?: NamedPayment | undefined;
  reminder?: NamedReminder | undefined;
  cancelling?: NamedCancelling | undefined;
}

export interface MailSubject {
  /** Undefined where the account is deactivated, deleted or was never there. */
  account: Recipient | undefined;
  /** Whether nothing is sent any more to the address that the row carries. */
  emailSuppressed: boolean;
  /** What the shop's own face calls it; null where it has none. */
  shopName: string | null;
  /** Undefined where there is no such order, or it has ended without being confirmed. */
  order: OrderFacts | undefined;
  /** Of the payment that the row names, or of the refund; undefined where there is none. */
  payment: PaymentFacts | undefined;
  /**
   * Undefined where there is nothing to be reminded of any more: the reminder was turned off, or the
   * event is not published, is called off, or was put off and is reminded of again.
   */
  reminder: ReminderFacts | undefined;
  /** Of the event that was cancelled; undefined where none was. */
  cancelled?: CancelFacts | undefined;
}

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

export interface ReminderFacts {
  eventTitle: string;
  translations?: Translations<{ eventTitle: string }>;
  /** It may be past by now. */
  opensAtMs: number;
  timeZone: string;
}

/** By the ids of their rows; each of them is there. One query after the other, as few as are needed. */
export async function readMailSubjects(
  db: Db,
  keys: readonly SubjectKeys[],
): Promise<ReadonlyMap<number, MailSubject>> {
  if (keys.length === 0) return new Map();
  const recipients = await readRecipients(db, keys);
  const orderIds = keys.flatMap(({ orderId }) => orderId ?? []);
  const standing = await readStandingOrders(db, orderIds);
  const paid = await readPaymentFacts(
    db,
    keys.flatMap(({ payment }) => payment ?? []),
  );
  const named = keys.flatMap(({ reminder }) => reminder ?? []);
  const reminded = await readReminders(db, named);
  const cancelled = await readCancelFacts(
    db,
    keys.flatMap(({ cancelling }) => cancelling ?? []),
  );
  return new Map(
    keys.map(({ rowId, orderId, payment, reminder, cancelling }) => {
      const recipient = recipients.get(rowId);
      const read = <Facts extends object>(facts: Facts | undefined) =>
        spoken(facts, recipient?.account?.language);
      return [
        rowId,
        {
          account: undefined,
          emailSuppressed: false,
          shopName: null,
          ...recipient,
          order: orderId && read(standing.get(orderId)),
          payment: payment && read(paid.get(nameOfPayment(payment))),
          reminder: reminder && read(reminded.get(nameOf(reminder))),
          cancelled: cancelling && read(cancelled.get(nameOfCancelling(cancelling))),
        },
      ];
    }),
  );
}

/** As its reader is told of it. */
function spoken<Facts extends object>(
  facts: Facts | undefined,
  language: Language | undefined,
): Facts | undefined {
  return facts && language ? textIn(language, facts) : facts;
}

type RecipientColumns = {
  rowId: string;
  emailSuppressed: boolean;
  shopName: string | null;
  userId: UserId | null;
  email: string;
  language: Language;
  suppressed: boolean;
  recipientKey: string | null;
};

async function readRecipients(
  db: Db,
  keys: readonly SubjectKeys[],
): Promise<Map<number, Pick<MailSubject, 'account' | 'emailSuppressed' | 'shopName'>>> {
  const wanted = keys.map(({ rowId, userId, email }) => ({ id: rowId, user_id: userId, email }));
  const { rows } = await guarded(() =>
    db.execute<RecipientColumns>(sql`
      SELECT w.id AS "rowId", ${suppressionSql(sql`w.email`)} IS NOT NULL AS "emailSuppressed",
             (SELECT face ->> 'name' FROM shop_face) AS "shopName",
             a.id AS "userId", a.email, a.language, ${suppressionSql(sql`a.email`)} IS NOT NULL AS suppressed,
             (SELECT recipient_key FROM outbox WHERE id = w.id) AS "recipientKey"
        FROM jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) AS w (id bigint, user_id text, email text)
        LEFT JOIN LATERAL (
          ${openAccount(sql`u.id = w.user_id`)}
          UNION ALL ${openAccount(sql`w.user_id IS NULL AND u.email = w.email`)} LIMIT 1) a ON true`),
  );
  return new Map(
    rows.map(({ rowId, emailSuppressed, shopName, userId, ...account }) => [
      Number(rowId),
      { emailSuppressed, shopName, account: userId === null ? undefined : { userId, ...account } },
    ]),
  );
}

function openAccount(isWanted: SQL): SQL {
  return sql`SELECT u.id, u.email, u.language FROM users u WHERE ${isWanted} AND ${isOpen}`;
}

async function readReminders(
  db: Db,
  named: readonly NamedReminder[],
): Promise<Map<string, ReminderFacts>> {
  if (named.length === 0) return new Map();
  const r = alias(reminders, 'r');
  const pairs = named.map(({ eventId, userId }) => sql`(${eventId}, ${userId})`);
  const { id, title, timeZone, startsAt, endsAt, openedAt, closedAt } = events;
  const eventTitles = translationsAs({ eventTitle: { from: events.translations, text: 'title' } });
  const times = { startsAt, endsAt, openedAt, closedAt };
  const rows = await guarded(() =>
    db
      .select({
        userId: r.userId,
        event: { id, title, timeZone, ...times },
        translations: eventTitles,
      })
      .from(r)
      .innerJoin(events, eq(events.id, r.eventId))
      .where(
        and(
          sql`(${r.eventId}, ${r.userId}) IN (${sql.join(pairs, sql`, `)})`,
          eq(events.published, true),
          isNull(closedAt),
          isOnTime(sql`coalesce(${openedAt}, ${startsAt})`),
        ),
      ),
  );
  return new Map(
    rows.map(({ userId, event, translations }) => [
      nameOf({ eventId: event.id, userId }),
      {
        eventTitle: event.title,
        translations,
        opensAtMs: timesOf(event).startsAt.getTime(),
        timeZone: event.timeZone,
      },
    ]),
  );
}

function nameOf({ eventId, userId }: NamedReminder): string {
  return `${eventId}/${userId}`;
}
