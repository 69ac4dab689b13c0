/** Env -> checked Config -> Deps: the only place where the platform's bindings are touched. */
import { waitUntil } from 'cloudflare:workers';
import { createTokens } from './auth/tokens.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import type { EventId } from './contract/ids.ts';
import type { Deps } from './deps.ts';
import { Fault } from './faults.ts';
import type { AddressLimit } from './http/address-limit.ts';
import type { LiveObject } from './live/live-object.ts';
import { SHARDS, shardName, shardOf } from './live/shards.ts';
import { log } from './log.ts';
import { Gate } from './sale/gate.ts';
import type { SaleObject } from './sale/sale-object.ts';
import { createBreaker } from './stores/breaker.ts';
import { createDataApiClient, type DataApiClient } from './stores/data-api.ts';
import { openDb } from './stores/postgres.ts';
import { createRecentReads } from './stores/recent-reads.ts';

/** A page waits no longer for MongoDB. */
const DOCUMENTS_TIMEOUT_MS = 2_000;
/** An object that is too busy to tell figures is not waited for. */
const FIGURES_TIMEOUT_MS = 1_000;

/** The generated types do not know the objects' classes; this adds them. */
export interface ShopEnv extends Omit<Env, 'SALES' | 'LIVE'> {
  LIVE: DurableObjectNamespace<LiveObject>;
  SALES: DurableObjectNamespace<SaleObject>;
}

type LiveStub = DurableObjectStub<LiveObject>;

/** @throws ConfigError naming every variable at fault, or every binding that is missing. */
export function wire(env: ShopEnv): Deps {
  const config = readConfig(env);
  assertBindings(env, config);
  const { placement } = config;
  const sale = (eventId: EventId) => env.SALES.getByName(eventId, placement);
  const live = (eventId: EventId, shard: number) =>
    env.LIVE.getByName(shardName(eventId, shard), placement);
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
  const tellAll = (eventId: EventId, tell: (shard: LiveStub) => Promise<void>) => {
    const told = Array.from({ length: SHARDS }, (_, shard) => tell(live(eventId, shard)));
    waitUntil(allTold(eventId, told));
  };
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
    publicUrl: config.publicUrl,
    securityContact: config.securityContact,
    recent: createRecentReads({ nowMs: () => Date.now(), shares: config.sharedCalls }),
    attempt: (eventId, attempt) => gate.attempt(eventId, attempt),
    tidy: (eventId) => reached(() => sale(eventId).tidy()),
    lineFigures: (eventId) => reached(() => inTime(sale(eventId).figures())),
    watch: (eventId, handshake) => {
      // Each handshake has a key of its own, so the sockets spread evenly.
      const shard = shardOf(handshake.headers.get('Sec-WebSocket-Key') ?? '');
      return reached(() => live(eventId, shard).fetch(handshake));
    },
    tellViewers: (eventId) => tellAll(eventId, (shard) => shard.refresh()),
    tellReaders: (eventId) => {
      const nowMs = Date.now();
      tellAll(eventId, (shard) => shard.discuss(nowMs));
    },
    builtPage: () => env.ASSETS.fetch('https://assets.invalid/'),
    log,
    everydayLogShare: config.everydayLogShare,
    metricsToken: config.metricsToken,
  };
}

/** An environment of wrangler.toml inherits no binding, so one is easily forgotten there. */
function assertBindings(env: ShopEnv, { addressLimits }: Config): void {
  const limits = addressLimits ? (['PURCHASES_PER_ADDRESS', 'ACCOUNTS_PER_ADDRESS'] as const) : [];
  const missing = (['SALES', 'LIVE', ...limits] as const).filter((name) => !env[name]);
  if (missing.length === 0) return;
  const form = 'a binding of wrangler.toml in the environment that is deployed';
  throw new ConfigError(missing.map((name) => ({ name, fault: 'missing', form })));
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

/** Whoever was not told finds out by a read of their own, see CHECK_EVERY_MS. */
async function allTold(eventId: EventId, told: Promise<void>[]): Promise<void> {
  for (const outcome of await Promise.allSettled(told)) {
    if (outcome.status === 'rejected') {
      log('error', 'viewers were not told', { eventId, error: outcome.reason });
    }
  }
}

function inTime<T>(answer: Promise<T>): Promise<T> {
  const late = scheduler.wait(FIGURES_TIMEOUT_MS).then(() => {
    throw new Error(`no answer in ${FIGURES_TIMEOUT_MS} ms`);
  });
  return Promise.race([answer, late]);
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
