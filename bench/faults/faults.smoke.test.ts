/** The law of stock, on the production bundle and a real Postgres, while things break in mid-sale. */
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findDifferences } from '../../worker/stores/postgres/reconciliation.ts';
import type { Verdict } from '../rehearse/verdict.ts';
import { sellWhile as sellOn } from './play.ts';
import { openStand, type Stand } from './stand.ts';

const SHOPPERS = 200;
const STOCK = 30;
/** Longer than anybody waits for an answer. */
const FROZEN_MS = 10_000;

let stand: Stand;

beforeAll(async () => {
  stand = await openStand();
}, 120_000);

afterAll(() => stand?.close());

function sellWhile(breaking: () => Promise<void>): Promise<Verdict> {
  return sellOn({ ...stand, shoppers: SHOPPERS, stock: STOCK }, breaking);
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
