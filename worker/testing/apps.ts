/** Apps of a test's own, over the real database and objects, with some of their world changed. */
import { createExecutionContext } from 'cloudflare:test';
import { createApp } from '../app.ts';
import type { Deps } from '../deps.ts';
import { Fault } from '../platform/faults.ts';
import { createRecentReads } from '../stores/cache/read-cache.ts';
import { createKnownEvents, createKnownItems } from '../stores/postgres/known-ids.ts';
import { deps, shopEnv } from './shop.ts';

/** @returns a call to a path below /api/v1; it is not held against the description. */
export function appWith(changes: Partial<Deps>) {
  const app = createApp({
    ...deps,
    known: knownHere(),
    recent: createRecentReads({ nowMs: deps.nowMs, shares: true }),
    ...changes,
  });
  return async (path: string, init?: RequestInit): Promise<Response> => {
    const request = new Request(`https://shop.example/api/v1${path}`, init);
    return app.fetch(request, shopEnv, createExecutionContext());
  };
}

/** As in production, where requests may wait for each other's look-ups. */
export function knownHere(): Deps['known'] {
  const { db, nowMs } = deps;
  const context = createExecutionContext();
  const keepAlive = (work: Promise<unknown>) => context.waitUntil(work);
  const ports = { db, nowMs, shares: true, keepAlive };
  return { events: createKnownEvents(ports, () => false), items: createKnownItems(ports) };
}

/** The real database, with something done before each of its reads. */
export function dbWith(beforeRead: () => void): Deps['db'] {
  return new Proxy(deps.db, {
    get(target, name, receiver) {
      if (name === 'select') beforeRead();
      return Reflect.get(target, name, receiver);
    },
  });
}

/** What a read of a database that is away ends with. */
export function away(): never {
  throw new Fault('the database is away', { retryable: true });
}
