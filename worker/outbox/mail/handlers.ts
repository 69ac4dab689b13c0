/**
 * Works off the rows that are mails: reads what one is about at the moment it is sent, and sends it, or
 * drops it where there is nothing to say or nobody to say it to any more. Throws the faults of Postgres.
 */
import type { AccountTokenPurpose } from '../../auth/account-tokens.ts';
import type { ReminderTokens } from '../../auth/reminder-tokens.ts';
import { orderNumberOf, type UserId } from '../../contract/ids.ts';
import type { Language } from '../../contract/languages.ts';
import type { OutboxPayload } from '../../contract/outbox.ts';
import { issueAccountToken } from '../../stores/postgres/account-tokens.ts';
import type { Db } from '../../stores/postgres/client.ts';
import {
  findConfirmedOrder,
  findRecipient,
  findReminder,
} from '../../stores/postgres/mail-facts.ts';
import { findSuppression, suppressAddresses } from '../../stores/postgres/mail-suppressions.ts';
import type { TryOutcome } from '../rules/outcome.ts';
import { RECIPIENT_SUPPRESSED, type SendMail } from './mail.ts';
import { compose } from './messages/compose.ts';
import type { MailFacts, MailKind, Shop } from './messages/message.ts';

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

export type MailHandlers = {
  readonly [Kind in MailKind]: (row: MailRow<Kind>) => Promise<TryOutcome>;
};

export function createMailHandlers(ports: MailPorts): MailHandlers {
  const { shop, nowMs } = ports;
  const warn = <Kind extends 'mail.email_change_asked' | 'mail.password_changed'>(
    row: MailRow<Kind>,
  ) => toAccount(ports, row, { who: row.payload, read: async () => ({}) });
  return {
    'mail.verify_email': (row) =>
      toAccount(ports, row, {
        who: row.payload,
        read: linkReader(ports, { purpose: 'verify_email', rowKey: row.key }),
      }),
    'mail.reset_password': (row) =>
      toAccount(ports, row, {
        who: row.payload,
        read: linkReader(ports, { purpose: 'reset_password', rowKey: row.key }),
      }),
    'mail.change_email': (row) => {
      const { userId, email: to } = row.payload;
      const read = linkReader(ports, { purpose: 'change_email', rowKey: row.key, to });
      return toAccount(ports, row, { who: { userId }, to, read });
    },
    'mail.email_change_asked': warn,
    'mail.password_changed': warn,
    'mail.email_changed': (row) => {
      const { userId, email: to } = row.payload;
      // Whoever changed it back knows.
      const read = async ({ email }: Account) => (email === to ? undefined : {});
      return toAccount(ports, row, { who: { userId }, to, read });
    },
    'mail.new_device': (row) => {
      const { device, at, ...who } = row.payload;
      return toAccount(ports, row, { who, read: async () => ({ device, atMs: Date.parse(at) }) });
    },
    'mail.order_confirmed': (row) => {
      const { orderId, ...who } = row.payload;
      const read = async ({ userId }: Account) => {
        const order = await findConfirmedOrder(ports.db, orderId);
        if (order?.customerId !== userId) return undefined;
        return { ...order, number: orderNumberOf(orderId), link: `${shop.url}/orders/${orderId}` };
      };
      return toAccount(ports, row, { who, read });
    },
    'mail.reminder': (row) => {
      const { eventId, userId } = row.payload;
      const read = async () => {
        const reminder = await findReminder(ports.db, { eventId, userId, nowMs: nowMs() });
        const off = `${shop.url}/reminders/off?token=${reminderToken(ports, row)}`;
        const link = `${shop.url}/events/${eventId}`;
        return reminder && { ...reminder, link, offLink: off };
      };
      const headers = unsubscribeHeaders(shop, reminderToken(ports, row));
      return toAccount(ports, row, { who: { userId }, read, headers });
    },
    'mail.account_deleted': async (row) => {
      const { email: to, language } = row.payload;
      if (await findSuppression(ports.db, to)) return dropped(RECIPIENT_SUPPRESSED);
      return deliver(ports, { row, to, language, facts: {} });
    },
  };
}

const unsent = async () => dropped('no_adapter');

/** Without an adapter nothing leaves; what comes here has waited for another Worker, see UNSENT_WAIT_MS. */
export function createUnsentHandlers(): MailHandlers {
  return {
    'mail.verify_email': unsent,
    'mail.reset_password': unsent,
    'mail.change_email': unsent,
    'mail.email_change_asked': unsent,
    'mail.password_changed': unsent,
    'mail.email_changed': unsent,
    'mail.new_device': unsent,
    'mail.order_confirmed': unsent,
    'mail.reminder': unsent,
    'mail.account_deleted': unsent,
  };
}

interface Account {
  userId: UserId;
  /** Its own address. */
  email: string;
}

interface About<Kind extends MailKind> {
  /** Whose account it is. */
  who: { userId: UserId } | { email: string };
  /** Where it goes, if not to the account's own address. */
  to?: string;
  /** What it is about; undefined where there is nothing to say any more. */
  read(account: Account): Promise<MailFacts[Kind] | undefined>;
  headers?: Record<string, string>;
}

async function toAccount<Kind extends MailKind>(
  ports: MailPorts,
  row: MailRow<Kind>,
  { who, to, read, headers }: About<Kind>,
): Promise<TryOutcome> {
  const account = await findRecipient(ports.db, who, row.key);
  if (account === undefined) return dropped('account_gone');
  const { email, language, recipientKey } = account;
  const address = to ?? email;
  if (recipientKey !== null && !ports.recipientKeysOf(address).includes(recipientKey)) {
    return dropped('address_changed');
  }
  const isSuppressed =
    to === undefined ? account.suppressed : (await findSuppression(ports.db, to)) !== null;
  if (isSuppressed) return dropped(RECIPIENT_SUPPRESSED);
  const facts = await read(account);
  if (facts === undefined) return dropped('not_needed');
  return deliver(ports, { row, to: address, language, facts, headers });
}

interface Delivery<Kind extends MailKind> {
  row: MailRow<Kind>;
  to: string;
  language: Language;
  facts: MailFacts[Kind];
  headers?: Record<string, string> | undefined;
}

async function deliver<Kind extends MailKind>(
  { db, send, shop, nowMs }: MailPorts,
  { row, to, language, facts, headers }: Delivery<Kind>,
): Promise<TryOutcome> {
  const message = compose(row.kind, facts, { shop, language });
  const outcome = await send({ to, ...message, ...(headers && { headers }) }, row.key);
  if (outcome.kind === 'dropped' && outcome.reason === RECIPIENT_SUPPRESSED) {
    await suppressAddresses(db, { emails: [to], reason: 'bounced', nowMs: nowMs() });
  }
  return outcome;
}

/** The link is made now: until its mail is sent there is none. */
function linkReader(
  { db, shop, secrets, nowMs }: MailPorts,
  { purpose, rowKey, to }: { purpose: AccountTokenPurpose; rowKey: string; to?: string },
): (account: Account) => Promise<{ link: string } | undefined> {
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
