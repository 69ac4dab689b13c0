/**
 * Purchases with and without 20 payments a second of another sale beside them, and while the payment provider
 * takes connections and never answers, in turns. A payment is a hold, its page at the local provider, the
 * card, and the webhook by which its order is confirmed; its capture follows.
 */
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { startStripe } from '../../local/stripe/server.ts';
import { type EventItemId, eventIdOf } from '../../worker/contract/ids.ts';
import { LIMITS } from '../../worker/contract/values.ts';
import { EVENTS_WANTED } from '../../worker/payment/stripe/webhook.ts';
import { findBrokenMoneyLaws } from '../../worker/stores/postgres/money-laws.ts';
import { openTcpProxy, type TcpProxy } from '../faults/tcp-proxy.ts';
import type { Bench } from '../speed/bench.ts';
import { openSale } from '../speed/fixtures.ts';
import { aligned } from '../speed/table.ts';
import { compare, interleave, type Phase } from './comparison.ts';
import type { MeasureOptions, MeasureResult } from './measurement.ts';
import { type Paid, payers } from './payers.ts';
import { comparisonLines, number } from './report.ts';
import { openSellingShop, RATE_COLUMN, SALE_COLUMNS, saleFigures, sell } from './selling-shop.ts';

type Kind = 'alone' | 'frozen' | 'paying';
/** Alone twice, so that there are equal phases to know the noise by. */
const KINDS: Kind[] = ['alone', 'paying', 'alone', 'frozen'];
const PAYMENTS_PER_SECOND = 20;
/** Wanted: payments cost the sale no more than a twentieth. */
const RATE_RATIO_MIN = 0.95;
const REST_MS_MAX = 60_000;
const CHECK_EVERY_MS = 100;
const SECRET_BYTES = 16;

interface Paying {
  kind: Exclude<Kind, 'alone'>;
  round: number;
  outcomes: Paid;
  capturedPerSecond: number;
}

export async function measurePayments(options: MeasureOptions): Promise<MeasureResult> {
  const secret = randomBytes(SECRET_BYTES).toString('hex');
  const [secretKey, webhookSecret] = [`sk_test_${secret}`, `whsec_${secret}`];
  // Its way to the provider, which cannot be started before the shop has an address for webhooks.
  const proxy = await openTcpProxy(0);
  try {
    const shop = await openSellingShop(options, {
      PAYMENT_VIA: 'stripe',
      STRIPE_API_URL: `http://127.0.0.1:${proxy.port}`,
      STRIPE_SECRET_KEY: secretKey,
      STRIPE_WEBHOOK_SECRET: webhookSecret,
      PUBLIC_URL: 'http://127.0.0.1',
    });
    const url = `http://127.0.0.1:${shop.bench.target.port}/api/v1/payments/stripe/webhook`;
    const webhook = { url, secrets: [webhookSecret], events: EVENTS_WANTED };
    const stripe = await startStripe({ secretKey, webhook });
    proxy.target = Number(new URL(stripe.url).port);
    try {
      return await measure(options, shop.bench, { proxy, providerUrl: stripe.url });
    } finally {
      await stripe.close();
      await shop.stop();
    }
  } finally {
    await proxy.close();
  }
}

async function measure(
  options: MeasureOptions,
  bench: Bench,
  provider: { proxy: TcpProxy; providerUrl: string },
): Promise<MeasureResult> {
  const { rounds, seconds, connections, logStep } = options;
  const phases: Phase<Kind>[] = [];
  const payings: Paying[] = [];
  for (const { kind, round } of interleave(KINDS, rounds)) {
    logStep(`round ${round + 1} of ${rounds}: ${kind}`);
    const beside = kind === 'alone' ? undefined : await payBeside(bench, kind, provider);
    const sample = await sell(bench, { connections, seconds });
    phases.push({ kind, round, figures: saleFigures(sample) });
    if (beside) payings.push({ round, ...(await beside.end()) });
  }
  return {
    lines: [
      ...comparisonLines(phases, 'alone', SALE_COLUMNS),
      '',
      ...payingLines(payings),
      '',
      `${rounds} rounds of ${seconds} s a phase, ${connections} connections that buy, ${PAYMENTS_PER_SECOND} payments begun a second.`,
      ...KINDS.filter((kind) => kind !== 'alone').map((kind) => rateVerdict(phases, kind)),
    ],
    figures: { phases, payings },
    wrong: [...bench.wrong, ...(await wrongMoney(bench)), ...payings.flatMap(wrongPayings)],
  };
}

async function payBeside(
  bench: Bench,
  kind: Paying['kind'],
  { proxy, providerUrl }: { proxy: TcpProxy; providerUrl: string },
) {
  const { testBed, itemId } = bench;
  const eventItemId = await openSale(testBed, {
    itemId,
    stock: LIMITS.stockMax,
    payment: 'online',
  });
  if (kind === 'frozen') proxy.setMode('black_hole');
  const fromMs = performance.now();
  const paying = payers(bench, { eventItemId, providerUrl, perSecond: PAYMENTS_PER_SECOND });
  return {
    async end(): Promise<Omit<Paying, 'round'>> {
      const tookSeconds = (performance.now() - fromMs) / 1_000;
      const outcomesTold = paying.end();
      // Also for those who ask only now, on a busy machine, it stays away.
      if (kind === 'frozen') proxy.setMode('cut');
      const outcomes = await outcomesTold;
      proxy.setMode('pass');
      const captured =
        kind === 'frozen' ? 0 : await untilCaptured(bench, eventItemId, outcomes.paid);
      return { kind, outcomes, capturedPerSecond: captured / tookSeconds };
    },
  };
}

async function untilCaptured(
  { testBed: { db } }: Bench,
  eventItemId: EventItemId,
  wanted: number,
): Promise<number> {
  const giveUpAtMs = performance.now() + REST_MS_MAX;
  for (;;) {
    const { rows } = await db.execute<{ captured: number }>(sql`
      SELECT count(*)::int AS captured FROM payments
       WHERE event_id = ${eventIdOf(eventItemId)} AND state = 'captured'`);
    const captured = rows[0]?.captured ?? 0;
    if (captured >= wanted || performance.now() > giveUpAtMs) return captured;
    await pause(CHECK_EVERY_MS);
  }
}

function payingLines(payings: Paying[]): string[] {
  return aligned([
    ['', 'begun', 'paid', 'told to try again', 'captured a second'],
    ...payings.map(({ kind, round, outcomes, capturedPerSecond }) => [
      `round ${round + 1}, ${kind}`,
      number(outcomes.begun),
      number(outcomes.paid),
      number(outcomes.unavailable),
      number(capturedPerSecond),
    ]),
  ]);
}

function rateVerdict(phases: Phase<Kind>[], kind: Kind): string {
  const rates = compare(phases, 'alone', RATE_COLUMN);
  const reach = rates.find((compared) => compared.kind === kind)?.ratio.median ?? 0;
  const word = reach >= RATE_RATIO_MIN ? 'yes' : 'NO';
  return `Purchases a second, ${kind} / alone: ${reach.toFixed(2)}; at least ${RATE_RATIO_MIN}: ${word}.`;
}

async function wrongMoney({ testBed: { db } }: Bench): Promise<string[]> {
  const broken = await findBrokenMoneyLaws(db);
  return broken.length === 0 ? [] : [`the law of money is broken: ${JSON.stringify(broken)}`];
}

function wrongPayings({ kind, outcomes }: Paying): string[] {
  const { begun, paid, unavailable, other } = outcomes;
  if (other.length > 0) return [`payments (${kind}): ${[...new Set(other)].join(', ')}`];
  return kind === 'paying' && paid !== begun
    ? [`${paid} of ${begun} payments were paid, ${unavailable} told to try again`]
    : [];
}
