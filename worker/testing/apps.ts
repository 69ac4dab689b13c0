/** Apps of a test's own, over the real database and objects, with some of their world changed. */
import { createExecutionContext } from 'cloudflare:test';
import { sql } from 'drizzle-orm';
import { createApp } from '../app.ts';
import type { UserId } from '../contract/ids.ts';
import type { Deps } from '../deps/deps.ts';
import { Fault } from '../platform/faults.ts';
import { createReadCache } from '../stores/cache/read-cache.ts';
import { createKnownEvents, createKnownItems } from '../stores/postgres/known-ids.ts';
import { marksRequests } from './request-context.ts';
import { deps, shopEnv } from './shop.ts';

/** Members of some groups of Deps, in place of the real ones. */
export type Changes = { [Group in keyof Deps]?: Partial<Deps[Group]> };

/** @returns a call to a path below /api/v1; it is not held against the description. */
export function appWith(changes: Changes) {
  const ask = callsTo(depsWith(changes));
  return (path: string, init?: RequestInit) => ask(`/api/v1${path}`, init);
}

/** @returns a call to any path or URL of an app that is made of these. */
export function callsTo(given: Deps) {
  const app = marksRequests(createApp(given));
  return async (path: string, init?: RequestInit): Promise<Response> => {
    const url = path.startsWith('/') ? `https://shop.example${path}` : path;
    const request = new Request(url, init);
    return app.fetch(request, shopEnv, createExecutionContext());
  };
}

/** As in production, where requests may wait for each other's reads. */
export function depsWith(changes: Changes): Deps {
  const platform = { ...deps.platform, ...changes.platform };
  const { nowMs } = platform;
  const stores = {
    ...deps.stores,
    known: knownHere(nowMs),
    readCache: createReadCache({ nowMs, shares: true }),
    recordPages: createReadCache({ nowMs, shares: true }),
  };
  return {
    sale: { ...deps.sale, ...changes.sale },
    live: { ...deps.live, ...changes.live },
    outbox: { ...deps.outbox, ...changes.outbox },
    payments: { ...deps.payments, ...changes.payments },
    push: { ...deps.push, ...changes.push },
    draws: { ...deps.draws, ...changes.draws },
    stores: { ...stores, ...changes.stores },
    pictures: { ...deps.pictures, ...changes.pictures },
    accounts: { ...deps.accounts, ...changes.accounts },
    limits: { ...deps.limits, ...changes.limits },
    site: { ...deps.site, ...changes.site },
    logging: { ...deps.logging, ...changes.logging },
    platform,
  };
}

function knownHere(nowMs: () => number): Deps['stores']['known'] {
  const { db } = deps.stores;
  const context = createExecutionContext();
  const keepAlive = (work: Promise<unknown>) => context.waitUntil(work);
  const ports = { db, nowMs, shares: true, keepAlive };
  return { events: createKnownEvents(ports, () => false), items: createKnownItems(ports) };
}

/** The real database, with something done before each of its reads. */
export function dbWith(beforeRead: () => void): Deps['stores']['db'] {
  return new Proxy(deps.stores.db, {
    get(target, name, receiver) {
      if (name === 'select') beforeRead();
      return Reflect.get(target, name, receiver);
    },
  });
}

/**
 * The real database, where this is the only active admin while a transaction lasts. Nobody else ever sees
 * that: other test files need their admins.
 */
export function dbWithOneAdmin(id: UserId): Deps['stores']['db'] {
  const { db } = deps.stores;
  const hide = sql`WITH others AS (
      UPDATE users SET active = false WHERE role = 'admin' AND active AND id <> ${id} RETURNING id)
    SELECT set_config('swiftdrop.others', coalesce(string_agg(id, ','), ''), true) FROM others`;
  const show = sql`UPDATE users SET active = true
    WHERE id = ANY (string_to_array(current_setting('swiftdrop.others'), ','))`;
  const batch = async (statements: Parameters<typeof db.batch>[0]) => {
    const results = await db.batch([db.execute(hide), ...statements, db.execute(show)]);
    return results.slice(1, -1);
  };
  return new Proxy(db, {
    get: (target, name, receiver) =>
      name === 'batch' ? batch : Reflect.get(target, name, receiver),
  });
}

/** What a read of a database that is away ends with. */
export function away(): never {
  throw new Fault('the database is away', { retryable: true });
}
