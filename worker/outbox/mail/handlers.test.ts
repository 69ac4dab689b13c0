import { createHash } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../local/database.ts';
import { openMigratedPostgres } from '../../../local/testing/migrated-database.ts';
import { createRecipientKeys } from '../../auth/account-tokens.ts';
import { createReminderTokens } from '../../auth/reminder-tokens.ts';
import {
  type EventId,
  makeEventId,
  makeEventItemId,
  makeOrderId,
  type OrderId,
  type UserId,
} from '../../contract/ids.ts';
import { orderNumberOf } from '../../contract/order-numbers.ts';
import type { OutboxPayload } from '../../contract/outbox.ts';
import { REMIND_AHEAD_MS } from '../../contract/reminder-times.ts';
import { insertEvent } from '../../stores/postgres/event-plans.ts';
import { readMailSubjects } from '../../stores/postgres/mail-facts.ts';
import { findSuppression, suppressAddresses } from '../../stores/postgres/mail-suppressions.ts';
import { enqueueStatement } from '../../stores/postgres/outbox.ts';
import { accountTokens, reminders } from '../../stores/postgres/outbox-schema.ts';
import { events, orders, users } from '../../stores/postgres/schema.ts';
import { addItem, addUser, fillRandom, planOf } from '../../testing/rows.ts';
import type { TryOutcome } from '../rules/outcome.ts';
import { createMailHandlers, type MailPorts, type MailRow, subjectKeysOf } from './handlers.ts';
import { type Mail, RECIPIENT_SUPPRESSED } from './mail.ts';
import type { MailKind } from './messages/message.ts';

const NOW_MS = Date.UTC(2030, 0, 1);
const HOUR_MS = 3_600_000;
const MINUTES_2 = 120_000;
const SECRET = 'a secret that only this test knows, long enough';
const OLD_SECRET = 'the secret before it, which is as long as it is';
const SHOP = { name: 'Lamp Shop', url: 'https://shop.example', contact: 'help@shop.example' };
const dropped = (reason: string) => ({ kind: 'dropped', reason });
const DONE = { kind: 'done' };

let database: Database;
let userId: UserId;
let email = '';
let eventId: EventId;
let sent: { mail: Mail; key: string }[] = [];
let answer: TryOutcome = { kind: 'done' };
let rows = 0;

beforeAll(async () => {
  database = await openMigratedPostgres();
  const itemId = await addItem(database.db, NOW_MS, 'Desk lamp');
  eventId = makeEventId(fillRandom);
  const items = [{ itemId, priceCents: 12_990, stock: 100, limitPerCustomer: 5 }];
  const times = { startsAtMs: NOW_MS + HOUR_MS, endsAtMs: NOW_MS + 2 * HOUR_MS };
  const plan = { ...planOf(times, items, 'Friday’s lamps'), timeZone: 'Europe/Berlin' };
  await insertEvent(database.db, eventId, { plan, actor: 'a test' });
}, MINUTES_2);

afterAll(() => database?.close());

beforeEach(async () => {
  sent = [];
  answer = { kind: 'done' };
  userId = await addUser(database.db, NOW_MS);
  email = `${userId}@example.com`;
});

function ports(changed: Partial<MailPorts> = {}): MailPorts {
  return {
    db: database.db,
    send: async (mail, key) => {
      sent.push({ mail, key });
      return answer;
    },
    shop: SHOP,
    secrets: [SECRET, OLD_SECRET],
    reminderTokens: createReminderTokens(SECRET),
    recipientKeysOf: (to) => [SECRET, OLD_SECRET].map((secret) => createRecipientKeys(secret)(to)),
    nowMs: () => NOW_MS,
    ...changed,
  };
}

type StoredRow<Kind extends MailKind> = MailRow<Kind> & { id: number };

/** Puts a row into the outbox, as routes do. @param to whose key it has; by default it has none. */
async function enqueued<Kind extends MailKind>(
  kind: Kind,
  payload: OutboxPayload<Kind>,
  to?: string,
): Promise<StoredRow<Kind>> {
  const key = `${kind}/${rows++}`;
  const recipientKey = to === undefined ? undefined : createRecipientKeys(SECRET)(to);
  const { rows: written } = await enqueueStatement(database.db, {
    kind,
    key,
    payload,
    recipientKey,
    priority: 0,
    nowMs: NOW_MS,
  });
  return { id: Number(written[0]?.id), kind, key, payload };
}

/** Reads what the mail is about, and works its row off. */
async function workOff<Kind extends MailKind>(
  row: StoredRow<Kind>,
  given = ports(),
): Promise<TryOutcome> {
  const subjects = await readMailSubjects(database.db, [subjectKeysOf(row)]);
  const subject = subjects.get(row.id);
  if (subject === undefined) throw new Error('nothing was read of the row');
  return createMailHandlers(given)[row.kind](row, subject);
}

async function changeUser(fields: Partial<typeof users.$inferInsert>): Promise<void> {
  await database.db.update(users).set(fields).where(eq(users.id, userId));
}

async function addOrder(status: 'confirmed' | 'cancelled' = 'confirmed'): Promise<OrderId> {
  const id = makeOrderId(eventId, NOW_MS, fillRandom);
  const at = new Date(NOW_MS);
  await database.db.insert(orders).values({
    id,
    eventId,
    eventItemId: makeEventItemId(eventId, 1),
    customerId: userId,
    status,
    quantity: 2,
    unitPriceCents: 12_990,
    unitPriceMinor: 12_990,
    currency: 'EUR',
    reservedAt: at,
    expiresAt: at,
    endedAt: at,
  });
  return id;
}

/** Its mail was queued a few minutes before the opening. */
async function addReminder(queuedAtMs = NOW_MS + HOUR_MS - REMIND_AHEAD_MS): Promise<void> {
  const [createdAt, queuedAt] = [new Date(NOW_MS), new Date(queuedAtMs)];
  await database.db.insert(reminders).values({ eventId, userId, createdAt, queuedAt });
}

function linkIn(text = ''): string | undefined {
  return /https:\S+/.exec(text)?.[0];
}

describe('a mail with a link', () => {
  it('goes to the account in its language, under the row’s key, with a link that is kept as a hash', async () => {
    await changeUser({ language: 'de' });
    const row = await enqueued('mail.verify_email', { userId }, email);
    expect(await workOff(row)).toEqual(DONE);
    const [{ mail, key } = { mail: undefined, key: '' }] = sent;
    expect(key).toBe(row.key);
    expect(mail).toMatchObject({ to: email, subject: 'Bestätige deine E-Mail-Adresse' });
    const token = new URL(linkIn(mail?.text) ?? '').searchParams.get('token') ?? '';
    expect(linkIn(mail?.text)).toBe(`https://shop.example/verify?token=${token}`);
    const [id = '', secret = ''] = token.split('.');
    const [kept] = await database.db.select().from(accountTokens).where(eq(accountTokens.id, id));
    expect(kept).toMatchObject({ userId, purpose: 'verify_email', email });
    expect(kept?.secretHash).toBe(createHash('sha256').update(secret).digest('hex'));
  });

  it('has the same link when it is sent again, also with a new secret', async () => {
    const row = await enqueued('mail.reset_password', { email }, email);
    answer = { kind: 'failed', reason: 'no_answer' };
    const before = ports({ secrets: [OLD_SECRET] });
    expect(await workOff(row, before)).toEqual(answer);
    await workOff(row);
    const links = sent.map(({ mail }) => linkIn(mail.text));
    expect(links[0]).toMatch(/^https:\/\/shop\.example\/reset\?token=/);
    expect(links[1]).toBe(links[0]);
  });

  it('for a new address goes there', async () => {
    const next = `next-${userId}@example.com`;
    const row = await enqueued('mail.change_email', { userId, email: next }, next);
    expect(await workOff(row)).toEqual(DONE);
    expect(sent[0]?.mail.to).toBe(next);
    expect(linkIn(sent[0]?.mail.text)).toContain('/verify?token=');
  });

  it('is dropped where there is nothing to confirm any more', async () => {
    await changeUser({ emailVerifiedAt: new Date(NOW_MS) });
    const row = await enqueued('mail.verify_email', { userId }, email);
    const outcome = await workOff(row);
    expect(outcome).toEqual(dropped('not_needed'));
  });

  it('is dropped where nobody has the address', async () => {
    const row = await enqueued('mail.reset_password', { email: 'nobody@example.com' });
    const outcome = await workOff(row);
    expect(outcome).toEqual(dropped('account_gone'));
    expect(sent).toEqual([]);
  });
});

describe('a mail about an account', () => {
  it.each([{ active: false }, { active: false, deletedAt: new Date(NOW_MS) }])(
    'is dropped where the account is %j',
    async (fields) => {
      await changeUser(fields);
      const row = await enqueued('mail.password_changed', { userId }, email);
      const outcome = await workOff(row);
      expect(outcome).toEqual(dropped('account_gone'));
    },
  );

  it('is dropped where the address was changed meanwhile, and not because of a new secret', async () => {
    const row = await enqueued('mail.email_change_asked', { userId }, email);
    expect(await workOff(row)).toEqual(DONE);
    await changeUser({ email: `other-${userId}@example.com` });
    expect(await workOff(row)).toEqual(dropped('address_changed'));
  });

  it('goes to the address that it had, unless it has it again', async () => {
    const old = `old-${userId}@example.com`;
    const payload = { userId, email: old };
    const row = await enqueued('mail.email_changed', payload, old);
    expect(await workOff(row)).toEqual(DONE);
    expect(sent[0]?.mail.to).toBe(old);
    await changeUser({ email: old });
    expect(await workOff(row)).toEqual(dropped('not_needed'));
  });

  it('names the device and the time, and nothing that its owner calls themselves', async () => {
    await changeUser({ displayName: 'Visit evil.example' });
    const payload = { userId, device: 'Firefox on Linux', at: '2030-01-01T00:00:00.000Z' };
    const row = await enqueued('mail.new_device', payload, email);
    await workOff(row);
    expect(sent[0]?.mail.text).toContain('Firefox on Linux');
    expect(sent[0]?.mail.text).toContain('1 January 2030 at 00:00 UTC');
    expect(JSON.stringify(sent)).not.toContain('evil.example');
  });

  it('that is deleted goes where its owner was', async () => {
    const row = await enqueued('mail.account_deleted', {
      email: 'gone@example.com',
      language: 'de',
    });
    expect(await workOff(row)).toEqual(DONE);
    expect(sent[0]?.mail).toMatchObject({
      to: 'gone@example.com',
      subject: expect.stringContaining('gelöscht'),
    });
  });
});

describe('an address that is suppressed', () => {
  it('is sent nothing, whatever a mail is about', async () => {
    const other = `other-${userId}@example.com`;
    const emails = [email.toUpperCase(), other];
    await suppressAddresses(database.db, { emails, reason: 'complained', nowMs: NOW_MS });
    const outcomes = [
      await workOff(await enqueued('mail.reset_password', { email })),
      await workOff(await enqueued('mail.change_email', { userId, email: other })),
      await workOff(await enqueued('mail.account_deleted', { email: other, language: 'en' })),
    ];
    expect(outcomes).toEqual(outcomes.map(() => dropped(RECIPIENT_SUPPRESSED)));
    expect(sent).toEqual([]);
  });

  it('is what the receiver refuses for good', async () => {
    answer = { kind: 'dropped', reason: RECIPIENT_SUPPRESSED };
    const row = await enqueued('mail.password_changed', { userId }, email);
    await workOff(row);
    expect(await findSuppression(database.db, email)).toBe('bounced');
    await workOff(row);
    expect(sent).toHaveLength(1);
  });
});

describe('a mail about an order', () => {
  it('has its number, what was bought and the link to its page', async () => {
    const orderId = await addOrder();
    const row = await enqueued('mail.order_confirmed', { userId, orderId });
    expect(await workOff(row)).toEqual(DONE);
    const { text = '', subject } = sent[0]?.mail ?? {};
    expect(subject).toContain(orderNumberOf(orderId));
    for (const part of ['Desk lamp', 'Friday’s lamps', '€259.80', '01:00 CET']) {
      expect(text).toContain(part);
    }
    expect(linkIn(text)).toBe(`https://shop.example/orders/${orderId}`);
  });

  it('is dropped where the order is not confirmed, or is somebody else’s', async () => {
    const cancelled = await addOrder('cancelled');
    const row = await enqueued('mail.order_confirmed', { userId, orderId: cancelled });
    expect(await workOff(row)).toEqual(dropped('not_needed'));
    const orderId = await addOrder();
    const stranger = await addUser(database.db, NOW_MS);
    const wrong = await enqueued('mail.order_confirmed', { userId: stranger, orderId });
    expect(await workOff(wrong)).toEqual(dropped('not_needed'));
  });
});

describe('a reminder', () => {
  it('has the time in the event’s zone, and two ways to turn it off', async () => {
    await addReminder();
    const row = await enqueued('mail.reminder', { userId, eventId });
    expect(await workOff(row)).toEqual(DONE);
    const { text, headers = {} } = sent[0]?.mail ?? {};
    expect(text).toContain('1 January 2030 at 02:00 CET (Europe/Berlin)');
    expect(text).toContain(`https://shop.example/events/${eventId}`);
    const [, token = ''] = /reminders\/off\?token=(\S+)/.exec(text ?? '') ?? [];
    expect(createReminderTokens(SECRET).read(token)).toEqual({ eventId, userId });
    expect(headers).toEqual({
      'List-Unsubscribe': `<https://shop.example/api/v1/reminders/off?token=${token}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    });
  });

  it('is dropped where it was turned off', async () => {
    const row = await enqueued('mail.reminder', { userId, eventId });
    const outcome = await workOff(row);
    expect(outcome).toEqual(dropped('not_needed'));
  });

  it('is dropped where the sale was put off since, which is reminded of again', async () => {
    await addReminder();
    const row = await enqueued('mail.reminder', { userId, eventId });
    const startsAt = new Date(NOW_MS + HOUR_MS + HOUR_MS / 2);
    await database.db.update(events).set({ startsAt }).where(eq(events.id, eventId));
    const outcome = await workOff(row);
    expect(outcome).toEqual(dropped('not_needed'));
    const back = { startsAt: new Date(NOW_MS + HOUR_MS) };
    await database.db.update(events).set(back).where(eq(events.id, eventId));
  });

  it('is dropped where the sale has opened, is hidden or called off', async () => {
    await addReminder();
    const row = await enqueued('mail.reminder', { userId, eventId });
    const opened = ports({ nowMs: () => NOW_MS + HOUR_MS });
    const outcomes = [await workOff(row, opened)];
    for (const set of [sql`published = false`, sql`closed_at = now()`]) {
      await database.db.execute(sql`UPDATE events SET ${set} WHERE id = ${eventId}`);
      outcomes.push(await workOff(row));
      const back = { published: true, closedAt: null };
      await database.db.update(events).set(back).where(eq(events.id, eventId));
    }
    expect(outcomes).toEqual(outcomes.map(() => dropped('not_needed')));
    expect(await workOff(row)).toEqual(DONE);
  });
});

it('what many mails are about is read together, and each gets its own', async () => {
  const orderId = await addOrder();
  await addReminder();
  const stranger = await addUser(database.db, NOW_MS);
  const suppressed = 'suppressed@example.com';
  await suppressAddresses(database.db, {
    emails: [suppressed],
    reason: 'bounced',
    nowMs: NOW_MS,
  });
  const stored = [
    await enqueued('mail.order_confirmed', { userId, orderId }, email),
    await enqueued('mail.order_confirmed', { userId: stranger, orderId }),
    await enqueued('mail.reminder', { userId, eventId }),
    await enqueued('mail.reminder', { userId: stranger, eventId }),
    await enqueued('mail.change_email', { userId, email: suppressed }),
    await enqueued('mail.reset_password', { email: 'nobody@example.com' }),
  ];
  const subjects = await readMailSubjects(database.db, stored.map(subjectKeysOf));
  const read = stored.map(({ id }) => subjects.get(id));
  expect(read.map((subject) => subject?.account?.userId)).toEqual([
    userId,
    stranger,
    userId,
    stranger,
    userId,
    undefined,
  ]);
  expect(read.map((subject) => subject?.account?.recipientKey ?? null)).toEqual([
    createRecipientKeys(SECRET)(email),
    ...Array(5).fill(null),
  ]);
  expect(read.map((subject) => subject?.order !== undefined)).toEqual([
    true,
    true,
    ...Array(4).fill(false),
  ]);
  expect(read.map((subject) => subject?.reminder !== undefined)).toEqual([
    false,
    false,
    true,
    false,
    false,
    false,
  ]);
  expect(read.map((subject) => subject?.emailSuppressed)).toEqual([
    ...Array(4).fill(false),
    true,
    false,
  ]);
});
