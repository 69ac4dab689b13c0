/**
 * The laws of stock and of money on the production bundle, in a sale that is paid online: while the provider
 * is away and comes back, and while its webhooks come twice, in any order, or not at all.
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type StripeServer, startStripe } from '../../local/stripe/server.ts';
import type { Db } from '../../worker/stores/postgres/client.ts';
import { findBrokenMoneyLaws } from '../../worker/stores/postgres/money-laws.ts';
import { findDifferences } from '../../worker/stores/postgres/reconciliation.ts';
import { type FaultyShop, openFaultyShop } from './faulty-shop.ts';
import { rehearseWhile } from './rehearsed-sale.ts';

const SHOPPERS = 80;
const STOCK = 20;
/** Of those who leave the page or pay too late, so that each part is played. */
const LEAVE_PERCENT = 15;
/** Shorter than a hold, in which its shopper tries again. */
const AWAY_MS = 4_000;
const HOLD_SECONDS = 20;
/** An attempt whose page was never told rests after five minutes. */
const TEST_MS_MAX = 600_000;
const SECRET_BYTES = 16;

const SALE = ['--leave', String(LEAVE_PERCENT), '--hold', String(HOLD_SECONDS)];

const secretKey = `sk_test_${randomBytes(SECRET_BYTES).toString('hex')}`;
const webhookSecret = `whsec_${randomBytes(SECRET_BYTES).toString('hex')}`;

let shop: FaultyShop;
let folder: string;
let stripe: StripeServer;

/** Again at the same place, with what it knew. */
async function startProvider(port: number): Promise<void> {
  const webhook = { url: `${shop.url}/api/v1/payments/stripe/webhook`, secrets: [webhookSecret] };
  const file = join(folder, 'stripe.json');
  stripe = await startStripe({ port, secretKey, webhook, file });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'swiftdrop-payments-'));
  shop = await openFaultyShop();
  await startProvider(0);
  await shop.killRuntime({
    PAYMENT_VIA: 'stripe',
    STRIPE_API_URL: stripe.url,
    STRIPE_SECRET_KEY: secretKey,
    STRIPE_WEBHOOK_SECRET: webhookSecret,
    PUBLIC_URL: shop.url,
  });
}, 120_000);

afterAll(async () => {
  await stripe?.close();
  await shop?.close();
  await rm(folder, { recursive: true, force: true });
});

async function expectKept(webhooks: readonly string[], act: () => Promise<void>): Promise<void> {
  const variables = { STRIPE_API_URL: stripe.url, STRIPE_SECRET_KEY: secretKey };
  const verdict = await rehearseWhile(
    {
      ...shop,
      shoppers: SHOPPERS,
      stock: STOCK,
      flags: ['--pay', ...SALE, ...webhooks],
      variables,
    },
    act,
  );
  if (process.env['DRILLS_TELL']) {
    const { money, paying, retries } = verdict;
    process.stderr.write(`${webhooks.join(' ')}: ${JSON.stringify({ money, paying, retries })}\n`);
  }
  expect(verdict).toMatchObject({ ok: true, findings: [], sold: STOCK, oversold: 0, lost: 0 });
  expect(verdict.money).toMatchObject({ charged: STOCK });
  expect(await findDifferences(shop.db)).toEqual([]);
  expect(await findBrokenMoneyLaws(shop.db)).toEqual([]);
  expect(await ordersWithWrongMoney(shop.db)).toEqual([]);
  expect(await paymentsLeft(shop.db)).toEqual([]);
}

/** Confirmed, and another sum kept than its units cost; or not confirmed, and any. */
async function ordersWithWrongMoney(db: Db): Promise<unknown[]> {
  const { rows } = await db.execute(sql`
    SELECT o.id, o.status, o.payment_id, sum(p.captured_minor - p.refunded_minor) AS kept
      FROM orders o LEFT JOIN payments p ON p.order_id = o.id
     WHERE o.pay_online
     GROUP BY o.id
    HAVING coalesce(sum(p.captured_minor - p.refunded_minor), 0)
           <> CASE WHEN o.status = 'confirmed' THEN o.quantity * o.unit_price_minor ELSE 0 END
        OR (o.status = 'confirmed') <> (o.payment_id IS NOT NULL)`);
  return rows;
}

/** Payments that may still change, and what the outbox still has to do about any, or could not. */
async function paymentsLeft(db: Db): Promise<unknown[]> {
  const { rows } = await db.execute(sql`
    SELECT id, state FROM payments WHERE state IN ('open', 'authorised')
     UNION ALL
    SELECT key, coalesce(outcome, last_error, 'waits') FROM outbox
     WHERE kind IN ('payment.capture', 'payment.release', 'payment.refund')
       AND outcome IS DISTINCT FROM 'done'`);
  return rows;
}

it('nobody pays without a unit when every webhook comes twice and in any order', () =>
  expectKept(['--webhooks', 'twice,shuffled'], async () => {}));

it('nobody pays without a unit when every tenth webhook is lost', () =>
  expectKept(['--webhooks', 'lossy'], async () => {}));

it(
  'nobody pays without a unit when the provider is gone in mid-sale and comes back',
  () =>
    expectKept([], async () => {
      // Some have paid by then, and others are about to.
      await delay(1_000);
      const { port } = new URL(stripe.url);
      await stripe.close();
      await delay(AWAY_MS);
      await startProvider(Number(port));
    }),
  TEST_MS_MAX,
);
