/** The mails about money, from what happened at the provider to what their customer reads. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Database } from '../../../local/database.ts';
import { openMigratedPostgres } from '../../../local/testing/migrated-database.ts';
import {
  type Begun,
  type PaymentWorld,
  paymentWorld,
  refundRowOf,
  rowOf,
  TOTAL_MINOR,
} from '../../../local/testing/payment-world.ts';
import { createReminderTokens } from '../../auth/reminder-tokens.ts';
import { makeRefundId, type RefundId } from '../../contract/ids.ts';
import { orderNumberOf } from '../../contract/order-numbers.ts';
import { readMailSubjects } from '../../stores/postgres/mail-facts.ts';
import { fillRandom } from '../../testing/rows.ts';
import { CAPTURE_ENDS_BEFORE_MS, capture } from '../payments/capture.ts';
import { refund } from '../payments/refund.ts';
import { release } from '../payments/release.ts';
import { takeRefunds } from '../payments/take-refunds.ts';
import { createMailHandlers, type MailRow, subjectKeysOf } from './handlers.ts';
import type { Mail } from './mail.ts';

type Kind = 'mail.not_charged' | 'mail.refund_made';

const PART = 300;
const HOUR_MS = 60 * 60_000;
const SECRET = 'a secret that only this test knows, long enough';

let database: Database;
let world: PaymentWorld;

beforeAll(async () => {
  database = await openMigratedPostgres();
}, 60_000);

afterAll(() => database?.close());

beforeEach(async () => {
  world = await paymentWorld(database.db);
});

async function captured(): Promise<Begun> {
  const begun = await world.confirm();
  await capture(world.ports, rowOf('payment.capture', begun));
  return begun;
}

async function decide(begun: Begun, amount: number): Promise<RefundId> {
  const id = makeRefundId(begun.eventId, world.ports.nowMs(), fillRandom);
  await database.db.execute(sql`
    INSERT INTO payment_refunds (id, payment_id, order_id, amount_minor, currency, reason, created_at)
    VALUES (${id}, ${begun.paymentId}, ${begun.orderId}, ${amount}, 'EUR', 'asked for',
            ${new Date(world.ports.nowMs()).toISOString()})`);
  return id;
}

/** Decided and asked for, twice, as where the answer of the first try was lost. */
async function refunded(begun: Begun, amount: number): Promise<RefundId> {
  const id = await decide(begun, amount);
  for (let tries = 0; tries < 2; tries++) await refund(world.ports, refundRowOf(id, tries));
  return id;
}

async function mailRows({ customerId }: Begun) {
  const { rows } = await database.db.execute<{
    id: string;
    kind: Kind;
    key: string;
    payload: MailRow<Kind>['payload'];
  }>(sql`
    SELECT id, kind, key, payload FROM outbox
     WHERE user_id = ${customerId} AND kind IN ('mail.not_charged', 'mail.refund_made') ORDER BY id`);
  return rows;
}

/** What the customer of an order is sent about its money, in the order in which it was written. */
async function mailsOf(begun: Begun): Promise<Mail[]> {
  const sent: Mail[] = [];
  const handlers = createMailHandlers({
    db: database.db,
    async send(mail) {
      sent.push(mail);
      return { kind: 'done' };
    },
    shop: { name: 'Lamp Shop', url: 'https://shop.example', contact: 'help@shop.example' },
    secrets: [SECRET],
    reminderTokens: createReminderTokens(SECRET),
    recipientKeysOf: () => [],
    nowMs: world.ports.nowMs,
  });
  const rows = (await mailRows(begun)).map((row) => ({ ...row, id: Number(row.id) }));
  const subjects = await readMailSubjects(database.db, rows.map(subjectKeysOf));
  for (const row of rows) {
    const subject = subjects.get(row.id);
    if (subject === undefined) throw new Error('nothing was read of the row');
    await (row.kind === 'mail.refund_made'
      ? handlers[row.kind](row as MailRow<'mail.refund_made'>, subject)
      : handlers[row.kind](row as MailRow<'mail.not_charged'>, subject));
  }
  return sent;
}

const tellAll = (mails: Mail[]) =>
  mails.map(({ subject, text }) => `${subject}\n${text}`.replaceAll('\u00a0', ' '));

it('a refund of all is told once, with its amount, its order and how long it takes', async () => {
  const begun = await captured();
  await refunded(begun, TOTAL_MINOR);
  const [text = '', ...more] = tellAll(await mailsOf(begun));
  expect(more).toEqual([]);
  const number = orderNumberOf(begun.orderId);
  expect(text.startsWith(`Refund for your order ${number}\n`)).toBe(true);
  for (const part of [
    'all that you paid',
    'Sent back: €10.00',
    'Paid: €10.00',
    '5 to 10 working days',
    `https://shop.example/orders/${begun.orderId}`,
  ]) {
    expect(text).toContain(part);
  }
  expect(text).not.toContain('in all');
});

it('parts are told one by one, and together from the second on', async () => {
  const begun = await captured();
  await refunded(begun, PART);
  const [first = ''] = tellAll(await mailsOf(begun));
  expect(first).toMatch(/a part of what you paid[^]*Sent back: €3\.00\nPaid: €10\.00\nOrder/);
  await refunded(begun, PART);
  const both = tellAll(await mailsOf(begun));
  expect(both).toHaveLength(2);
  expect(both[1]).toMatch(/Sent back: €3\.00\nPaid: €10\.00\nSent back in all: €6\.00\n/);
});

it('a refund that was made on the pages of the provider is told too, once however often it is seen', async () => {
  const begun = await captured();
  const { provider_payment_id: intent } = await world.read(begun.paymentId);
  await world.post('/v1/refunds', { payment_intent: String(intent), amount: String(PART) });
  const { paymentId: id, eventId } = begun;
  const look = () => takeRefunds(world.ports, { id, eventId, providerPaymentId: String(intent) });
  await look();
  expect(tellAll(await mailsOf(begun))).toHaveLength(1);
  // Its row of the outbox is deleted some days after its end, and the refund is seen again.
  await database.db.execute(sql`DELETE FROM outbox WHERE kind = 'mail.refund_made'`);
  await look();
  expect(await mailRows(begun)).toEqual([]);
});

it('a refund is told in the language of its customer, and not any more where it has failed since', async () => {
  const begun = await captured();
  const id = await refunded(begun, PART);
  await database.db.execute(sql`UPDATE users SET language = 'de' WHERE id = ${begun.customerId}`);
  const [text = ''] = tellAll(await mailsOf(begun));
  expect(text).toContain('Zurückgeschickt: 3,00 €');
  expect(text).toContain('5 bis 10 Werktage');
  await database.db.execute(sql`UPDATE payment_refunds SET state = 'failed' WHERE id = ${id}`);
  expect(await mailsOf(begun)).toEqual([]);
});

it('a refund that the provider has not made yet is not told', async () => {
  const begun = await world.confirm({ card: '4000000000007726' });
  await capture(world.ports, rowOf('payment.capture', begun));
  await refund(world.ports, refundRowOf(await decide(begun, PART)));
  expect(await mailRows(begun)).toEqual([]);
});

it('an authorisation of an order that could not be kept is told as not charged, once', async () => {
  const begun = await world.authorise();
  await world.cancel(begun);
  await database.db.execute(sql`UPDATE orders SET status = 'expired' WHERE id = ${begun.orderId}`);
  const row = { ...rowOf('payment.release', begun), key: `release/${begun.paymentId}/refused` };
  for (let tries = 0; tries < 2; tries++) await release(world.ports, { ...row, tries });
  const [text = '', ...more] = tellAll(await mailsOf(begun));
  expect(more).toEqual([]);
  expect(text.startsWith(`You were not charged: order ${orderNumberOf(begun.orderId)}\n`)).toBe(
    true,
  );
  expect(text).toContain('could not be kept for you any longer');
  expect(text).toContain('Not charged: €10.00');
});

it('a page on which nobody paid is ended without a word', async () => {
  const begun = await world.begin();
  await release(world.ports, rowOf('payment.release', begun));
  expect(await mailRows(begun)).toEqual([]);
});

it('a second payment of an order is told as not charged, and that the order stays', async () => {
  const begun = await world.confirm();
  await world.pass(1_000);
  const second = await world.begin(begun);
  await (await world.submit({ id: second.sessionId }, { card: '4242424242424242' })).text();
  await release(world.ports, rowOf('payment.release', second));
  const [text = '', ...more] = tellAll(await mailsOf(begun));
  expect(more).toEqual([]);
  expect(text).toContain('This order is paid already, and stays as it is.');
});

it('a full refund before the capture is told as not charged', async () => {
  const begun = await world.confirm();
  await refunded(begun, TOTAL_MINOR);
  const [text = '', ...more] = tellAll(await mailsOf(begun));
  expect(more).toEqual([]);
  expect(text).toContain('refunded in full before anything was taken');
});

it('a payment that could not be taken until the end is told as not charged', async () => {
  const begun = await world.confirm({ fault: 'capture_declined' });
  await world.pass(7 * 24 * HOUR_MS - CAPTURE_ENDS_BEFORE_MS + HOUR_MS);
  for (let tries = 1; tries < 3; tries++) {
    await capture(world.ports, rowOf('payment.capture', begun, tries));
  }
  expect(await world.read(begun.paymentId)).toMatchObject({ state: 'failed' });
  const [text = '', ...more] = tellAll(await mailsOf(begun));
  expect(more).toEqual([]);
  expect(text).toContain('The order is not carried out.');
});
