/** What a customer is called in the console. */
import type { Customer } from '../../../worker/contract/administration.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';

/** Whoever deleted the account has no name any more. */
export function customerName({
  displayName,
  deletedAt,
}: Pick<Customer, 'displayName' | 'deletedAt'>): string {
  return deletedAt === null ? displayName : ADMIN_TEXTS.deletedAccount;
}
