/**
 * What docs/operations.md tells an operator, tried out: each fault is caused, looked at as the
 * operator would, and healed. `DRILLS_TELL=1` prints what was seen.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EventItemId, eventIdOf, type ItemId } from '../../worker/contract/ids.ts';
import { PENDING_MAX } from '../../worker/sale/object/admission.ts';
import { recountEvent } from '../../worker/stores/postgres/events.ts';
import { findDifferences, repairDifferences } from '../../worker/stores/postgres/reconciliation.ts';
import { openConnection, requestText } from '../speed/connection.ts';
import { insertCatalogueItem, insertShoppers, openSale } from '../speed/fixtures.ts';
import { createShoppers } from '../speed/shoppers.ts';
import { type ApiAnswer, type Caller, callerAt, enrol, signIn } from './api-caller.ts';
import { type FaultyShop, openFaultyShop } from './faulty-shop.ts';

const SECRET_BYTES = 32;
/** The wire's delay is 250 ms a way. */
const SLOW_MS_MIN = 500;
const RETRY_SECONDS_MAX = 10;
/** More than may be pending at once. */
const CROWD = PENDING_MAX + 1_000;
/** Shorter than an attempt waits. */
const AWAY_MS_MAX = 7_000;
const SOON_MS = 15_000;
/** Well within what one customer may ask. */
const LOOK_MS = 300;

let shop: FaultyShop;
let admin: Caller;
let itemId: ItemId;

beforeAll(async () => {
  shop = await openFaultyShop();
  admin = await signIn(shop.url, shop.admin);
  itemId = await insertCatalogueItem(shop.db);
}, 120_000);

afterAll(() => shop?.close());

function logStep(what: string, { status, code, retryAfter, tookMs, body }: ApiAnswer): void {
  if (!process.env.DRILLS_TELL) return;
  const detail =
    code === undefined ? '' : ` ${code} (${body.detail ?? ''}) Retry-After ${retryAfter}`;
  process.stderr.write(`${what}: ${status}${detail}, ${tookMs.toFixed(0)} ms\n`);
}

const sell = (stock: number) => openSale(shop, { itemId, stock });

function buy(customer: Caller, id: EventItemId, key: string = randomUUID()): Promise<ApiAnswer> {
  return customer.ask(`/purchase/${id}`, { json: { quantity: 1 }, key });
}

function confirm(customer: Caller, bought: ApiAnswer): Promise<ApiAnswer> {
  return customer.ask(`/purchase/${bought.body.order?.id}/confirm`, { method: 'POST', key: 'c' });
}

/** Recounted now: what the shop tells of it may be a second old. */
async function stockOf(id: EventItemId) {
  const integrity = await recountEvent(shop.db, eventIdOf(id));
  expect(integrity?.ok).toBe(true);
  return integrity?.items[0];
}

/** Asks until it is as wanted; what heals by itself does so soon. */
async function soon(
  ask: () => Promise<ApiAnswer>,
  isWanted: (told: ApiAnswer) => boolean,
): Promise<ApiAnswer> {
  const startedAtMs = performance.now();
  for (;;) {
    const told = await ask();
    if (isWanted(told)) return told;
    if (performance.now() - startedAtMs > SOON_MS) throw new Error(`still ${told.status}`);
    await new Promise((done) => setTimeout(done, LOOK_MS));
  }
}

const health = () => callerAt(shop.url).ask('/health');
const isWell = ({ status }: ApiAnswer) => status === 200;

describe('the database', () => {
  it('is slow: purchases wait and succeed, and health stays good', async () => {
    const id = await sell(10);
    const customer = await enrol(shop.url);
    shop.wire.setMode('delay');
    const bought = await buy(customer, id);
    logStep('Neon slow, a purchase', bought);
    logStep('Neon slow, health', await health());
    shop.wire.setMode('pass');
    expect(bought.status).toBe(201);
    expect(bought.tookMs).toBeGreaterThan(SLOW_MS_MIN);

    const after = await buy(await enrol(shop.url), id);
    logStep('healed, a purchase', after);
    expect(after.status).toBe(201);
  });

  it('is gone: health says so, nobody is told a lie, and what was asked is found again', async () => {
    const id = await sell(10);
    const customer = await enrol(shop.url);
    shop.wire.setMode('cut');
    const refused = await buy(customer, id, 'the-same');
    const seen = await health();
    const page = await callerAt(shop.url).ask('/events');
    logStep('Neon gone, a purchase', refused);
    logStep('Neon gone, health', seen);
    logStep('Neon gone, the list', page);
    shop.wire.setMode('pass');
    expect([refused.status, refused.code]).toEqual([503, 'unavailable']);
    expect(Number(refused.retryAfter)).toBeLessThanOrEqual(RETRY_SECONDS_MAX);
    expect([seen.status, seen.body.detail]).toEqual([503, 'the database cannot be reached']);
    expect(shop.log.some((line) => line.includes('group failed'))).toBe(true);

    logStep('healed, health', await soon(health, isWell));
    const again = await buy(customer, id, 'the-same');
    logStep('healed, the same purchase', again);
    expect(again.status).toBe(201);
    expect(await stockOf(id)).toMatchObject({ remaining: 9, held: 1, sold: 0 });
  });
});

describe('MongoDB', () => {
  it('is gone: reviews say so at once after a while, and the shop sells on', async () => {
    const id = await sell(10);
    const customer = await enrol(shop.url);
    shop.documentsWire.setMode('cut');
    const reviews = () => callerAt(shop.url).ask(`/reviews/items/${itemId}?sort=helpful`);
    const first = await reviews();
    for (let times = 0; times < 5; times++) await reviews();
    const later = await reviews();
    const bought = await buy(customer, id);
    logStep('MongoDB gone, reviews', first);
    logStep('MongoDB gone, reviews after six', later);
    logStep('MongoDB gone, a purchase', bought);
    logStep('MongoDB gone, health', await health());
    shop.documentsWire.setMode('pass');
    expect([first.status, first.code, later.status]).toEqual([503, 'unavailable', 503]);
    expect(first.retryAfter).not.toBeNull();
    expect([bought.status, (await confirm(customer, bought)).status]).toEqual([201, 200]);

    const json = { rating: 5, comment: 'Works again.' };
    const write = () => customer.ask(`/reviews/items/${itemId}`, { json });
    logStep('healed, a review', await soon(write, ({ status }) => status === 201));
  });
});

describe('an event’s object', () => {
  it('has more waiting than it can take: some are told busy, nobody is sold twice', async () => {
    const jwtSecret = freshSecret();
    await shop.killRuntime({ JWT_SECRET: jwtSecret });
    await insertShoppers(shop.db, CROWD);
    const shoppers = createShoppers(CROWD, jwtSecret);
    const id = await sell(50);
    const port = Number(new URL(shop.url).port);
    shop.wire.setMode('black_hole');
    const heal = () => {
      shop.wire.setMode('cut');
      shop.wire.setMode('pass');
    };
    const healing = setTimeout(heal, AWAY_MS_MAX);
    const codes = new Map<string, number>();
    const one = async (number: number) => {
      const connection = await openConnection(port);
      const request = { token: shoppers.token(number), key: 'k', json: '{"quantity":1}' };
      const answer = await connection.send(requestText(`/api/v1/purchase/${id}`, request));
      connection.close();
      const { code = 'granted' } = JSON.parse(answer.body) as { code?: string };
      // What is to be seen has been seen.
      if (code === 'busy') heal();
      codes.set(code, (codes.get(code) ?? 0) + 1);
    };
    await Promise.all(Array.from({ length: CROWD }, (_, number) => one(number)));
    clearTimeout(healing);
    if (process.env.DRILLS_TELL) process.stderr.write(`${JSON.stringify([...codes])}\n`);
    expect(codes.get('busy')).toBeGreaterThan(0);

    admin = await signIn(shop.url, shop.admin);
    const customer = await enrol(shop.url);
    const after = await soon(
      () => buy(customer, id),
      ({ status }) => status !== 503,
    );
    logStep('healed, a purchase', after);
    expect(await stockOf(id)).toMatchObject({ held: codes.get('granted') ?? 0 });
  }, 120_000);
});

describe('the sale', () => {
  it('has a wrong stock: it is set in mid-sale, but not below what is promised', async () => {
    const id = await sell(100);
    const eventId = eventIdOf(id);
    for (let units = 0; units < 3; units++) await buy(await enrol(shop.url), id);
    const path = `/admin/events/${eventId}/items/${id}/stock`;
    const tooFew = await admin.ask(path, { method: 'PUT', json: { total: 2 } });
    const right = await admin.ask(path, { method: 'PUT', json: { total: 3 } });
    const next = await buy(await enrol(shop.url), id);
    logStep('stock set below what is held', tooFew);
    logStep('stock set to what is held', right);
    logStep('the next purchase', next);
    expect([tooFew.code, right.status, next.code]).toEqual(['stock_in_use', 200, 'sold_out']);
  });

  it('has to stop now: nobody buys any more, and whoever holds a unit may still confirm it', async () => {
    const id = await sell(10);
    const [first, second, third] = [
      await enrol(shop.url),
      await enrol(shop.url),
      await enrol(shop.url),
    ];
    const [sold, held] = [await buy(first, id), await buy(second, id)];
    await confirm(first, sold);
    const closed = await admin.ask(`/admin/events/${eventIdOf(id)}/close`, { method: 'POST' });
    logStep('closing', closed);
    const next = await soon(
      () => buy(first, id),
      ({ code }) => code === 'closed',
    );
    const late = await confirm(second, held);
    logStep('a purchase after it', next);
    logStep('a confirmation after it', late);
    expect(late.status).toBe(200);
    expect(await stockOf(id)).toMatchObject({ remaining: 8, held: 0, sold: 2 });

    const opened = await admin.ask(`/admin/events/${eventIdOf(id)}/open`, { method: 'POST' });
    logStep('opening again', opened);
    const again = await soon(
      () => buy(third, id),
      ({ status }) => status === 201,
    );
    logStep('a purchase after that', again);
  });
});

describe('a secret', () => {
  it('is renewed in turn: both are good for a while, and nobody notices', async () => {
    const customer = await enrol(shop.url);
    const old = freshSecret();
    await shop.killRuntime({ JWT_SECRET: old });
    const before = await enrol(shop.url);
    await shop.killRuntime({ JWT_SECRET: freshSecret(), JWT_SECRET_PREVIOUS: old });
    const [kept, ended] = [await before.ask('/profile'), await customer.ask('/profile')];
    logStep('signed by the secret before', kept);
    logStep('signed by the one before that', ended);
    expect([kept.status, ended.status]).toEqual([200, 401]);
  });

  it('is leaked: without the old one, what was forged ends, and the cookie brings a new token', async () => {
    const customer = await enrol(shop.url);
    await shop.killRuntime({ JWT_SECRET: freshSecret(), JWT_SECRET_PREVIOUS: undefined });
    const refused = await customer.ask('/profile');
    const renewed = await callerAt(shop.url).ask('/auth/refresh', {
      method: 'POST',
      cookie: customer.cookie,
    });
    logStep('signed by the leaked secret', refused);
    logStep('the cookie', renewed);
    expect([refused.status, renewed.status]).toEqual([401, 200]);
    const after = await callerAt(shop.url, renewed.body.accessToken).ask('/profile');
    expect(after.status).toBe(200);
  });
});

describe('the counters', () => {
  it('were changed by hand: the shop sells by them, reconcile finds and mends it', async () => {
    const id = await sell(10);
    await buy(await enrol(shop.url), id);
    await onServer((client) =>
      client.query(
        'UPDATE event_items SET stock_remaining = stock_remaining - 4, stock_sold = stock_sold + 4 WHERE id = $1',
        [id],
      ),
    );
    const differences = await findDifferences(shop.db);
    expect(differences.map(({ eventItemId }) => eventItemId)).toEqual([id]);
    const { body } = await callerAt(shop.url).ask(`/events/${eventIdOf(id)}/integrity`);
    expect(body.ok).toBe(false);
    await repairDifferences(shop.db, 'the drill');
    expect(await findDifferences(shop.db)).toEqual([]);
    expect(await stockOf(id)).toMatchObject({ remaining: 9, held: 1, sold: 0 });
  });
});

describe('a restore', () => {
  it('goes back in time: what was sold since is gone, the rest holds, and the sale goes on', async () => {
    const id = await sell(10);
    const [early, late] = [await enrol(shop.url), await enrol(shop.url)];
    await confirm(early, await buy(early, id));
    const name = new URL(shop.databaseUrl).pathname.slice(1);
    await onServer(async (client) => {
      await alone(client, name);
      await client.query(`CREATE DATABASE backup TEMPLATE "${name}"`);
    }, 'template1');
    const lost = await soon(
      () => buy(late, id, 'late'),
      ({ status }) => status === 201,
    );
    await confirm(late, lost);
    expect(await stockOf(id)).toMatchObject({ remaining: 8, sold: 2 });

    await onServer(async (client) => {
      await alone(client, name);
      await client.query(`ALTER DATABASE "${name}" RENAME TO damaged`);
      await client.query(`ALTER DATABASE backup RENAME TO "${name}"`);
    }, 'template1');
    logStep('restored, health', await soon(health, isWell));
    expect(await findDifferences(shop.db)).toEqual([]);
    expect(await stockOf(id)).toMatchObject({ remaining: 9, sold: 1 });
    const kept = await early.ask('/profile/orders');
    const gone = await late.ask('/profile/orders');
    logStep('an order from before the backup', kept);
    logStep('one from after it', gone);
    expect([kept.body.orders?.length, gone.body.orders?.length]).toEqual([1, 0]);
    const again = await soon(
      () => buy(late, id, 'late'),
      ({ status }) => status === 201,
    );
    logStep('the same purchase again', again);
    expect(await stockOf(id)).toMatchObject({ remaining: 8, held: 1, sold: 1 });
  });
});

function freshSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

/** As an operator with psql. */
async function onServer(
  act: (client: pg.Client) => Promise<unknown>,
  database?: string,
): Promise<void> {
  const url = new URL(shop.databaseUrl);
  if (database !== undefined) url.pathname = `/${database}`;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    await act(client);
  } finally {
    await client.end();
  }
}

/** A database is copied and renamed only while nobody is connected. */
async function alone(client: pg.Client, database: string): Promise<void> {
  await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [
    database,
  ]);
}
