/** Why a card was declined, from Stripe's word to the one that its owner is told. Pure. */
import type { Decline } from '../../contract/own-order.ts';

/** https://docs.stripe.com/declines/codes; of lost and stolen cards nothing is to be told. */
const WORDS: Readonly<Record<Exclude<Decline, 'other'>, readonly string[]>> = {
  insufficient_funds: ['insufficient_funds', 'withdrawal_count_limit_exceeded'],
  card_expired: ['expired_card'],
  details_wrong: [
    'incorrect_address',
    'incorrect_cvc',
    'incorrect_number',
    'incorrect_zip',
    'invalid_cvc',
    'invalid_expiry_month',
    'invalid_expiry_year',
    'invalid_number',
  ],
  not_authenticated: [
    'authentication_required',
    'mobile_device_authentication_required',
    'payment_intent_authentication_failure',
  ],
  too_often: ['card_velocity_exceeded'],
  try_later: ['issuer_not_available', 'processing_error', 'reenter_transaction', 'try_again_later'],
};

const DECLINES = new Map(
  Object.entries(WORDS).flatMap(([decline, words]) =>
    words.map((word) => [word, decline as Decline] as const),
  ),
);

export function declineOf(providersWord: string): Decline {
  return DECLINES.get(providersWord) ?? 'other';
}
