/**
 * Purchases with and without the mails of 10,000 confirmed orders leaving at the same time, in turns, by
 * a provider that takes 50 a second; whether they leave as fast as it takes them; and what CPU a mail
 * takes while nobody buys.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { openMailProvider } from '../faults/mail-provider.ts';
import { type Bench, readingsOf } from '../speed/bench.ts';
import { PROCESSES, type ProcessName } from '../speed/samples.ts';
import { aligned } from '../speed/table.ts';
import { compare, interleave, type Phase } from './comparison.ts';
import type { MeasureOptions, MeasureResult } from './measurement.ts';
import { comparisonLines, number } from './report.ts';
import { openSellingShop, RATE_COLUMN, SALE_COLUMNS, saleFigures, sell } from './selling-shop.ts';

type Kind = 'alone' | 'mailing';
/** Alone twice, so that there are equal phases to know the noise by. */
const KINDS: Kind[] = ['alone', 'mailing', 'alone'];
const MAILS = 10_000;
const MAILS_PER_SECOND = 50;
/** Of the provider's answers. */
const LATENCY_MS = 50;
/** Wanted: mails cost the sale no more than a tenth. */
const RATE_RATIO_MIN = 0.9;
const QUIET_MS_MAX = 30_000;
const CHECK_EVERY_MS = 100;
const FIRST_MAIL_MS_MAX = 30_000;

/** Before CPU is counted, in a phase in which nobody buys. */
const RAMP_MS = 500;
const US_PER_SECOND = 1e6;

interface Mailing {
  round: number;
  mailsPerSecond: number;
}

/** Mails while nobody buys. */
interface Quiet extends Mailing {
  /** CPU of each process for one mail; the load's is the provider's. */
  usEach: Record<ProcessName, number>;
}

export async function measureMails(options: MeasureOptions): Promise<MeasureResult> {
  const provider = await openMailProvider(LATENCY_MS);
  try {
    const shop = await openSellingShop(options, {
      MAIL_VIA: 'resend',
      MAIL_API_URL: provider.url,
      MAIL_API_KEY: 'a-key-of-the-bench',
      MAIL_FROM: 'Bench <bench@shop.example>',
      MAIL_PER_SECOND_MAX: String(MAILS_PER_SECOND),
      PUBLIC_URL: 'http://127.0.0.1',
    });
    try {
      return await measure(options, shop.bench, provider.sent);
    } finally {
      await shop.stop();
    }
  } finally {
    await provider.close();
  }
}

async function measure(
  options: MeasureOptions,
  bench: Bench,
  sent: ReadonlyMap<string, string>,
): Promise<MeasureResult> {
  const { rounds, seconds, connections, logStep } = options;
  logStep('writing mails');
  await writeMails(bench);
  const phases: Phase<Kind>[] = [];
  const mailings: Mailing[] = [];
  const quiet: Quiet[] = [];
  for (const { kind, round } of interleave(KINDS, rounds)) {
    logStep(`round ${round + 1} of ${rounds}: ${kind}`);
    if (kind === 'mailing') await beginMailing(bench, sent);
    else await endMailing(bench);
    const before = { count: sent.size, atMs: performance.now() };
    const sample = await sell(bench, { connections, seconds });
    phases.push({ kind, round, figures: saleFigures(sample) });
    if (kind === 'alone') continue;
    const tookSeconds = (performance.now() - before.atMs) / 1_000;
    mailings.push({ round, mailsPerSecond: (sent.size - before.count) / tookSeconds });
    logStep(`round ${round + 1} of ${rounds}: mails while nobody buys`);
    quiet.push({ round, ...(await measureQuiet(bench, { sent, seconds })) });
  }
  return {
    lines: [
      ...comparisonLines(phases, 'alone', SALE_COLUMNS),
      '',
      ...mailLines(mailings, quiet),
      '',
      `${rounds} rounds of ${seconds} s a phase, ${connections} connections that buy, ${MAILS} mails, a provider that takes ${MAILS_PER_SECOND} a second.`,
      rateVerdict(phases),
    ],
    figures: { phases, mailings, quiet },
    wrong: [...bench.wrong, ...(await wrongMails(bench, sent))],
  };
}

async function measureQuiet(
  { testBed }: Bench,
  { sent, seconds }: { sent: ReadonlyMap<string, string>; seconds: number },
): Promise<Omit<Quiet, 'round'>> {
  await pause(RAMP_MS);
  const before = { count: sent.size, atMs: performance.now(), readings: readingsOf(testBed) };
  await pause(seconds * 1_000);
  const readings = readingsOf(testBed);
  const count = sent.size - before.count;
  const usOf = (name: ProcessName) =>
    ((readings[name].cpuSeconds - before.readings[name].cpuSeconds) * US_PER_SECOND) / count;
  return {
    mailsPerSecond: count / ((performance.now() - before.atMs) / 1_000),
    usEach: {
      runtime: usOf('runtime'),
      endpoint: usOf('endpoint'),
      postgres: usOf('postgres'),
      load: usOf('load'),
    },
  };
}

function mailLines(mailings: Mailing[], quiet: Quiet[]): string[] {
  const cpu = PROCESSES.map((name) => `${name} CPU us a mail`);
  return aligned([
    ['', 'mails a second', ...cpu],
    ...mailings.map(({ round, mailsPerSecond }) => [
      `round ${round + 1}, beside the sale`,
      number(mailsPerSecond),
      ...cpu.map(() => '-'),
    ]),
    ...quiet.map(({ round, mailsPerSecond, usEach }) => [
      `round ${round + 1}, nobody buys`,
      number(mailsPerSecond),
      ...PROCESSES.map((name) => number(usEach[name])),
    ]),
  ]);
}

function rateVerdict(phases: Phase<Kind>[]): string {
  const rates = compare(phases, 'alone', RATE_COLUMN);
  const reach = rates.find(({ kind }) => kind === 'mailing')?.ratio.median ?? 0;
  const word = reach >= RATE_RATIO_MIN ? 'yes' : 'NO';
  return `Purchases a second, mailing / alone: ${reach.toFixed(2)}; at least ${RATE_RATIO_MIN}: ${word}.`;
}

/** Of orders of an earlier sale, as their confirmation would have written them; not due yet. */
async function writeMails({ testBed: { db } }: Bench): Promise<void> {
  await db.execute(sql`
    WITH confirmed AS (
      UPDATE orders SET status = 'confirmed'
       WHERE id IN (SELECT id FROM orders WHERE reserve_key = 'past' ORDER BY id LIMIT ${MAILS})
      RETURNING id, customer_id)
    INSERT INTO outbox (kind, key, payload, user_id, priority, created_at, due_at)
    SELECT 'mail.order_confirmed', 'order_confirmed/' || id,
           jsonb_build_object('userId', customer_id, 'orderId', id), customer_id, 1, now(),
           now() + interval '1 day'
      FROM confirmed`);
}

/**
 * Wakes the dispatcher as a visitor does: by asking for a new password. Returns when the first mail was sent,
 * so that no time is counted in which none could have been.
 */
async function beginMailing(
  { testBed: { db }, target }: Bench,
  sent: ReadonlyMap<string, string>,
): Promise<void> {
  const before = sent.size;
  await db.execute(sql`UPDATE outbox SET due_at = now() WHERE outcome IS NULL`);
  const url = `http://127.0.0.1:${target.port}/api/v1/auth/password/forgotten`;
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email: `nobody-${Date.now()}@bench.invalid` }),
  });
  if (answer.status !== 202) throw new Error(`the shop answered ${answer.status}`);
  const giveUpAtMs = performance.now() + FIRST_MAIL_MS_MAX;
  while (sent.size === before) {
    if (performance.now() > giveUpAtMs) throw new Error('no mail leaves');
    await pause(CHECK_EVERY_MS);
  }
}

/** Puts the mails off, and waits for those that are on their way. */
async function endMailing({ testBed: { db } }: Bench): Promise<void> {
  const giveUpAtMs = performance.now() + QUIET_MS_MAX;
  for (;;) {
    const { rows } = await db.execute<{ busy: number }>(sql`
      WITH put_off AS (
        UPDATE outbox SET due_at = now() + interval '1 day' WHERE outcome IS NULL AND lease_id IS NULL)
      SELECT count(*)::int AS busy FROM outbox WHERE outcome IS NULL AND lease_id IS NOT NULL`);
    if (rows[0]?.busy === 0) return;
    if (performance.now() > giveUpAtMs) throw new Error('the mails on their way do not end');
    await new Promise((done) => setTimeout(done, CHECK_EVERY_MS));
  }
}

/** Each mail that was recorded was sent once, and none failed. */
async function wrongMails(bench: Bench, sent: ReadonlyMap<string, string>): Promise<string[]> {
  await endMailing(bench);
  const { rows } = await bench.testBed.db.execute<{ done: number; failed: number }>(sql`
    SELECT (count(*) FILTER (WHERE outcome = 'done'))::int AS done,
           (count(*) FILTER (WHERE tries > 0 OR outcome IN ('given_up', 'dropped')))::int AS failed
      FROM outbox WHERE kind = 'mail.order_confirmed'`);
  const { done = 0, failed = 0 } = rows[0] ?? {};
  const orders = [...sent.keys()].filter((key) => key.startsWith('order_confirmed/')).length;
  return [
    ...(done === orders ? [] : [`${orders} mails were sent and ${done} recorded`]),
    ...(failed === 0 ? [] : [`${failed} mails failed`]),
  ];
}
