/**
 * Works off the rows that are mails: sends one from what was just read of it, or drops it where there is
 * nothing to say or nobody to say it to any more. Throws the faults of Postgres.
 */
import type { AccountTokenPurpose } from '../../auth/account-tokens.ts';
import type { ReminderTokens } from '../../auth/reminder-tokens.ts';
import type { Language } from '../../contract/languages.ts';
import { orderNumberOf } from '../../contract/order-numbers.ts';
import type { OutboxPayload } from '../../contract/outbox.ts';
import { issueAccountToken } from '../../stores/postgres/account-tokens.ts';
import type { Db } from '../../stores/postgres/client.ts';
import type { MailSubject, Recipient, SubjectKeys } from '../../stores/postgres/mail-facts.ts';
import { suppressAddresses } from '../../stores/postgres/mail-suppressions.ts';
import type { LeasedRow } from '../../stores/postgres/outbox-work.ts';
import type { TryOutcome } from '../rules/outcome.ts';
import { RECIPIENT_SUPPRESSED, type SendMail } from './mail.ts';
import { compose } from './messages/compose.ts';
import type { MailFacts, MailKind, Shop } from './messages/message.ts';
import { orderSent } from './order-sent.ts';
import { notCharged, refundMade } from './payment-mails.ts';
import { yourTurn } from './your-turn.ts';

/** The pages that take a link's token. */
const PAGES: Record<AccountTokenPurpose, string> = {
  verify_email: 'verify',
  change_email: 'verify',
  reset_password: 'reset',
};

export interface MailPorts {
  db: Db;
  send: SendMail;
  shop: Shop;
  /** JWT_SECRET, and the one before it where there is one. */
  secrets: readonly [string, ...string[]];
  reminderTokens: ReminderTokens;
  /** What rows for this address may have as their recipient: made with each of the secrets. */
  recipientKeysOf(email: string): readonly string[];
  nowMs(): number;
}

/** What is used of a row of the outbox. */
export interface MailRow<Kind extends MailKind> {
  kind: Kind;
  key: string;
  payload: OutboxPayload<Kind>;
}

/** @param subject what was read by `subjectKeysOf` the row. */
export type MailHandlers = {
  readonly [Kind in MailKind]: (row: MailRow<Kind>, subject: MailSubject) => Promise<TryOutcome>;
};

/** What has to be read before a mail is sent. */
export function subjectKeysOf({
  id: rowId,
  kind,
  payload,
}: Pick<LeasedRow, 'id' | 'kind' | 'payload'>): SubjectKeys {
  const userId = 'userId' in payload ? payload.userId : undefined;
  const email = 'email' in payload ? payload.email : undefined;
  const orderId = 'orderId' in payload ? payload.orderId : undefined;
  const payment = 'userId' in payload && 'paymentId' in payload ? payload : undefined;
  const ofEvent = 'userId' in payload && 'eventId' in payload ? payload : undefined;
  const isReminder = kind === 'mail.reminder';
  const [reminder, cancelling] = isReminder ? [ofEvent] : [undefined, ofEvent];
  return { rowId, userId, email, orderId, payment, reminder, cancelling };
}

export function createMailHandlers(ports: MailPorts): MailHandlers {
  const { shop, nowMs } = ports;
  const warn = <Kind extends 'mail.email_change_asked' | 'mail.password_changed'>(
    row: MailRow<Kind>,
    subject: MailSubject,
  ) => toAccount(ports, { row, subject }, { read: async () => ({}) });
  return {
    ...createSaleMailHandlers(ports),
    'mail.verify_email': (row, subject) => {
      const read = linkReader(ports, { purpose: 'verify_email', rowKey: row.key });
      return toAccount(ports, { row, subject }, { read });
    },
    'mail.reset_password': (row, subject) => {
      const read = linkReader(ports, { purpose: 'reset_password', rowKey: row.key });
      return toAccount(ports, { row, subject }, { read });
    },
    'mail.change_email': (row, subject) => {
      const { email: to } = row.payload;
      const read = linkReader(ports, { purpose: 'change_email', rowKey: row.key, to });
      return toAccount(ports, { row, subject }, { to, read });
    },
    'mail.email_change_asked': warn,
    'mail.password_changed': warn,
    'mail.email_changed': (row, subject) => {
      const { email: to } = row.payload;
      // Whoever changed it back knows.
      const read = async ({ email }: Recipient) => (email === to ? undefined : {});
      return toAccount(ports, { row, subject }, { to, read });
    },
    'mail.new_device': (row, subject) => {
      const { device, at } = row.payload;
      const read = async () => ({ device, atMs: Date.parse(at) });
      return toAccount(ports, { row, subject }, { read });
    },
    'mail.order_confirmed': (row, subject) => {
      const { orderId, userId } = row.payload;
      const { order } = subject;
      const link = `${shop.url}/orders/${orderId}`;
      const read = async () =>
        order?.customerId === userId && order.confirmedAtMs !== null
          ? { ...order, confirmedAtMs: order.confirmedAtMs, number: orderNumberOf(orderId), link }
          : undefined;
      return toAccount(ports, { row, subject }, { read });
    },
    'mail.your_turn': (row, subject) => {
      const read = async () => yourTurn(shop, row, { order: subject.order, nowMs: nowMs() });
      return toAccount(ports, { row, subject }, { read });
    },
    'mail.reminder': (row, subject) => {
      const { reminder } = subject;
      const token = reminderToken(ports, row);
      const link = `${shop.url}/events/${row.payload.eventId}`;
      const offLink = `${shop.url}/reminders/off?token=${token}`;
      const read = async () =>
        reminder && reminder.opensAtMs > nowMs() ? { ...reminder, link, offLink } : undefined;
      const headers = unsubscribeHeaders(shop, token);
      return toAccount(ports, { row, subject }, { read, headers });
    },
    'mail.account_deleted': async (row, { emailSuppressed, shopName }) => {
      const { email: to, language } = row.payload;
      if (emailSuppressed) return dropped(RECIPIENT_SUPPRESSED);
      return deliver(ports, { row, to, language, facts: {}, shopName });
    },
  };
}

function createSaleMailHandlers(
  ports: MailPorts,
): Pick<
  MailHandlers,
  'mail.event_cancelled' | 'mail.not_charged' | 'mail.order_sent' | 'mail.refund_made'
> {
  const { shop } = ports;
  return {
    'mail.order_sent': (row, subject) =>
      toAccount(ports, { row, subject }, { read: async () => orderSent(shop, row, subject.order) }),
    'mail.refund_made': (row, subject) => {
      const read = async () => refundMade(shop, row.payload.userId, subject.payment);
      return toAccount(ports, { row, subject }, { read });
    },
    'mail.not_charged': (row, subject) => {
      const read = async () => notCharged(shop, row.payload.userId, subject.payment);
      return toAccount(ports, { row, subject }, { read });
    },
    'mail.event_cancelled': (row, subject) => {
      const { cancelled } = subject;
      const path = cancelled?.orders === 0 ? `events/${row.payload.eventId}` : 'orders';
      const link = `${shop.url}/${path}`;
      const read = async () => cancelled && { ...cancelled, link };
      return toAccount(ports, { row, subject }, { read });
    },
  };
}

interface Given<Kind extends MailKind> {
  row: MailRow<Kind>;
  subject: MailSubject;
}

interface About<Kind extends MailKind> {
  /** Where it goes, if not to the account's own address: what the row carries. */
  to?: string;
  /** What it is about; undefined where there is nothing to say any more. */
  read(account: Recipient): Promise<MailFacts[Kind] | undefined>;
  headers?: Record<string, string>;
}

async function toAccount<Kind extends MailKind>(
  ports: MailPorts,
  { row, subject }: Given<Kind>,
  { to, read, headers }: About<Kind>,
): Promise<TryOutcome> {
  const { account, emailSuppressed, shopName } = subject;
  if (account === undefined) return dropped('account_gone');
  const { email, language, recipientKey } = account;
  const address = to ?? email;
  if (recipientKey !== null && !ports.recipientKeysOf(address).includes(recipientKey)) {
    return dropped('address_changed');
  }
  const suppressed = to === undefined ? account.suppressed : emailSuppressed;
  if (suppressed) return dropped(RECIPIENT_SUPPRESSED);
  const facts = await read(account);
  if (facts === undefined) return dropped('not_needed');
  return deliver(ports, { row, to: address, language, facts, headers, shopName });
}

interface Delivery<Kind extends MailKind> {
  row: MailRow<Kind>;
  to: string;
  language: Language;
  facts: MailFacts[Kind];
  headers?: Record<string, string> | undefined;
  shopName: string | null;
}

async function deliver<Kind extends MailKind>(
  { db, send, shop, nowMs }: MailPorts,
  { row, to, language, facts, headers, shopName }: Delivery<Kind>,
): Promise<TryOutcome> {
  const named = shopName === null ? shop : { ...shop, name: shopName };
  const message = compose(row.kind, facts, { shop: named, language });
  const fromName = shopName?.replaceAll(/["\p{Cc}]/gu, '').trim();
  const mail = { to, ...message, ...(headers && { headers }), ...(fromName && { fromName }) };
  const outcome = await send(mail, row.key);
  if (outcome.kind === 'dropped' && outcome.reason === RECIPIENT_SUPPRESSED) {
    await suppressAddresses(db, { emails: [to], reason: 'bounced', nowMs: nowMs() });
  }
  return outcome;
}

/** The link is made now: until its mail is sent there is none. */
function linkReader(
  { db, shop, secrets, nowMs }: MailPorts,
  { purpose, rowKey, to }: { purpose: AccountTokenPurpose; rowKey: string; to?: string },
): (account: Recipient) => Promise<{ link: string } | undefined> {
  return async ({ userId, email }) => {
    const link = { secrets, purpose, rowKey, userId, email: to ?? email, nowMs: nowMs() };
    const token = await issueAccountToken(db, link);
    return token === undefined
      ? undefined
      : { link: `${shop.url}/${PAGES[purpose]}?token=${token}` };
  };
}

/** A mail program shows a button of its own for them: RFC 8058. */
function unsubscribeHeaders({ url }: Shop, token: string): Record<string, string> {
  return {
    'List-Unsubscribe': `<${url}/api/v1/reminders/off?token=${token}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  };
}

function reminderToken({ reminderTokens }: MailPorts, row: MailRow<'mail.reminder'>): string {
  return reminderTokens.make(row.payload);
}

function dropped(reason: string): TryOutcome {
  return { kind: 'dropped', reason };
}
