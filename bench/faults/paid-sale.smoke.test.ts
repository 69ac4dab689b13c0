/**
 * The laws of stock and of money on the production bundle, in a sale that is paid online, while its provider's
 * webhooks come twice, in any order, or not at all. `DRILLS_SHOPPERS` and `DRILLS_STOCK` give the sale another
 * size, and `DRILLS_TELL=1` prints the counts.
 */
import { afterAll, beforeAll, it } from 'vitest';
import { expectPaidWhile, openPaidShop, type PaidShop } from './kept-payments.ts';

/** An attempt whose page was never told rests after five minutes. */
const TEST_MS_MAX = 900_000;

let paid: PaidShop;

beforeAll(async () => {
  paid = await openPaidShop();
}, 120_000);

afterAll(() => paid?.close());

// The others do what it does, and more: it is for comparing another size.
it.runIf(process.env['DRILLS_SHOPPERS'])(
  'nobody pays without a unit when nothing breaks',
  () => expectPaidWhile(paid, [], async () => {}),
  TEST_MS_MAX,
);

it(
  'nobody pays without a unit when every webhook comes twice and in any order',
  () => expectPaidWhile(paid, ['--webhooks', 'twice,shuffled'], async () => {}),
  TEST_MS_MAX,
);

it(
  'nobody pays without a unit when every tenth webhook is lost',
  () => expectPaidWhile(paid, ['--webhooks', 'lossy'], async () => {}),
  TEST_MS_MAX,
);
