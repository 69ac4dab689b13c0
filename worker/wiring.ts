/** Env -> checked Config -> Deps: the only place where the platform's bindings are touched. */
import { waitUntil } from 'cloudflare:workers';
import { createTokens } from './auth/tokens.ts';
import { type Config, readConfig } from './config.ts';
import type { EventId } from './contract/ids.ts';
import type { Deps } from './deps.ts';
import { Fault } from './faults.ts';
import type { AddressLimit } from './http/address-limit.ts';
import { log } from './log.ts';
import { Gate } from './sale/gate.ts';
import type { SaleObject } from './sale/sale-object.ts';
import { createBreaker } from './stores/breaker.ts';
import { createDataApiClient, type DataApiClient } from './stores/data-api.ts';
import { openDb } from './stores/postgres.ts';
import { createRecentReads } from './stores/recent-reads.ts';

/** A page waits no longer for MongoDB. */
const DOCUMENTS_TIMEOUT_MS = 2_000;

/** The generated types do not know the object's class; this adds it. */
export interface ShopEnv extends Omit<Env, 'SALES'> {
  SALES: DurableObjectNamespace<SaleObject>;
}

/** @throws ConfigError naming every variable at fault. */
export function wire(env: ShopEnv): Deps {
  const config = readConfig(env);
  const sale = (eventId: EventId) => env.SALES.getByName(eventId);
  const gate = new Gate({
    shares: config.sharedCalls,
    call: (eventId, attempts, news) => reached(() => sale(eventId).attempt(attempts, news)),
    nowMs: () => Date.now(),
    after: (ms, then) => {
      const timer = setTimeout(then, ms);
      return () => clearTimeout(timer);
    },
    keep: (work) => waitUntil(work),
  });
  return {
    db: openDb(config),
    documents: documents(config),
    tokens: createTokens(config.jwtSecret, config.jwtSecretPrevious),
    scryptCost: config.scryptCost,
    nowMs: () => Date.now(),
    fillRandom: (bytes) => crypto.getRandomValues(bytes),
    addressLimits: {
      purchase: addressLimit(env.PURCHASES_PER_ADDRESS, config),
      account: addressLimit(env.ACCOUNTS_PER_ADDRESS, config),
    },
    allowedOrigins: config.allowedOrigins,
    recent: createRecentReads({ nowMs: () => Date.now(), shares: config.sharedCalls }),
    attempt: (eventId, attempt) => gate.attempt(eventId, attempt),
    tidy: (eventId) => reached(() => sale(eventId).tidy()),
    log,
  };
}

/** A shop whose MongoDB is away answers for its reviews at once, see breaker.ts. */
function documents({ dataApi }: Config): DataApiClient | undefined {
  if (dataApi === undefined) return undefined;
  const { url: baseUrl, key: apiKey, dataSource, database } = dataApi;
  const breaker = createBreaker({ nowMs: () => Date.now() });
  const fetcher = breaker.guard((url, init) => fetch(url, init));
  return createDataApiClient({
    fetcher: { fetch: fetcher },
    baseUrl,
    apiKey,
    dataSource,
    database,
    timeoutMs: DOCUMENTS_TIMEOUT_MS,
  });
}

function addressLimit(binding: RateLimit, { addressLimits }: Config): AddressLimit {
  return async (key) => !addressLimits || (await binding.limit({ key })).success;
}

/**
 * An object that restarts, is overloaded or is cut off answers with an error of the platform. Its
 * outcome is unknown, and trying again with the same key is safe.
 */
async function reached<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    throw new Fault('the event object did not answer', { retryable: true, cause });
  }
}
