/**
 * Whoever makes the shop read for them is counted, by the platform's counters: by address where
 * anybody may ask, else by caller, wherever they are. Reads that are given to many at once count for
 * the one who made them necessary. docs/operations.md names the limits.
 */
import type { Context } from 'hono';
import type { UserId } from '../contract/ids.ts';
import { type AddressLimit, limitByAddress } from './address-limit.ts';
import { HttpProblem } from './problem.ts';

/** The period that the binding is configured with. */
const PERIOD_MS = 10_000;

/** @param purchase the counters of a purchase, of which these are others: 300 in ten seconds each. */
export function admitRead(c: Context, purchase: AddressLimit): () => Promise<void> {
  const counted = limitByAddress((address) => purchase(`reads ${address}`));
  return async () => {
    await counted(c, async () => {});
  };
}

/** @throws HttpProblem for too many. @returns the network that is counted, for who counts further. */
export async function countHandshake(c: Context, purchase: AddressLimit): Promise<string> {
  let network = '';
  const counted = limitByAddress((address) => {
    network = address;
    return purchase(`sockets ${address}`);
  });
  await counted(c, async () => {});
  return network;
}

/** @throws HttpProblem for a caller who asks too often. */
export async function countCaller(purchase: AddressLimit, id: UserId): Promise<void> {
  if (await purchase(`calls ${id}`)) return;
  throw new HttpProblem('rate_limited', { retryAfterMs: PERIOD_MS });
}
