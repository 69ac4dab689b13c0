/** Plays one sale from enrolment to verdict. Must not read flags or decide exit codes. */
import { randomUUID } from 'node:crypto';
import type { EventId } from '../../worker/contract/ids.ts';
import { audit } from './audit.ts';
import { announceSale, CannotPlay, enrol, measureClock, must } from './enrol.ts';
import { openHttp, type Reply, type Request, type Send } from './http.ts';
import type { Options } from './options.ts';
import type { Pace } from './pace.ts';
import { type Call, persistently } from './persist.ts';
import type { Progress, Snapshot } from './progress.ts';
import { type Random, seededRandom } from './random.ts';
import { castRoles, countKeepers, type Role } from './roles.ts';
import { type Account, openShop, type Shop } from './shop.ts';
import { playShopper, type Shopper, type Stage } from './shopper.ts';
import { addTo, confirmedUnits, newTally, type Tally, total } from './tally.ts';
import { judge, type Verdict } from './verdict.ts';

export interface World {
  pace: Pace;
  /** Ms since the epoch, never going back. */
  now: () => number;
  /** Throws once `stopped`. */
  sleep: (ms: number) => Promise<void>;
  stopped: AbortSignal;
  progress: Progress;
  /** Told of every reply, of enrolment and recount too. */
  onReply?: (request: Request, reply: Reply) => void;
  /** What shoppers do besides buying. */
  visitor?: Visitor;
}

/** One shopper's stay in the shop. */
export interface Visit {
  call: Call;
  eventId: EventId;
  random: Random;
  /** By the server's clock, as is `serverNow`. */
  opensAtMs: number;
  serverNow: () => number;
  sleep: (ms: number) => Promise<void>;
}

export interface Visitor {
  /** Must be over when the sale opens. */
  before(visit: Visit): Promise<void>;
  after(visit: Visit): Promise<void>;
}

const REDRAW_MS = 100;
const HEALTH: Request = { method: 'GET', path: '/api/v1/health' };
const CLOSE_MS_MAX = 3_000;
/** Far from every shopper's stream of random numbers. */
const ADMIN_STREAM = 1_000_000;

/** @throws CannotPlay with one line for the user; an AbortError where it was stopped. */
export async function rehearse(options: Options, world: World): Promise<Verdict> {
  const tally = newTally();
  const clock = { offsetMs: 0 };
  const http = openHttp({
    url: options.url,
    connections: options.connections,
    requestMsMax: world.pace.requestMsMax,
    now: world.now,
  });
  world.stopped.addEventListener('abort', http.close, { once: true });
  try {
    await checkReady(options, http.send);
    const onReply = (request: Request, reply: Reply): void => {
      world.onReply?.(request, reply);
      if (!request.isPurchase || (reply.kind === 'fault' && reply.fault === 'network')) return;
      const { tookMs, queuedMs } = reply;
      tally.samples.push({ answeredAtMs: reply.answeredAtMs + clock.offsetMs, tookMs, queuedMs });
    };
    const onRetry = (reason: string): void => addTo(tally.retries, reason);
    const call = persistently({ ...world, send: http.send, onReply, onRetry });
    const shop = openShop(call);
    return await playSale({ options, world, send: http.send, call, shop, tally, clock });
  } finally {
    world.stopped.removeEventListener('abort', http.close);
    http.close();
  }
}

async function checkReady(
  options: Options,
  send: (request: Request) => Promise<Reply>,
): Promise<void> {
  const reply = await send(HEALTH);
  if (reply.kind === 'fault') {
    throw new CannotPlay(`no shop answers at ${options.url} (${reply.detail}); is it running?`);
  }
  if (reply.status !== 200) {
    throw new CannotPlay(`the shop at ${options.url} is not ready (health: ${reply.status})`);
  }
}

/**
 * Real shoppers have looked at the sale before it opens, so setting up their connections is no part
 * of a purchase's latency. Done before the sale is announced and with the cheapest request there
 * is: just before the opening it was measured to hold up the purchases behind it by a second or two.
 */
async function openConnections({ options, send }: Play): Promise<void> {
  const count = Math.min(options.connections, options.shoppers);
  await Promise.all(Array.from({ length: count }, () => send(HEALTH)));
}

interface Play {
  options: Options;
  world: World;
  send: Send;
  call: Call;
  shop: Shop;
  tally: Tally;
  clock: { offsetMs: number };
}

async function playSale(play: Play): Promise<Verdict> {
  const { options, world, shop, tally, clock } = play;
  const { pace, progress } = world;
  const random = seededRandom(options.seed, ADMIN_STREAM);
  const { adminEmail: email, adminPassword: password } = options;
  const admin: Account = { email, password, token: '', random };
  must('sign in as the admin', await shop.signIn(admin));
  const roles = castRoles(options, pace, random);
  const shoppers = await enrolAll(play, roles);
  await openConnections(play);

  clock.offsetMs = await measureClock(shop, admin, world.now);
  const serverNow = (): number => world.now() + clock.offsetMs;
  const { stock, holdSeconds } = options;
  const name = `Rehearsal ${options.seed}`;
  const plan = { admin, name, stock, holdSeconds, pace, serverNowMs: serverNow() };
  const event = await announceSale(shop, plan);
  try {
    const eventItemId = event.items[0]?.id;
    if (!eventItemId) throw new CannotPlay('the event was made without its item');
    // What was retried in enrolment is no part of the sale.
    tally.retries.clear();
    const opensAtMs = Date.parse(event.startsAt);
    const { sleep } = world;
    const times = { opensAtMs, pace, serverNow, sleep };
    const stage: Stage = { shop, eventItemId, tally, newKey, ...times };
    const couldBeSold = Math.min(stock, countKeepers(roles));
    await whileDrawing(
      progress,
      () => saleSnapshot(stage, couldBeSold),
      () =>
        Promise.all(shoppers.map((shopper) => stay(play, { shopper, stage, eventId: event.id }))),
    );
    const recount = { stage: 'recount', done: 0, total: 1, note: '' };
    const checked = await whileDrawing(
      progress,
      () => recount,
      async () => {
        const sale = { eventId: event.id, admin, shoppers };
        const found = await audit({ shop, tally, pace, serverNow, sleep }, sale);
        recount.done = 1;
        return found;
      },
    );
    const { seed, shoppers: count } = options;
    const keepers = countKeepers(roles);
    const sale = { seed, shoppers: count, keepers, stock, eventItemId, opensAtMs };
    return judge({ ...sale, tally, audit: checked });
  } finally {
    await closeSale(play, admin, event.id);
  }
}

async function stay(
  { world, call }: Play,
  { shopper, stage, eventId }: { shopper: Shopper; stage: Stage; eventId: EventId },
): Promise<void> {
  const { opensAtMs, serverNow, sleep } = stage;
  const { random } = shopper.account;
  const visit: Visit = { call, eventId, random, opensAtMs, serverNow, sleep };
  await world.visitor?.before(visit);
  await playShopper(shopper, stage);
  await world.visitor?.after(visit);
}

async function enrolAll(play: Play, roles: readonly Role[]): Promise<Shopper[]> {
  const { options, world, shop } = play;
  // Random, because the accounts stay behind and the shop may be a public one.
  const password = randomUUID();
  const runId = randomUUID().slice(0, 8);
  const show = (done: number): void =>
    world.progress.show(
      { stage: 'enrolling', done, total: roles.length, note: `seed ${options.seed}` },
      done === roles.length,
    );
  show(0);
  return enrol(shop, { seed: options.seed, roles, runId, password, onEnrolled: show });
}

/**
 * The event must stay neither on sale nor on the public list, even where the rehearsal was stopped;
 * best effort. A shop of an older version knows only how to close it.
 */
async function closeSale(play: Play, admin: Account, id: EventId): Promise<void> {
  const { options, world } = play;
  const http = openHttp({ ...options, connections: 1, requestMsMax: CLOSE_MS_MAX, now: world.now });
  const shop = openShop(
    persistently({
      ...world,
      pace: { ...world.pace, retryMsMax: 0 },
      send: http.send,
      onReply: ignore,
      onRetry: ignore,
    }),
  );
  await shop.closeEvent(admin, id);
  await shop.unpublishEvent(admin, id);
  http.close();
}

async function whileDrawing<T>(
  progress: Progress,
  snapshot: () => Snapshot,
  work: () => Promise<T>,
): Promise<T> {
  const timer = setInterval(() => progress.show(snapshot()), REDRAW_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    progress.show(snapshot(), true);
  }
}

function saleSnapshot(stage: Stage, couldBeSold: number): Snapshot {
  const { tally } = stage;
  const leftMs = stage.opensAtMs - stage.serverNow();
  const refused = total(tally.refused);
  const retries = total(tally.retries);
  const note =
    leftMs > 0
      ? `opens in ${Math.ceil(leftMs / 1_000)} s`
      : `${tally.holds.length} holds, ${refused} refused, ${retries} retries`;
  return { stage: 'selling', done: confirmedUnits(tally.holds), total: couldBeSold, note };
}

function ignore(): void {}

function newKey(): string {
  return randomUUID();
}
