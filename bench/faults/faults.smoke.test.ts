/** The law of stock, on the production bundle and a real Postgres, while things break in mid-sale. */
import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findDifferences } from '../../worker/stores/reconciliation.ts';
import { parseOptions } from '../rehearse/options.ts';
import { PACE } from '../rehearse/pace.ts';
import { rehearse } from '../rehearse/rehearsal.ts';
import type { Verdict } from '../rehearse/verdict.ts';
import { openStand, type Stand } from './stand.ts';

const SHOPPERS = 200;
const STOCK = 30;
const LOOK_MS = 20;
/** Longer than anybody waits for an answer. */
const FROZEN_MS = 10_000;

let stand: Stand;

beforeAll(async () => {
  stand = await openStand();
}, 120_000);

afterAll(() => stand?.close());

/** Plays a sale, and breaks something as soon as its first units are held. */
async function sellWhile(breaking: () => Promise<void>): Promise<Verdict> {
  const { email, password } = stand.admin;
  const flags = ['--url', stand.url, '--shoppers', String(SHOPPERS), '--stock', String(STOCK)];
  const admin = ['--admin-email', email, '--admin-password', password];
  const parsed = parseOptions([...flags, ...admin, '--seed', '7'], {}, 7);
  if (parsed.kind !== 'run') throw new Error('the flags are good');
  const stop = new AbortController();
  setMaxListeners(0, stop.signal);
  const held = await countOrders();
  const playing = rehearse(parsed.options, {
    pace: { ...PACE, leadMs: 2_000, requestMsMax: 20_000 },
    now: () => performance.timeOrigin + performance.now(),
    sleep: (ms) => delay(ms, undefined, { signal: stop.signal }),
    stopped: stop.signal,
    progress: { show() {} },
  });
  const broken = (async () => {
    while ((await countOrders()) === held) await delay(LOOK_MS);
    await breaking();
  })();
  const [verdict] = await Promise.all([playing, broken]);
  return verdict;
}

async function countOrders(): Promise<number> {
  const { rows } = await stand.db.execute<{ orders: string }>(
    sql`SELECT count(*) AS orders FROM orders`,
  );
  return Number(rows[0]?.orders);
}

async function expectKept(verdict: Verdict): Promise<void> {
  expect(verdict).toMatchObject({ ok: true, oversold: 0, lost: 0 });
  expect(await findDifferences(stand.db)).toEqual([]);
}

describe('a sale keeps its law', () => {
  it('while the way to the database is slow', async () => {
    const verdict = await sellWhile(async () => {
      stand.wire.weather('delay');
      await delay(4_000);
      stand.wire.weather('pass');
    });
    await expectKept(verdict);
  });

  it('while connections to the database are cut in mid-answer, again and again', async () => {
    const verdict = await sellWhile(async () => {
      for (let times = 0; times < 20; times++) {
        stand.wire.weather('cut');
        await delay(30);
        stand.wire.weather('pass');
        await delay(170);
      }
    });
    await expectKept(verdict);
  });

  it('while the database is out of reach for longer than anybody waits', async () => {
    const verdict = await sellWhile(async () => {
      stand.wire.weather('black_hole');
      await delay(12_000);
      stand.wire.weather('cut');
      stand.wire.weather('pass');
    });
    await expectKept(verdict);
  });

  it('when the runtime is killed without warning', async () => {
    await expectKept(await sellWhile(() => stand.killRuntime()));
  });

  it('while Postgres is frozen for ten seconds', async () => {
    const verdict = await sellWhile(async () => {
      const pids = await stand.postgresPids();
      for (const pid of pids) process.kill(pid, 'SIGSTOP');
      await delay(FROZEN_MS);
      for (const pid of pids) process.kill(pid, 'SIGCONT');
    });
    await expectKept(verdict);
  });
});
