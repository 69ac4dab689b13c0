/**
 * What reads cost the stores, however often they are asked for. The operations are those of the
 * description, so that a new one is measured too.
 */
import { describe, expect, it } from 'vitest';
import { eventIdSchema, makeCommentId, makeEventId, makeItemId } from '../../contract/ids.ts';
import type { Operation } from '../../openapi/operations/operation.ts';
import { OPERATIONS } from '../../openapi/operations/table.ts';
import { CLIENT_KEY_READS_MAX } from '../../stores/cache/in-flight-reads.ts';
import { createReadCache, FRESH_MS } from '../../stores/cache/read-cache.ts';
import { writeCursor } from '../../stores/postgres/cursors.ts';
import { appWith, type Changes } from '../../testing/apps.ts';
import { makeLegalText } from '../../testing/legal.ts';
import { pagesWith } from '../../testing/pages.ts';
import { keepDraw } from '../../testing/proven-draws.ts';
import { hold } from '../../testing/purchases.ts';
import { call, deps, makeEvent, makeShopper } from '../../testing/shop.ts';
import { type StoreCalls, storeCallsOf } from '../../testing/store-calls.ts';
import { makeWaitlist } from '../../testing/waiting.ts';

const TIMES = 100;
/** Of calls that are all alike: one read, or one and the next, of a few statements each. */
const ALIKE_MAX = 10;
/** Of calls that all differ: a few reads at one time, of a few statements each. */
const DIFFERENT_MAX = 4 * CLIENT_KEY_READS_MAX;

const READS = OPERATIONS.filter(({ method }) => method === 'get');
const PUBLIC = READS.filter(({ caller }) => caller === 'anybody' || caller === 'scraper');
const OWN = READS.filter(({ caller }) => caller === 'customer' || caller === 'admin');

/** Of hundreds of refusals nobody reads. */
const log = () => {};

/** For whose caches no time passes, however long a busy machine takes for a hundred calls. */
function atOnce(): Changes {
  const atMs = deps.platform.nowMs();
  return { logging: { log }, platform: { nowMs: () => atMs } };
}

/** With what objects read for whoever asks. */
const everyCall = () => true;

const sumOf = ({ statements, documents }: StoreCalls) => statements + documents;

function askingWith(token: string | undefined, headers: Record<string, string> = {}): RequestInit {
  return { headers: { ...(token && { Authorization: `Bearer ${token}` }), ...headers } };
}

/** Not found of a sale that is no draw. */
const OF_DRAWS = new Set(['getDraw', 'listDrawEntries']);

/** Not found until the sale is closed and its report is public. */
const OF_REPORTS = new Set(['getReport', 'exportReport']);

/** Ids of what is there, for each parameter of a path. */
async function pathOf({ path, params = {}, operationId }: Operation): Promise<string> {
  if (OF_DRAWS.has(operationId)) return path.replace('{id}', (await keepDraw()).eventId);
  if (OF_REPORTS.has(operationId)) {
    const endsAt = new Date().toISOString();
    const { eventId } = await makeEvent({ reportPublic: true, endsAt });
    return path.replace('{id}', eventId);
  }
  const { eventId, eventItemId, itemId } = await makeEvent();
  const shopper = await makeShopper();
  const order = await hold(shopper, eventItemId);
  const { entry } = await makeWaitlist();
  const sent = { token: shopper.token, body: { body: 'How large is it?' } };
  const comment = await (await call('POST', `/reviews/events/${eventId}/comments`, sent)).json<{
    id: string;
  }>();
  const real = new Map([
    ['evt', eventId],
    ['evi', eventItemId],
    ['itm', itemId],
    ['ord', order.id],
    ['ent', entry.id],
    ['cmt', comment.id],
    ['usr', shopper.user.id],
    ['ret', await makeLegalText({ page: 'returns', language: 'en' })],
  ]);
  return path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => {
    const id = real.get(params[name]?.example.slice(0, 3) ?? '');
    if (id === undefined) throw new Error(`nothing is called ${name}`);
    return id;
  });
}

/** Whoever may call it: with no token, and with each that it takes. */
async function callersOf({ caller }: Operation): Promise<[string, string | undefined][]> {
  if (caller === 'scraper') return [['the scraper', deps.site.metricsToken]];
  const customer: [string, string] = ['a customer', (await makeShopper()).token];
  const admin: [string, string] = ['an admin', (await makeShopper('admin')).token];
  return caller === 'anybody' ? [['nobody', undefined], customer, admin] : [customer, admin];
}

describe.each(PUBLIC)('$method $path', (operation) => {
  it('a hundred times at once costs the stores a few calls, whoever asks', async () => {
    const path = await pathOf(operation);
    for (const [who, token] of await callersOf(operation)) {
      const ask = appWith(atOnce());
      const headers = operation.operationId === 'watchEvent' ? { Upgrade: 'websocket' } : {};
      const statuses = new Set<number>();
      const calls = await storeCallsOf(async () => {
        const asked = Array.from({ length: TIMES }, () => ask(path, askingWith(token, headers)));
        for (const { status, webSocket } of await Promise.all(asked)) {
          statuses.add(status);
          webSocket?.accept();
          webSocket?.close();
        }
      }, everyCall);
      expect([...statuses], who).toEqual([operation.operationId === 'watchEvent' ? 101 : 200]);
      expect(sumOf(calls), who).toBeLessThanOrEqual(ALIKE_MAX);
    }
  });
});

describe.each(OWN)('$method $path', (operation) => {
  it('is counted by its caller, before it costs the stores anything', async () => {
    const path = await pathOf(operation);
    const { token, user } = await makeShopper(operation.caller === 'admin' ? 'admin' : 'customer');
    const counted: string[] = [];
    const purchase = async (key: string) => {
      counted.push(key);
      return false;
    };
    const ask = appWith({ logging: { log }, limits: { purchase } });
    const calls = await storeCallsOf(async () => {
      const answer = await ask(path, askingWith(token));
      expect(answer.status).toBe(429);
      expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(0);
    });
    expect(sumOf(calls)).toBe(0);
    expect(counted).toEqual([`calls ${user.id}`]);
  });
});

const { nowMs, fillRandom } = deps.platform;
const newEvent = () => makeEventId(fillRandom);
const newItem = () => makeItemId(nowMs(), fillRandom);
const newComment = (event = newEvent()) => makeCommentId(event, fillRandom(new Uint8Array(32)));
const newCursor = () => encodeURIComponent(writeCursor({ atMs: nowMs(), id: newEvent() }));
const upgrade = { Upgrade: 'websocket' };

/** Addresses that each client can make as many of as it likes, about an event and an item that are there. */
const DIFFERENT: [string, (there: { event: string; item: string }) => string, object?][] = [
  ['a search', () => `/events?q=${crypto.randomUUID()}`],
  ['a category', () => `/events?category=${crypto.randomUUID()}`],
  ['a page of events', () => `/events?cursor=${newCursor()}`],
  ['a page of events with a state', () => `/events?status=live&cursor=${newCursor()}`],
  ['an event', () => `/events/${newEvent()}`],
  ['a calendar', () => `/events/${newEvent()}/calendar.ics`],
  ['a queue', () => `/events/${newEvent()}/queue`],
  ['a draw', () => `/events/${newEvent()}/draw`],
  ['records of a draw', () => `/events/${newEvent()}/draw/entries`],
  ['a recount', () => `/events/${newEvent()}/integrity`],
  ['a socket', () => `/events/${newEvent()}/live`, upgrade],
  ['reviews', () => `/reviews/items/${newItem()}`],
  ['the best reviews', () => `/reviews/items/${newItem()}?sort=helpful`],
  ['a page of reviews', ({ item }) => `/reviews/items/${item}?cursor=${newCursor()}`],
  ['a summary', () => `/reviews/items/${newItem()}/summary`],
  ['comments', () => `/reviews/events/${newEvent()}/comments`],
  ['a page of comments', ({ event }) => `/reviews/events/${event}/comments?cursor=${newCursor()}`],
  ['replies', () => `/reviews/comments/${newComment()}/replies`],
  [
    'replies in an event',
    ({ event }) => `/reviews/comments/${newComment(eventIdSchema.parse(event))}/replies`,
  ],
];

describe.each(DIFFERENT)('%s that nobody asked for before', (_what, pathFor, headers = {}) => {
  it.each([false, true])('costs little, a hundred of them at once (signed in: %s)', async (is) => {
    const { eventId: event, itemId: item } = await makeEvent();
    const token = is ? (await makeShopper()).token : undefined;
    const ask = appWith(atOnce());
    const calls = await storeCallsOf(async () => {
      const asked = Array.from({ length: TIMES }, () =>
        ask(pathFor({ event, item }), askingWith(token, headers as Record<string, string>)),
      );
      const statuses = new Set((await Promise.all(asked)).map(({ status }) => status));
      // A refusal says when to come back; what is not there is just not there.
      for (const status of statuses) expect([200, 404, 503]).toContain(status);
    }, everyCall);
    expect(sumOf(calls)).toBeLessThanOrEqual(DIFFERENT_MAX);
  });
});

describe('a page', () => {
  it.each([
    ['of an event', (id: string) => `/events/${id}`],
    ['of an item', (id: string) => `/events/${id}/items/evi_${id.slice(4)}_1`],
  ])('%s that is not there costs little, a hundred at once', async (_what, pathFor) => {
    const ask = pagesWith(atOnce());
    const calls = await storeCallsOf(() =>
      Promise.all(Array.from({ length: TIMES }, () => ask(pathFor(newEvent())))),
    );
    expect(sumOf(calls)).toBeLessThanOrEqual(DIFFERENT_MAX);
  });

  it('that is there costs a read, however many look', async () => {
    const { eventId } = await makeEvent();
    const ask = pagesWith(atOnce());
    const looked = ['/', `/events/${eventId}`].flatMap((path) =>
      Array.from({ length: TIMES }, () => path),
    );
    const calls = await storeCallsOf(() => Promise.all(looked.map((path) => ask(path))));
    expect(sumOf(calls)).toBeLessThanOrEqual(ALIKE_MAX);
  });
});

describe('the recount of an event', () => {
  it('is made once a second, and whoever waits a second sees all before', async () => {
    const { eventId, eventItemId } = await makeEvent();
    const clock = { nowMs: Date.now() };
    const readCache = createReadCache({ nowMs: () => clock.nowMs, shares: true });
    const ask = appWith({ stores: { readCache }, logging: { log } });
    const held = async () => {
      const answer = await ask(`/events/${eventId}/integrity`);
      expect(answer.headers.get('Cache-Control')).toBe('no-store');
      return (await answer.json<{ items: { held: number }[] }>()).items[0]?.held;
    };
    expect(await held()).toBe(0);
    await hold(await makeShopper(), eventItemId);
    clock.nowMs += FRESH_MS - 1;
    const calls = await storeCallsOf(async () => expect(await held()).toBe(0));
    expect(sumOf(calls)).toBe(0);
    clock.nowMs += 1;
    expect(await held()).toBe(1);
  });
});

describe('whoever makes the shop search', () => {
  it('too often is refused by address, and is given what is kept all the same', async () => {
    const { eventId } = await makeEvent();
    const refused = new Set(['reads 203.0.113.7']);
    const purchase = async (key: string) => !refused.has(key);
    const ask = appWith({ logging: { log }, limits: { purchase } });
    const statusOf = async (path: string, address: string) =>
      (await ask(path, askingWith(undefined, { 'CF-Connecting-IP': address }))).status;
    expect(await statusOf('/events?q=lamp', '203.0.113.7')).toBe(429);
    expect(await statusOf(`/events/${eventId}/integrity`, '203.0.113.7')).toBe(429);
    expect(await statusOf('/events?q=lamp', '198.51.100.7')).toBe(200);
    expect(await statusOf('/events?q=lamp', '203.0.113.7')).toBe(200);
    expect(await statusOf('/events', '203.0.113.7')).toBe(200);
  });
});
