/**
 * Env -> checked Config -> Deps, so that no route sees a binding. Two objects read theirs themselves:
 * sale/object/sale-object.ts and live/live-object.ts.
 */
import { waitUntil } from 'cloudflare:workers';
import { createAskerKeys, createRecipientKeys } from './auth/account-tokens.ts';
import { createDevices } from './auth/device-cookie.ts';
import { eventDigest as createEventDigest } from './auth/event-digest.ts';
import type { HashObject } from './auth/hash-object.ts';
import {
  createPasswords,
  hasherPlacement,
  type Passwords,
  runAt,
  runInPool,
} from './auth/hash-pool.ts';
import { createPreviewTokens } from './auth/preview-tokens.ts';
import { createReminderTokens } from './auth/reminder-tokens.ts';
import { createTokens } from './auth/tokens.ts';
import { type Config, ConfigError, readConfig } from './config/config.ts';
import { isOfService } from './config/push-variables.ts';
import type { EventId } from './contract/ids.ts';
import type { Deps } from './deps/deps.ts';
import { openPictures } from './deps/open-pictures.ts';
import { openStores } from './deps/open-stores.ts';
import { LOCAL_CHAIN_NAME } from './draw/beacon-client.ts';
import { createBeaconPlan } from './draw/beacon-plan.ts';
import type { BeaconObject } from './draw/object/beacon-object.ts';
import { createDrawSigner, readSigningKeys } from './draw/signing.ts';
import type { AddressLimit } from './http/address-limit.ts';
import type { LiveObject } from './live/object/live-object.ts';
import { firstNotFull, SHARDS, shardName, shardsInTurn } from './live/rules/shards.ts';
import type { OutboxObject } from './outbox/object/outbox-object.ts';
import { openProvider } from './payment/configured/open-provider.ts';
import { log } from './platform/log.ts';
import { createOutboxWaker, OUTBOX_NAME, PAYMENTS_OUTBOX_NAME } from './platform/outbox-waker.ts';
import { reached } from './platform/reached.ts';
import { Batcher } from './sale/edge/batcher.ts';
import { createEdgeChecks } from './sale/edge/edge-checks.ts';
import type { SaleObject } from './sale/object/sale-object.ts';
import type { KnownIds } from './stores/postgres/known-ids.ts';

/** An object that is too busy to answer with its metrics is not waited for. */
const METRICS_TIMEOUT_MS = 1_000;

/** The generated types do not know the objects' classes; this adds them. */
export interface ShopEnv
  extends Omit<Env, 'SALES' | 'LIVE' | 'HASHERS' | 'OUTBOX' | 'BEACONS' | 'IMAGES' | 'PICTURES'> {
  BEACONS: DurableObjectNamespace<BeaconObject>;
  HASHERS: DurableObjectNamespace<HashObject>;
  LIVE: DurableObjectNamespace<LiveObject>;
  OUTBOX: DurableObjectNamespace<OutboxObject>;
  SALES: DurableObjectNamespace<SaleObject>;
  /** Without these two the shop takes no pictures. */
  IMAGES?: ImagesBinding;
  PICTURES?: R2Bucket;
  /** Only where Cloudflare sends the mails. */
  EMAIL?: SendEmail;
}

type LiveStub = DurableObjectStub<LiveObject>;

const nowMs = () => Date.now();
const anyNumber = () => crypto.getRandomValues(new Uint8Array(1))[0] ?? 0;

/** @throws ConfigError naming every variable at fault, or every binding that is missing. */
export function wire(env: ShopEnv): Deps {
  const config = readConfig(env);
  assertBindings(env, config);
  const eventDigest =
    config.eventIdSecret === undefined ? undefined : createEventDigest(config.eventIdSecret);
  const stores = openStores(config, { eventDigest, nowMs, keepAlive: waitUntil });
  return {
    sale: { ...saleOf(env, config, stores.known.events), eventDigest },
    live: liveOf(env, config),
    outbox: outboxOf(env, config),
    payments: paymentsOf(config),
    push: pushOf(config),
    draws: {
      signer: createDrawSigner(readSigningKeys(config)),
      ...createBeaconPlan(config.draw, () =>
        reached(() => beaconOf(env, config, LOCAL_CHAIN_NAME).localChain()),
      ),
    },
    stores,
    pictures: openPictures(env),
    accounts: accountsOf(env, config),
    limits: {
      purchase: addressLimit(env.PURCHASES_PER_ADDRESS, config),
      account: addressLimit(env.ACCOUNTS_PER_ADDRESS, config),
    },
    site: {
      allowedOrigins: config.allowedOrigins,
      allowedHosts: config.allowedHosts,
      publicUrl: config.publicUrl,
      previewsUrl: config.previewsUrl,
      organizer: config.organizer,
      securityContact: config.securityContact,
      metricsToken: config.metricsToken,
      addressKeepDays: config.addressKeepDays,
      mailWebhookSecret: config.mailWebhookSecret,
      builtPage: () => env.ASSETS.fetch('https://assets.invalid/'),
    },
    logging: { log, everydayShare: config.everydayLogShare },
    platform: { nowMs, fillRandom: (bytes) => crypto.getRandomValues(bytes), waitUntil },
  };
}

function saleOf(
  env: ShopEnv,
  { placement, sharedCalls }: Config,
  known: KnownIds<EventId>,
): Omit<Deps['sale'], 'eventDigest'> {
  const sale = (eventId: EventId) => env.SALES.getByName(eventId, placement);
  const batcher = new Batcher({
    shares: sharedCalls,
    call: (eventId, attempts, report) => reached(() => sale(eventId).attempt(attempts, report)),
    nowMs,
    after: (ms, then) => {
      const timer = setTimeout(then, ms);
      return () => clearTimeout(timer);
    },
    keep: (work) => waitUntil(work),
  });
  return {
    attempt: createEdgeChecks({
      nowMs,
      isKnown: known.has,
      pass: (eventId, attempt) => batcher.attempt(eventId, attempt),
    }),
    expireDue: (eventId) => reached(() => sale(eventId).tidy()),
    commitMetrics: (eventId) => reached(() => inTime(sale(eventId).figures())),
  };
}

function liveOf(env: ShopEnv, { placement }: Config): Deps['live'] {
  const shardOf = (eventId: EventId, shard: number) =>
    env.LIVE.getByName(shardName(eventId, shard), placement);
  const notifyAll = (eventId: EventId, notify: (shard: LiveStub) => Promise<void>) => {
    const calls = Array.from({ length: SHARDS }, (_, shard) => notify(shardOf(eventId, shard)));
    waitUntil(allNotified(eventId, calls));
  };
  return {
    watch: (eventId, handshake) => {
      const [random = 0] = crypto.getRandomValues(new Uint32Array(1));
      return reached(() =>
        firstNotFull(shardsInTurn(random), (shard) =>
          shardOf(eventId, shard).fetch(new Request(handshake)),
        ),
      );
    },
    notifyViewers: (eventId) => notifyAll(eventId, (shard) => shard.refresh()),
    notifyReaders: (eventId) => {
      const changedAtMs = nowMs();
      notifyAll(eventId, (shard) => shard.discuss(changedAtMs));
    },
  };
}

function outboxOf(env: ShopEnv, config: Config): Deps['outbox'] {
  const { placement, mail, payment, dispatchesOutbox } = config;
  const waker = (name: string, dispatches: boolean) =>
    createOutboxWaker({
      dispatches: dispatchesOutbox && dispatches,
      call: () => env.OUTBOX.getByName(name, placement).wake(),
      nowMs,
      keep: (work) => waitUntil(work),
      report: (error) => log('error', 'the outbox was not woken', { error }),
    });
  const wakePayments = waker(PAYMENTS_OUTBOX_NAME, payment !== undefined);
  const wakers = [waker(OUTBOX_NAME, true), wakePayments];
  const wake = () => {
    for (const wakeOne of wakers) wakeOne();
  };
  return { sendsMail: mail !== undefined, wake, wakePayments };
}

function beaconOf(env: ShopEnv, { placement }: Config, name: string) {
  return env.BEACONS.getByName(name, hasherPlacement(placement));
}

function paymentsOf(config: Config): Deps['payments'] {
  return {
    provider: openProvider(config, { fetch: (url, init) => fetch(url, init) }),
    webhookSecret: config.payment?.webhookSecret,
    tax: config.tax,
  };
}

function pushOf({ push }: Config): Deps['push'] {
  return {
    publicKey: push?.publicKey,
    takes: (endpoint) => push !== undefined && isOfService(endpoint, push.services),
  };
}

function accountsOf(env: ShopEnv, config: Config): Deps['accounts'] {
  const { jwtSecret, jwtSecretPrevious, scryptCost } = config;
  const previous = jwtSecretPrevious === undefined ? [] : [jwtSecretPrevious];
  return {
    tokens: createTokens(jwtSecret, jwtSecretPrevious),
    devices: createDevices(jwtSecret, ...previous),
    reminderTokens: createReminderTokens(jwtSecret, ...previous),
    previewTokens: createPreviewTokens(jwtSecret, ...previous),
    recipientKeyOf: createRecipientKeys(jwtSecret),
    askerKeyOf: createAskerKeys(jwtSecret),
    scryptCost,
    passwords: passwordsOf(env, config),
  };
}

/** An environment of wrangler.toml inherits no binding, so one is easily forgotten there. */
function assertBindings(env: ShopEnv, { addressLimits, mail }: Config): void {
  const limits = addressLimits ? (['PURCHASES_PER_ADDRESS', 'ACCOUNTS_PER_ADDRESS'] as const) : [];
  const sender = mail?.route.via === 'cloudflare' ? (['EMAIL'] as const) : [];
  const objects = ['SALES', 'LIVE', 'HASHERS', 'OUTBOX', 'BEACONS'] as const;
  const missing = [...objects, ...limits, ...sender].filter((name) => !env[name]);
  if (missing.length === 0) return;
  const form = 'a binding of wrangler.toml in the environment that is deployed';
  throw new ConfigError(missing.map((name) => ({ name, fault: 'missing', form })));
}

function passwordsOf(env: ShopEnv, { hashingUrl, placement, scryptCost }: Config): Passwords {
  if (hashingUrl !== undefined) return createPasswords(runAt(hashingUrl), scryptCost);
  const beside = hasherPlacement(placement);
  const pool = runInPool((name, task) => env.HASHERS.getByName(name, beside).run(task), anyNumber);
  return createPasswords(pool, scryptCost);
}

function addressLimit(binding: RateLimit, { addressLimits }: Config): AddressLimit {
  return async (key) => !addressLimits || (await binding.limit({ key })).success;
}

/** A viewer whose object was not reached learns it by a read of its own, see CHECK_EVERY_MS. */
async function allNotified(eventId: EventId, calls: Promise<void>[]): Promise<void> {
  for (const outcome of await Promise.allSettled(calls)) {
    if (outcome.status === 'rejected') {
      log('error', 'viewers were not told', { eventId, error: outcome.reason });
    }
  }
}

function inTime<T>(answer: Promise<T>): Promise<T> {
  const late = scheduler.wait(METRICS_TIMEOUT_MS).then(() => {
    throw new Error(`no answer in ${METRICS_TIMEOUT_MS} ms`);
  });
  return Promise.race([answer, late]);
}
