/**
 * Erases an account that its owner deleted, as the call that deletes it does at once and the outbox does
 * again until it is done: what is held ends first, then the person leaves Postgres, then the documents.
 */
import { makeUserId, type UserId } from '../../contract/ids.ts';
import type { Needs } from '../../deps/deps.ts';
import { erasePersonDocuments } from '../../stores/documents/person.ts';
import { erasePerson, findDeletedAccount } from '../../stores/postgres/account-erasure.ts';
import { endHoldsOfInactive } from '../../stores/postgres/inactive-holds.ts';
import { releaseHolds } from '../../sweep/release-holds.ts';
import type { TryOutcome } from '../rules/outcome.ts';

/** Before documents that one try did not get to. */
const GO_ON_MS = 1_000;

export type EraseNeeds = Needs<{
  sale: 'expireDue';
  stores: 'db' | 'documents';
  logging: 'log';
  platform: 'nowMs' | 'fillRandom';
}>;

/** One try; may be repeated at any time and run twice at once. Throws a Fault where a store is away. */
export async function eraseAccount(deps: EraseNeeds, userId: UserId): Promise<TryOutcome> {
  const { db, documents } = deps.stores;
  const { nowMs, fillRandom } = deps.platform;
  const account = await findDeletedAccount(db, userId);
  if (account === undefined) return { kind: 'dropped', reason: 'account_gone' };
  const eventIds = await endHoldsOfInactive(db, userId, nowMs());
  if (!(await releaseHolds(deps, userId, eventIds))) {
    return { kind: 'failed', reason: 'holds_not_ended' };
  }
  await erasePerson(db, { userId, email: account.email, nowMs: nowMs() });
  if (documents === undefined) return { kind: 'done' };
  const isErased = await erasePersonDocuments(documents, userId, () =>
    makeUserId(nowMs(), fillRandom),
  );
  return isErased
    ? { kind: 'done' }
    : { kind: 'throttled', reason: 'documents_left', retryAfterMs: GO_ON_MS };
}
