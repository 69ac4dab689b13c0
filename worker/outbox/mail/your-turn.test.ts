/** The mail to whom the queue has reached, from what was read of its order. */
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
const OFFER: OrderFacts = {
  customerId: USER,
  itemName: 'Desk lamp',
  variantLabel: 'Brass',
  eventTitle: 'Friday’s lamps',
  quantity: 2,
  unitPriceMinor: 12_990,
  currency: 'EUR',
  confirmedAtMs: null,
  expiresAtMs: NOW_MS + 600_000,
  timeZone: 'Europe/Berlin',
  sent: null,
};

async function workOff(order: OrderFacts | undefined, language: 'en' | 'de' = 'en') {
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
  const row = { kind: 'mail.your_turn' as const, key: 'your_turn/ent_1', payload };
  return { outcome: await handlers['mail.your_turn'](row, subject), sent };
}

it('says until when what is reserved, with the link to the event', async () => {
  const { outcome, sent } = await workOff(OFFER);
  expect(outcome).toEqual({ kind: 'done' });
  const [{ mail, key } = { mail: undefined, key: '' }] = sent;
  expect(key).toBe('your_turn/ent_1');
  expect(mail?.subject).toContain('Desk lamp · Brass');
  for (const part of ['01:10 CET', 'Quantity: 2', '€129.90', 'https://shop.example/events/']) {
    expect(mail?.text).toContain(part);
  }
  expect(mail?.text).toContain('/events/evt_0123456789ab');
});

it('names what a drawn offer is checked by, and nothing of it where nothing was drawn', async () => {
  const record = { seq: 343, head: '5f'.repeat(32) };
  for (const language of ['en', 'de'] as const) {
    const { sent } = await workOff({ ...OFFER, record }, language);
    for (const part of ['343', record.head, 'https://shop.example/events/evt_0123456789ab/draw']) {
      expect(sent[0]?.mail.text).toContain(part);
      expect(sent[0]?.mail.html).toContain(part);
    }
    const plain = await workOff(OFFER, language);
    expect(plain.sent[0]?.mail.text).not.toContain('/draw');
  }
});

it('is written in the account’s language', async () => {
  const { sent } = await workOff(OFFER, 'de');
  expect(sent[0]?.mail.subject).toMatch(/^Du bist dran: /);
  expect(sent[0]?.mail.text).toContain('Reserviert bis');
});

it.each([
  ['was given back or has ended in the rows', undefined],
  ['has ended by the clock', { ...OFFER, expiresAtMs: NOW_MS }],
  ['is confirmed already', { ...OFFER, confirmedAtMs: NOW_MS - 1 }],
  ['is somebody else’s', { ...OFFER, customerId: 'usr_01kb8c4zj0h7pqrstw' as UserId }],
])('is dropped where the offer %s', async (_what, order) => {
  const { outcome, sent } = await workOff(order);
  expect(outcome).toEqual({ kind: 'dropped', reason: 'not_needed' });
  expect(sent).toEqual([]);
});
