/** The mail about an order that was sent, from what was read of it. */
import { expect, it } from 'vitest';
import { createReminderTokens } from '../../auth/reminder-tokens.ts';
import type { OrderId, UserId } from '../../contract/ids.ts';
import type { Db } from '../../stores/postgres/client.ts';
import type { MailSubject } from '../../stores/postgres/mail-facts.ts';
import type { OrderFacts } from '../../stores/postgres/order-mail-facts.ts';
import { createMailHandlers } from './handlers.ts';
import type { Mail } from './mail.ts';

const NOW_MS = Date.UTC(2030, 0, 1);
const USER = 'usr_01kb8c4zj0h7pqrstv' as UserId;
const ORDER = 'ord_0123456789ab_01kb8c4zj0h7pqrstv' as OrderId;
const KEY = `order_sent/${ORDER}/0123456789abcdef`;
const ORDERED: OrderFacts = {
  customerId: USER,
  itemName: 'Desk lamp',
  variantLabel: 'Brass',
  eventTitle: 'Friday’s lamps',
  quantity: 2,
  unitPriceMinor: 12_990,
  currency: 'EUR',
  confirmedAtMs: NOW_MS - 1,
  expiresAtMs: NOW_MS + 600_000,
  timeZone: 'Europe/Berlin',
  sent: { key: KEY, atMs: NOW_MS, trackingUrl: 'https://parcels.example/track/1' },
};

async function workOff(order: OrderFacts | undefined, language: 'en' | 'de' = 'en', rowKey = KEY) {
  const sent: { mail: Mail; key: string }[] = [];
  const handlers = createMailHandlers({
    // Nothing is read for this mail but its subject.
    db: undefined as unknown as Db,
    send: async (mail, key) => {
      sent.push({ mail, key });
      return { kind: 'done' };
    },
    shop: { name: 'Lamp Shop', url: 'https://shop.example', contact: 'help@shop.example' },
    secrets: ['a secret that only this test knows, long enough'],
    reminderTokens: createReminderTokens('a secret that only this test knows, long enough'),
    recipientKeysOf: () => [],
    nowMs: () => NOW_MS,
  });
  const email = 'grace@example.com';
  const account = { userId: USER, email, language, suppressed: false, recipientKey: null };
  const subject: MailSubject = {
    account,
    emailSuppressed: false,
    shopName: null,
    order,
    payment: undefined,
    reminder: undefined,
  };
  const payload = { userId: USER, orderId: ORDER };
  const row = { kind: 'mail.order_sent' as const, key: rowKey, payload };
  return { outcome: await handlers['mail.order_sent'](row, subject), sent };
}

it('says when it was sent, with the link to its parcel and to its page', async () => {
  const { outcome, sent } = await workOff(ORDERED);
  expect(outcome).toEqual({ kind: 'done' });
  const [{ mail, key } = { mail: undefined, key: '' }] = sent;
  expect(key).toBe(KEY);
  for (const part of [
    '01:00 CET',
    'Quantity: 2',
    'https://parcels.example/track/1',
    `/orders/${ORDER}`,
  ]) {
    expect(mail?.text).toContain(part);
  }
});

it('is written in the account’s language, and names no page where there is none', async () => {
  const order = { ...ORDERED, sent: { key: KEY, atMs: NOW_MS, trackingUrl: null } };
  const { sent } = await workOff(order, 'de');
  expect(sent[0]?.mail.subject).toMatch(/ ist verschickt$/);
  expect(sent[0]?.mail.text).not.toContain('Sendung verfolgen');
});

it('is sent again where an admin asked for it, as another mail', async () => {
  const again = `${KEY}/again/mail_01kb8c4zj0h7pqrstv`;
  expect((await workOff(ORDERED, 'en', again)).sent.map(({ key }) => key)).toEqual([again]);
});

it.each([
  ['is none any more', undefined],
  ['was not sent after all', { ...ORDERED, sent: null }],
  [
    'has another link by now',
    { ...ORDERED, sent: { key: `order_sent/${ORDER}/`, atMs: NOW_MS, trackingUrl: null } },
  ],
  ['is somebody else’s', { ...ORDERED, customerId: 'usr_01kb8c4zj0h7pqrstw' as UserId }],
])('is dropped where the order %s', async (_what, order) => {
  const { outcome, sent } = await workOff(order);
  expect(outcome).toEqual({ kind: 'dropped', reason: 'not_needed' });
  expect(sent).toEqual([]);
});
