/** Plays one sale from enrolment to verdict. Must not read flags or decide exit codes. */
import { randomUUID } from 'node:crypto';
import { UserError } from '../../local/user-error.ts';
import type { EventId } from '../../worker/contract/ids.ts';
import { audit } from './audit.ts';
import { openHttp, type Reply, type Request, type Send } from './http.ts';
import { increment, newObservations, type Observations } from './observations.ts';
import { unitsToBeSold } from './on-sale.ts';
import type { Options } from './options.ts';
import { openPaySale, type PaySale } from './pay-sale.ts';
import { queueContext, queueEvidence } from './queue-sale.ts';
import { playQueueShopper } from './queue-shopper.ts';
import type { RehearsalPorts, Visit } from './rehearsal-ports.ts';
import { countKeepers, drawRoles, type Role } from './roles.ts';
import type { SaleContext, Shopper } from './sale-context.ts';
import { seededRandom } from './seeded-random.ts';
import { type Call, withRetries } from './send-with-retries.ts';
import { announceSale, enrol, measureClock, must } from './setup.ts';
import { type Account, openShopClient, type ShopClient } from './shop-client.ts';
import { playShopper } from './shopper.ts';
import { saleSnapshot, whileDrawing } from './stages.ts';
import { judge, type Verdict } from './verdict.ts';

const HEALTH: Request = { method: 'GET', path: '/api/v1/health' };
const CLOSE_MS_MAX = 3_000;
/** Far from every shopper's stream of random numbers. */
const ADMIN_STREAM = 1_000_000;

/** @throws UserError with one line for the user; an AbortError where it was stopped. */
export async function rehearse(options: Options, ports: RehearsalPorts): Promise<Verdict> {
  const observations = newObservations();
  const clock = { offsetMs: 0 };
  const http = openHttp({
    url: options.url,
    connections: options.connections,
    requestMsMax: ports.timing.requestMsMax,
    now: ports.now,
  });
  ports.stopped.addEventListener('abort', http.close, { once: true });
  try {
    await checkReady(options, http.send);
    const onReply = (request: Request, reply: Reply): void => {
      ports.onReply?.(request, reply);
      if (!request.isPurchase || (reply.kind === 'fault' && reply.fault === 'network')) return;
      const { tookMs, queuedMs } = reply;
      observations.samples.push({
        answeredAtMs: reply.answeredAtMs + clock.offsetMs,
        tookMs,
        queuedMs,
      });
    };
    const onRetry = (reason: string): void => increment(observations.retries, reason);
    const call = withRetries({ ...ports, send: http.send, onReply, onRetry });
    const shop = openShopClient(call);
    return await playSale({ options, ports, send: http.send, call, shop, observations, clock });
  } finally {
    ports.stopped.removeEventListener('abort', http.close);
    http.close();
  }
}

async function checkReady(
  options: Options,
  send: (request: Request) => Promise<Reply>,
): Promise<void> {
  const reply = await send(HEALTH);
  if (reply.kind === 'fault') {
    throw new UserError(`no shop answers at ${options.url} (${reply.detail}); is it running?`);
  }
  if (reply.status !== 200) {
    throw new UserError(`the shop at ${options.url} is not ready (health: ${reply.status})`);
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
  ports: RehearsalPorts;
  send: Send;
  call: Call;
  shop: ShopClient;
  observations: Observations;
  clock: { offsetMs: number };
}

async function playSale(play: Play): Promise<Verdict> {
  const { options, ports, shop } = play;
  const { timing } = ports;
  const random = seededRandom(options.seed, ADMIN_STREAM);
  const { adminEmail: email, adminPassword: password } = options;
  const admin: Account = { email, password, token: '', random };
  must('sign in as the admin', await shop.signIn(admin));
  const roles = drawRoles(options, timing, random);
  const paySale = options.pay && (await openPaySale(options.pay, { ports, shop, roles }));
  try {
    return await playAs({ ...play, admin, roles, paySale });
  } finally {
    await paySale?.close();
  }
}

interface Cast extends Play {
  admin: Account;
  roles: readonly Role[];
  paySale: PaySale | undefined;
}

async function playAs(play: Cast): Promise<Verdict> {
  const { options, ports, shop, observations, clock, admin, roles, paySale } = play;
  const { timing, progress } = ports;
  const shoppers = await enrolAll(play, roles);
  await openConnections(play);

  clock.offsetMs = await measureClock(shop, admin, ports.now);
  const serverNow = (): number => ports.now() + clock.offsetMs;
  const { stock, variants, holdSeconds, queue } = options;
  const name = `Rehearsal ${options.seed}`;
  const times = { timing, serverNowMs: serverNow() };
  const isPaidOnline = paySale !== undefined;
  const plan = { admin, name, stock, variants, holdSeconds, queue, isPaidOnline, ...times };
  const { event, items } = await announceSale(shop, plan);
  try {
    // What was retried in enrolment is no part of the sale.
    observations.retries.clear();
    const opensAtMs = Date.parse(event.startsAt);
    const { sleep } = ports;
    const base = { opensAtMs, timing, serverNow, sleep };
    const context: SaleContext = {
      shop,
      items,
      observations,
      newKey,
      pay: paySale?.paying,
      ...base,
    };
    const inQueue = queue && queueContext(queue, { ...context, shop }, event);
    const keepers = countKeepers(roles);
    const couldBeSold = unitsToBeSold(items, keepers);
    await whileDrawing(
      progress,
      () => saleSnapshot(context, couldBeSold),
      () =>
        Promise.all(
          shoppers.map((shopper) => {
            const way = () =>
              inQueue ? playQueueShopper(shopper, inQueue) : playShopper(shopper, context);
            return stay(play, { shopper, context, eventId: event.id, way });
          }),
        ),
    );
    const recount = { stage: 'recount', done: 0, total: 1, note: '' };
    const deps = { shop, observations, timing, serverNow, sleep };
    const money = await whileDrawing(
      progress,
      () => ({ ...recount, stage: 'payments' }),
      async () => paySale?.untilRest(deps, { eventId: event.id, shoppers }),
    );
    const checked = await whileDrawing(
      progress,
      () => recount,
      async () => {
        const sale = { eventId: event.id, admin, shoppers };
        const found = await audit(deps, sale);
        recount.done = 1;
        return found;
      },
    );
    const { seed, shoppers: count } = options;
    const sale = { eventId: event.id, seed, shoppers: count, keepers, items, opensAtMs };
    const maybeBuyers = paySale?.maybeBuyers ?? 0;
    const found = { ...sale, observations, audit: checked, money, maybeBuyers };
    if (inQueue === undefined) return judge(found);
    const rows = must('read the queue', await shop.queueRows(admin, event.id));
    return judge({ ...found, ...queueEvidence(inQueue, rows, checked) });
  } finally {
    await closeSale(play, admin, event.id);
  }
}

async function stay(
  { ports, call }: Play,
  of: { shopper: Shopper; context: SaleContext; eventId: EventId; way: () => Promise<void> },
): Promise<void> {
  const { shopper, context, eventId, way } = of;
  const { opensAtMs, serverNow, sleep } = context;
  const { random } = shopper.account;
  const visit: Visit = { call, eventId, random, opensAtMs, serverNow, sleep };
  await ports.visitor?.before(visit);
  await way();
  await ports.visitor?.after(visit);
}

async function enrolAll(play: Play, roles: readonly Role[]): Promise<Shopper[]> {
  const { options, ports, shop } = play;
  // Random, because the accounts stay behind and the shop may be a public one.
  const password = randomUUID();
  const runId = randomUUID().slice(0, 8);
  const show = (done: number): void =>
    ports.progress.show(
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
  const { options, ports } = play;
  const http = openHttp({ ...options, connections: 1, requestMsMax: CLOSE_MS_MAX, now: ports.now });
  const shop = openShopClient(
    withRetries({
      ...ports,
      timing: { ...ports.timing, retryMsMax: 0 },
      send: http.send,
      onReply: ignore,
      onRetry: ignore,
    }),
  );
  await shop.closeEvent(admin, id);
  await shop.unpublishEvent(admin, id);
  http.close();
}

function ignore(): void {}

function newKey(): string {
  return randomUUID();
}
