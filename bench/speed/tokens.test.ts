/** Proves that the bench's shoppers are accepted as the shop's own are. */
import { expect, test } from 'vitest';
import { createTokens } from '../../worker/auth/tokens.ts';
import { userIdSchema } from '../../worker/contract/ids.ts';
import { shopperId } from './shopper-ids.ts';
import { createShoppers } from './shoppers.ts';
import { signTokens } from './tokens.ts';

const SECRET = 'a-secret-that-is-long-enough-for-hs256';
const NOW_MS = 1_800_000_000_000;

test('a token is one that the Worker would have issued', async () => {
  const [, token = ''] = signTokens(2, SECRET, NOW_MS);
  const caller = { userId: shopperId(1), role: 'customer', sessionEpoch: 0 };
  expect(await createTokens(SECRET).read(token, NOW_MS)).toEqual({ ok: true, caller });
});

test('a shopper’s id is a user’s id', () => {
  expect(userIdSchema.parse(shopperId(199_999))).toBe('usr_000000000000199999');
});

test('shoppers take turns, and a list of them is never torn', () => {
  const shoppers = createShoppers(10, SECRET);
  expect([shoppers.take(4), shoppers.take(4), shoppers.take(4), shoppers.take(1)]).toEqual([
    0, 4, 0, 4,
  ]);
});
