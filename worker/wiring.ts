/** Env -> checked Config -> Deps: the only place where the platform's bindings are touched. */
import { waitUntil } from 'cloudflare:workers';
import { createDevices } from './auth/device-cookie.ts';
import { eventDigest } from './auth/event-digest.ts';
import type { HashObject } from './auth/hash-object.ts';
import {
  createPasswords,
  hasherPlacement,
  type Passwords,
  runAt,
  runInPool,
} from './auth/hash-pool.ts';
import { createTokens } from './auth/tokens.ts';
import { type Config, ConfigError, readConfig } from './config/config.ts';
import { type EventId, isMadeWith, type KeyedDigest } from './contract/ids.ts';
import type { Deps } from './deps.ts';
import type { AddressLimit } from './http/address-limit.ts';
import type { LiveObject } from './live/object/live-object.ts';
import { firstNotFull, SHARDS, shardName, shardsInTurn } from './live/rules/shards.ts';
import { Fault } from './platform/faults.ts';
import { log } from './platform/log.ts';
import { Batcher } from './sale/edge/batcher.ts';
import { createEdgeChecks } from './sale/edge/edge-checks.ts';
import type { SaleObject } from './sale/object/sale-object.ts';
import { createRecentReads } from './stores/cache/read-cache.ts';
import { createBreaker } from './stores/documents/breaker.ts';
import { createDataApiClient, type DataApiClient } from './stores/documents/data-api-client.ts';
import { type Db, openDb } from './stores/postgres/client.ts';
import { createKnownEvents, createKnownItems } from './stores/postgres/known-ids.ts';

/** A page waits no longer for MongoDB. */
const DOCUMENTS_TIMEOUT_MS = 2_000;
/** An object that is too busy to tell figures is not waited for. */
const FIGURES_TIMEOUT_MS = 1_000;

/** The generated types do not know the objects' classes; this adds them. */
export interface ShopEnv extends Omit<Env, 'SALES' | 'LIVE' | 'HASHERS'> {
  HASHERS: DurableObjectNamespace<HashObject>;
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
  const batcher = new Batcher({
    shares: config.sharedCalls,
    call: (eventId, attempts, report) => reached(() => sale(eventId).attempt(attempts, report)),
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
  const db = openDb(config);
  const digest = config.eventIdSecret === undefined ? undefined : eventDigest(config.eventIdSecret);
  const known = knownIds(db, digest, config);
  return {
    db,
    documents: documents(config),
    tokens: createTokens(config.jwtSecret, config.jwtSecretPrevious),
    devices: createDevices(config.jwtSecret, ...previousSecrets(config)),
    scryptCost: config.scryptCost,
    passwords: passwords(env, config),
    nowMs: () => Date.now(),
    fillRandom: (bytes) => crypto.getRandomValues(bytes),
    eventDigest: digest,
    known,
    addressLimits: limitsOf(env, config),
    allowedOrigins: config.allowedOrigins,
    organizer: config.organizer,
    allowedHosts: config.allowedHosts,
    publicUrl: config.publicUrl,
    securityContact: config.securityContact,
    recent: createRecentReads({ nowMs: () => Date.now(), shares: config.sharedCalls }),
    attempt: createEdgeChecks({
      nowMs: () => Date.now(),
      isKnown: known.events.has,
      pass: (eventId, attempt) => batcher.attempt(eventId, attempt),
    }),
    tidy: (eventId) => reached(() => sale(eventId).tidy()),
    lineFigures: (eventId) => reached(() => inTime(sale(eventId).figures())),
    watch: (eventId, handshake) => {
      const [random = 0] = crypto.getRandomValues(new Uint32Array(1));
      return reached(() =>
        firstNotFull(shardsInTurn(random), (shard) =>
          live(eventId, shard).fetch(new Request(handshake)),
        ),
      );
    },
    tellViewers: (eventId) => tellAll(eventId, (shard) => shard.refresh()),
    tellReaders: (eventId) => {
      const nowMs = Date.now();
      tellAll(eventId, (shard) => shard.discuss(nowMs));
    },
    builtPage: () => env.ASSETS.fetch('https://assets.invalid/'),
    goOn: (work) => waitUntil(work),
    log,
    everydayLogShare: config.everydayLogShare,
    metricsToken: config.metricsToken,
  };
}

function limitsOf(env: ShopEnv, config: Config): Deps['addressLimits'] {
  return {
    purchase: addressLimit(env.PURCHASES_PER_ADDRESS, config),
    account: addressLimit(env.ACCOUNTS_PER_ADDRESS, config),
  };
}

/** An environment of wrangler.toml inherits no binding, so one is easily forgotten there. */
function assertBindings(env: ShopEnv, { addressLimits }: Config): void {
  const limits = addressLimits ? (['PURCHASES_PER_ADDRESS', 'ACCOUNTS_PER_ADDRESS'] as const) : [];
  const missing = (['SALES', 'LIVE', 'HASHERS', ...limits] as const).filter((name) => !env[name]);
  if (missing.length === 0) return;
  const form = 'a binding of wrangler.toml in the environment that is deployed';
  throw new ConfigError(missing.map((name) => ({ name, fault: 'missing', form })));
}

function previousSecrets({ jwtSecretPrevious }: Config): string[] {
  return jwtSecretPrevious === undefined ? [] : [jwtSecretPrevious];
}

function passwords(env: ShopEnv, { hashingUrl, placement, scryptCost }: Config): Passwords {
  if (hashingUrl !== undefined) return createPasswords(runAt(hashingUrl), scryptCost);
  const beside = hasherPlacement(placement);
  const pool = runInPool((name, task) => env.HASHERS.getByName(name, beside).run(task), anyNumber);
  return createPasswords(pool, scryptCost);
}

function anyNumber(): number {
  return crypto.getRandomValues(new Uint8Array(1))[0] ?? 0;
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

function knownIds(db: Db, digest: KeyedDigest | undefined, { sharedCalls }: Config): Deps['known'] {
  const ports = { db, nowMs: () => Date.now(), shares: sharedCalls, keepAlive: waitUntil };
  const isGenuine = (id: EventId) => digest !== undefined && isMadeWith(digest, id);
  return { events: createKnownEvents(ports, isGenuine), items: createKnownItems(ports) };
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
