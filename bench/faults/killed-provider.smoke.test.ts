/**
 * The laws of stock and of money on the production bundle, in a sale that is paid online: while the provider is
 * killed and started again.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, it } from 'vitest';
import { expectPaidWhile, openPaidShop, type PaidShop } from './kept-payments.ts';

/** Shorter than a hold, in which its shopper tries again. */
const AWAY_MS = 4_000;
/** An attempt whose page was never told rests after five minutes. */
const TEST_MS_MAX = 900_000;

let paid: PaidShop;

beforeAll(async () => {
  paid = await openPaidShop();
}, 120_000);

afterAll(() => paid?.close());

it(
  'nobody pays without a unit when the provider is killed in mid-sale and started again',
  () =>
    expectPaidWhile(paid, [], async () => {
      // Some have paid by then, and others are about to.
      await delay(1_000);
      await paid.provider.kill();
      await delay(AWAY_MS);
      await paid.provider.startAgain();
    }),
  TEST_MS_MAX,
);
