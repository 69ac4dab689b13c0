import { expect, it } from 'vitest';
import { TEST_CARDS } from '../../../local/stripe/cards.ts';
import { declineOf } from './decline-words.ts';

const wordOf = (card: string) => {
  const { code = '', declineCode = code } = TEST_CARDS[card]?.decline ?? {};
  return declineOf(declineCode);
};

it('tells what a customer can do something about, and nothing of lost or stolen cards', () => {
  expect(
    [
      '4000000000009995',
      '4000000000000069',
      '4000000000000127',
      '4000000000006975',
      '4000000000000119',
      '4000000000000002',
      '4000000000009987',
      '4000000000009979',
    ].map(wordOf),
  ).toEqual([
    'insufficient_funds',
    'card_expired',
    'details_wrong',
    'too_often',
    'try_later',
    'other',
    'other',
    'other',
  ]);
  expect(declineOf('payment_intent_authentication_failure')).toBe('not_authenticated');
  expect(declineOf('a word that Stripe will have tomorrow')).toBe('other');
});
