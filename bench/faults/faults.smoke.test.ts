/** The law of stock, on the production bundle and a real Postgres, while things break in mid-sale. */
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findDifferences } from '../../worker/stores/postgres/reconciliation.ts';
import type { Verdict } from '../rehearse/verdict.ts';
import { type FaultyShop, openFaultyShop } from './faulty-shop.ts';
import { rehearseWhile as sellOn } from './rehearsed-sale.ts';

const SHOPPERS = 200;
const STOCK = 30;
/** Longer than anybody waits for an answer. */
const FROZEN_MS = 10_000;

let shop: FaultyShop;

beforeAll(async () => {
  shop = await openFaultyShop();
}, 120_000);

afterAll(() => shop?.close());

function rehearseWhile(breaking: () => Promise<void>): Promise<Verdict> {
  return sellOn({ ...shop, shoppers: SHOPPERS, stock: STOCK }, breaking);
}

async function expectKept(verdict: Verdict): Promise<void> {
  expect(verdict).toMatchObject({ ok: true, oversold: 0, lost: 0 });
  expect(await findDifferences(shop.db)).toEqual([]);
}

describe('a sale keeps its law', () => {
  it('while the way to the database is slow', async () => {
    const verdict = await rehearseWhile(async () => {
      shop.wire.setMode('delay');
      await delay(4_000);
      shop.wire.setMode('pass');
    });
    await expectKept(verdict);
  });

  it('while connections to the database are cut in mid-answer, again and again', async () => {
    const verdict = await rehearseWhile(async () => {
      for (let times = 0; times < 20; times++) {
        shop.wire.setMode('cut');
        await delay(30);
        shop.wire.setMode('pass');
        await delay(170);
      }
    });
    await expectKept(verdict);
  });

  it('while the database is out of reach for longer than anybody waits', async () => {
    const verdict = await rehearseWhile(async () => {
      shop.wire.setMode('black_hole');
      await delay(12_000);
      shop.wire.setMode('cut');
      shop.wire.setMode('pass');
    });
    await expectKept(verdict);
  });

  it('when the runtime is killed without warning', async () => {
    await expectKept(await rehearseWhile(() => shop.killRuntime()));
  });

  it('while Postgres is frozen for ten seconds', async () => {
    const verdict = await rehearseWhile(async () => {
      const pids = await shop.postgresPids();
      for (const pid of pids) process.kill(pid, 'SIGSTOP');
      await delay(FROZEN_MS);
      for (const pid of pids) process.kill(pid, 'SIGCONT');
    });
    await expectKept(verdict);
  });
});
