/** Which attempts the shop sends by itself, behind a payment. They are no customer's request. Pure. */
import type { Attempt, ShopAttempt } from './attempts.ts';

/** No customer's rate counts them, and nothing but the ledger refuses them. */
export function isByShop(attempt: Attempt): attempt is ShopAttempt {
  return attempt.kind === 'confirm_paid' || attempt.kind === 'return_units';
}
