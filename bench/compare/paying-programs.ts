/** The two programs that payments need beside the shop: their provider, and the shoppers who pay. */
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { type EventItemId, eventIdOf } from '../../worker/contract/ids.ts';
import { LIMITS } from '../../worker/contract/values.ts';
import { type Bench, readingsOf } from '../speed/bench.ts';
import { openSale } from '../speed/fixtures.ts';
import { childrenOf } from '../speed/process-usage.ts';
import type { CpuByPart } from './cpu-by-process.ts';
import { type ForkedProgram, forkProgram } from './forked-program.ts';
import type {
  Paid,
  PayersAnswer,
  PayersOrder,
  ProviderAnswer,
  ProviderOrder,
} from './payment-messages.ts';
import type { Pins } from './pinned-processes.ts';

export const PAYMENTS_PER_SECOND = 20;
/** A phase lasts no longer than this, with what is done before and behind its counting. */
const PHASE_SECONDS_MAX = 100;
const REST_MS_MAX = 60_000;
const CHECK_EVERY_MS = 100;
const SECRET_BYTES = 16;

export interface PayingPrograms {
  provider: ForkedProgram<ProviderOrder, ProviderAnswer>;
  payers: ForkedProgram<PayersOrder, PayersAnswer>;
  /** Of the Worker. */
  variables: Record<string, string>;
  /** Once the shop has an address. */
  serve(bench: Bench): Promise<void>;
  /** Undefined before that. */
  providerUrl(): string;
  stop(): Promise<void>;
}

export async function startPayingPrograms(): Promise<PayingPrograms> {
  const secret = randomBytes(SECRET_BYTES).toString('hex');
  const [secretKey, webhookSecret] = [`sk_test_${secret}`, `whsec_${secret}`];
  const provider: PayingPrograms['provider'] = forkProgram(
    new URL('./provider-process.ts', import.meta.url),
  );
  const payers: PayingPrograms['payers'] = forkProgram(
    new URL('./payers-process.ts', import.meta.url),
  );
  const { port } = await provider.ask({ kind: 'listen' }, 'listening');
  let providerUrl = '';
  return {
    provider,
    payers,
    variables: {
      PAYMENT_VIA: 'stripe',
      STRIPE_API_URL: `http://127.0.0.1:${port}`,
      STRIPE_SECRET_KEY: secretKey,
      STRIPE_WEBHOOK_SECRET: webhookSecret,
      PUBLIC_URL: 'http://127.0.0.1',
    },
    async serve({ target }) {
      const webhookUrl = `http://127.0.0.1:${target.port}/api/v1/payments/stripe/webhook`;
      const order = { kind: 'serve', secretKey, webhookUrl, webhookSecret } as const;
      providerUrl = (await provider.ask(order, 'serving')).url;
    },
    providerUrl: () => providerUrl,
    async stop() {
      await payers.stop();
      await provider.stop();
    },
  };
}

/** What all processes have used so far. */
export function cpuOf(bench: Bench, { provider, payers }: PayingPrograms): CpuByPart {
  const { runtime, endpoint, postgres, load } = readingsOf(bench.testBed);
  return {
    shop: runtime.cpuSeconds,
    endpoint: endpoint.cpuSeconds,
    postgres: postgres.cpuSeconds,
    provider: provider.cpuSeconds(),
    payers: payers.cpuSeconds(),
    buyers: load.cpuSeconds,
  };
}

/** The shop with its database on one core; the provider and whoever buys or pays on another. */
export function pinsOf({ testBed: { pids } }: Bench, programs: PayingPrograms): Pins {
  const { runtime, endpoint, postgres } = pids;
  const backends = postgres === undefined ? [] : childrenOf(postgres);
  return {
    first: [runtime, endpoint, postgres, ...backends].filter(isKnown),
    second: [process.pid, programs.provider.pid, programs.payers.pid].filter(isKnown),
  };
}

function isKnown(pid: number | undefined): pid is number {
  return pid !== undefined;
}

export interface Paying {
  outcomes: Paid;
  capturedPerSecond: number;
}

/**
 * Payments of a sale of their own until `end`, which resolves when all of them have ended.
 * @param isFrozen the provider takes connections and never answers.
 */
export async function payBeside(bench: Bench, programs: PayingPrograms, isFrozen: boolean) {
  const { testBed, itemId, target } = bench;
  const { provider, payers } = programs;
  const stock = LIMITS.stockMax;
  const eventItemId = await openSale(testBed, { itemId, stock, payment: 'online' });
  const setMode = (mode: 'black_hole' | 'cut' | 'pass') =>
    provider.ask({ kind: 'mode', mode }, 'changed');
  if (isFrozen) await setMode('black_hole');
  const count = PAYMENTS_PER_SECOND * PHASE_SECONDS_MAX;
  const first = target.shoppers.take(count);
  const tokens = Array.from({ length: count }, (_, n) => target.shoppers.token(first + n));
  const sale = {
    port: target.port,
    eventItemId,
    providerUrl: programs.providerUrl(),
    perSecond: PAYMENTS_PER_SECOND,
    tokens,
  };
  const fromMs = performance.now();
  await payers.ask({ kind: 'begin', sale }, 'begun');
  return {
    async end(): Promise<Paying> {
      const tookSeconds = (performance.now() - fromMs) / 1_000;
      await payers.ask({ kind: 'stop' }, 'stopped');
      // Also for those who ask only now, on a busy machine, it stays away.
      if (isFrozen) await setMode('cut');
      const { paid: outcomes } = await payers.ask({ kind: 'end' }, 'ended');
      if (isFrozen) await setMode('pass');
      const captured = isFrozen ? 0 : await untilCaptured(bench, eventItemId, outcomes.paid);
      return { outcomes, capturedPerSecond: captured / tookSeconds };
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
