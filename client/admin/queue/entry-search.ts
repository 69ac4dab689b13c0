/** Whose queue entries are looked up, as an admin types it. Pure. */
import type { QueueFilter } from '../api/queue-calls.ts';

const EMAIL = /^[^\s@]+@[^\s@]+$/;
const ENTRY_ID = /^ent_[0-9a-z]{12}_[0-9a-z]{18}$/;
const CUSTOMER_ID = /^usr_[0-9a-z]{18}$/;

/**
 * By an address or an id, which must be whole; all entries where nothing was typed.
 * @returns null for what is neither
 */
export function entrySearch(
  typed: string,
): Pick<QueueFilter, 'email' | 'customerId' | 'entryId'> | null {
  const text = typed.trim().toLowerCase();
  if (text === '') return {};
  if (ENTRY_ID.test(text)) return { entryId: text };
  if (CUSTOMER_ID.test(text)) return { customerId: text };
  return EMAIL.test(text) ? { email: text } : null;
}
