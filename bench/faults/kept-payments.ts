/**
 * A sale that is paid online, in a shop whose provider can be killed, and its recount: no unit is sold twice, and
 * the provider has the money of each that was bought, and of no other. `DRILLS_SHOPPERS` and `DRILLS_STOCK` give
 * the sale another size, and `DRILLS_TELL=1` prints the counts.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import type { Db } from '../../worker/stores/postgres/client.ts';
import { findBrokenMoneyLaws } from '../../worker/stores/postgres/money-laws.ts';
import { findDifferences } from '../../worker/stores/postgres/reconciliation.ts';
import { type FaultyShop, openFaultyShop } from './faulty-shop.ts';
import { type ProviderProcess, startProvider } from './provider-process.ts';
import { rehearseWhile } from './rehearsed-sale.ts';

const SHOPPERS = Number(process.env['DRILLS_SHOPPERS'] || 80);
const STOCK = Number(process.env['DRILLS_STOCK'] || 20);
/** Of those who leave the page or pay too late, so that each part is played. */
const LEAVE_PERCENT = 15;
const HOLD_SECONDS = 20;

const SALE = ['--leave', String(LEAVE_PERCENT), '--hold', String(HOLD_SECONDS)];

export interface PaidShop {
  shop: FaultyShop;
  provider: ProviderProcess;
  close(): Promise<void>;
}

export async function openPaidShop(): Promise<PaidShop> {
  const folder = await mkdtemp(join(tmpdir(), 'swiftdrop-payments-'));
  const shop = await openFaultyShop();
  const webhookUrl = `${shop.url}/api/v1/payments/stripe/webhook`;
  const provider = await startProvider({ webhookUrl, file: join(folder, 'stripe.json') });
  await shop.killRuntime({ ...provider.variables, PUBLIC_URL: shop.url });
  return {
    shop,
    provider,
    async close() {
      await provider.close();
      await shop.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Plays it, and does something as soon as the first units are held.
 * @param webhooks how the provider's arrive, as the rehearsal's flags
 */
export async function expectPaidWhile(
  { shop, provider }: PaidShop,
  webhooks: readonly string[],
  act: () => Promise<void>,
): Promise<void> {
  const verdict = await rehearseWhile(
    {
      ...shop,
      shoppers: SHOPPERS,
      stock: STOCK,
      flags: ['--pay', ...SALE, ...webhooks],
      variables: provider.variables,
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
           <> CASE WHEN o.status = 'confirmed' THEN order_total(o) ELSE 0 END
        OR (o.status = 'confirmed') <> (o.payment_id IS NOT NULL)`);
  return rows;
}

/**
 * Payments that may still change, and what the outbox still has to do about any, or could not. A release is
 * dropped where the money came in time after all.
 */
async function paymentsLeft(db: Db): Promise<unknown[]> {
  const { rows } = await db.execute(sql`
    SELECT id, state FROM payments WHERE state IN ('open', 'authorised')
     UNION ALL
    SELECT key, coalesce(outcome, last_error, 'waits') FROM outbox
     WHERE kind IN ('payment.capture', 'payment.release', 'payment.refund')
       AND outcome IS DISTINCT FROM 'done'
       AND NOT (kind = 'payment.release' AND outcome = 'dropped' AND EXISTS (
             SELECT FROM orders o WHERE o.payment_id = outbox.payment_id))`);
  return rows;
}
