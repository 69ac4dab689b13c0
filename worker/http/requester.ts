/** What a cached read needs of its request: to outlive it, and to count its caller. */
import type { Context } from 'hono';
import type { Requester } from '../stores/postgres/public-events.ts';
import type { AddressLimit } from './address-limit.ts';
import { admitRead } from './read-limits.ts';

/** @param purchase the counters of a purchase, see read-limits.ts. */
export function requesterOf(c: Context, purchase: AddressLimit): Required<Requester> {
  return {
    keepAlive: (work) => c.executionCtx.waitUntil(work),
    admit: admitRead(c, purchase),
  };
}
