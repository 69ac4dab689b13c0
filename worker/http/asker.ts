/** A request that asks for a read that many share: what it keeps alive, and how it is counted. */
import type { Context } from 'hono';
import type { Asker } from '../stores/postgres/public-events.ts';
import type { AddressLimit } from './address-limit.ts';
import { admitRead } from './read-limits.ts';

/** @param purchase the counters of a purchase, see read-limits.ts. */
export function askerOf(c: Context, purchase: AddressLimit): Required<Asker> {
  return {
    keepAlive: (work) => c.executionCtx.waitUntil(work),
    admit: admitRead(c, purchase),
  };
}
