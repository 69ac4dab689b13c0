/**
 * Gives back at once what a customer held who was deactivated: every event's units, and every place
 * where somebody looks at them. Runs behind the transaction that deactivates.
 */
import type { EventId, UserId } from '../contract/ids.ts';
import type { Needs } from '../deps/deps.ts';
import { endHoldsOfInactive, findSettlingEvents } from '../stores/postgres/inactive-holds.ts';
import { wakeSale } from './wake-sale.ts';

type Needed = Needs<{
  sale: 'expireDue';
  stores: 'db';
  logging: 'log';
  platform: 'nowMs';
}>;

/** Sales that are waited for, newest first; a shop has a few at a time. */
const SALES_MAX = 100;
/** How long before this a sale may have closed whose last group is still on its way. */
const ON_THE_WAY_MS = 30_000;

/**
 * A group that is being settled may have looked at the account before it was deactivated, and grant a
 * hold after it. An event settles one group at a time, so behind an empty one no such group is left,
 * and what is found then is all there will be. The empty group also shows viewers and the edge the
 * units. Throws a Fault if the database is away; an object that is away is left to the sweep.
 * @param eventIds where units were given back already.
 * @returns whether all were reached, so that nothing can be held any more.
 */
export async function releaseHolds(
  deps: Needed,
  customerId: UserId,
  eventIds: EventId[],
): Promise<boolean> {
  const { db } = deps.stores;
  const nowMs = deps.platform.nowMs();
  const onSale = { sinceMs: nowMs - ON_THE_WAY_MS, nowMs, limit: SALES_MAX };
  const settling = await findSettlingEvents(db, onSale);
  const isSettled = await expireAll(deps, [...new Set([...eventIds, ...settling])]);
  const late = await endHoldsOfInactive(db, customerId, deps.platform.nowMs());
  return (await expireAll(deps, late)) && isSettled && settling.length < SALES_MAX;
}

/** @returns whether each was reached. */
async function expireAll(deps: Needed, eventIds: EventId[]): Promise<boolean> {
  const reached = await Promise.all(eventIds.map((eventId) => wakeSale(deps, eventId)));
  return reached.every(Boolean);
}
