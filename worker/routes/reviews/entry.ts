/** What all routes over MongoDB share: whether it is there, who may write, and what may be kept. */
import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { Needs } from '../../deps/deps.ts';
import { callerOf, type SessionEnv } from '../../http/guards.ts';
import { HttpProblem } from '../../http/problem.ts';
import { countCaller } from '../../http/read-limits.ts';
import { requesterOf } from '../../http/requester.ts';
import type { DataApiClient } from '../../stores/documents/data-api-client.ts';

const UNCONFIGURED_RETRY_MS = 60_000;
/** The period of the limit's binding. */
const PERIOD_MS = 10_000;

/** For anybody, as long as the isolate keeps a read; a caller with a token is another reader. */
const BRIEFLY = {
  'Cache-Control': 'public, max-age=1, stale-while-revalidate=1, stale-if-error=0',
  Vary: 'Authorization',
};
const FRESH = { 'Cache-Control': 'no-store' };

export type ReadNeeds = Needs<{
  stores: 'readCache';
  accounts: 'tokens';
  limits: 'purchase';
  platform: 'nowMs';
}>;

/** @throws HttpProblem where the shop was set up without MongoDB. */
export function documentsOf({
  stores: { documents },
}: Needs<{ stores: 'documents' }>): DataApiClient {
  if (documents !== undefined) return documents;
  throw new HttpProblem('unavailable', {
    detail: 'This shop has no store for reviews.',
    retryAfterMs: UNCONFIGURED_RETRY_MS,
  });
}

/** A limit per customer, wherever they are: twenty writes in ten seconds, by the edge's counters. */
export function limitWrites({ limits }: Needs<{ limits: 'account' }>) {
  return createMiddleware<SessionEnv>(async (c, next) => {
    if (!(await limits.account(`reviews ${c.get('user').id}`))) {
      throw new HttpProblem('rate_limited', { retryAfterMs: PERIOD_MS });
    }
    await next();
  });
}

/**
 * A read that may be two seconds old for whoever is not signed in. Who is signed in may just have
 * written and sees it: theirs begins after they asked, and is shared with those who ask meanwhile.
 *
 * @param asked.key names what is read.
 * @param asked.isClientKey whether clients make as many keys as they like, see stores/cache/read-cache.ts.
 * @returns undefined for what does not exist, and the headers of the answer.
 */
export async function readFor<Value>(
  c: Context,
  deps: ReadNeeds,
  asked: { key: string; isClientKey: boolean; read(): Promise<Value | undefined> },
): Promise<{ value: Value | undefined; headers: Record<string, string> }> {
  const { key, isClientKey, read } = asked;
  const caller = await callerOf(c, deps);
  if (caller !== undefined) await countCaller(deps.limits.purchase, caller.userId);
  const { keepAlive, admit } = requesterOf(c, deps.limits.purchase);
  const value = await deps.stores.readCache.get({
    key: caller === undefined ? key : `anew ${key}`,
    keepAlive,
    isClientKey,
    isUncached: caller !== undefined,
    ...(isClientKey && caller === undefined && { admit }),
    async read() {
      const found = await read();
      return found === undefined ? undefined : { value: found, changesAtMs: Infinity };
    },
  });
  return { value, headers: caller === undefined ? BRIEFLY : FRESH };
}
