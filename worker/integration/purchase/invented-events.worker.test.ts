/** Ids of events that there are not: nothing that is asked of them makes an object, or costs much. */
import { listDurableObjectIds } from 'cloudflare:test';
import { exports } from 'cloudflare:workers';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  type EventId,
  isMadeWith,
  makeCommentId,
  makeEventId,
  makeOrderId,
} from '../../contract/ids.ts';
import { hold, settle } from '../../testing/purchases.ts';
import {
  call,
  deps,
  makeEvent,
  makeItem,
  makeShopper,
  makeShoppers,
  type Shopper,
  shopEnv,
} from '../../testing/shop.ts';
import { storeCallsOf } from '../../testing/store-calls.ts';
import { wire } from '../../wiring.ts';

const { fillRandom } = deps.platform;
const TIMES = 200;
/** Few enough that the database of the tests keeps up. */
const AT_ONCE = 20;

async function objects(): Promise<number> {
  const [sales, live] = await Promise.all([
    listDurableObjectIds(shopEnv.SALES),
    listDurableObjectIds(shopEnv.LIVE),
  ]);
  return sales.length + live.length;
}

/** Every way to say what an event is called. */
const INVENTED: [string, () => EventId][] = [
  ['at random', () => makeEventId(fillRandom)],
  ['with another key', () => makeEventId(fillRandom, (text) => new TextEncoder().encode(text))],
  ['as one of ours with a character changed', changed],
];

function changed(): EventId {
  const id = makeEventId(fillRandom, deps.sale.eventDigest);
  return (id.slice(0, -1) + (id.endsWith('0') ? '1' : '0')) as EventId;
}

/** Enough, and new ones for each test, that none of them is refused for trying too often. */
let shoppers: Shopper[];

beforeEach(async () => {
  shoppers = await makeShoppers(TIMES / 10);
});

/** Of an answer that is not held against the description: there are thousands. */
async function statusOf(
  method: string,
  path: string,
  { token, body }: { token: string | undefined; body: unknown },
): Promise<number> {
  const headers = new Headers({ Authorization: `Bearer ${token}` });
  if (path.endsWith('/live')) headers.set('Upgrade', 'websocket');
  if (body !== undefined) headers.set('Content-Type', 'application/json');
  const sent = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
  const url = `https://shop.example/api/v1${path}`;
  const answer = await exports.default.fetch(new Request(url, sent));
  await answer.text();
  return answer.status;
}

describe.each(INVENTED)('events invented %s', (_how, invent) => {
  const asks: [string, (id: EventId) => [method: string, path: string, body?: unknown]][] = [
    ['reserving', (id) => ['POST', `/purchase/evi_${id.slice(4)}_1`]],
    ['confirming', (id) => ['POST', `/purchase/${orderOf(id)}/confirm`]],
    ['cancelling', (id) => ['POST', `/purchase/${orderOf(id)}/cancel`]],
    ['watching', (id) => ['GET', `/events/${id}/live`]],
    ['noting', (id) => ['GET', `/events/${id}/calendar.ics`]],
    ['commenting', (id) => ['POST', `/reviews/events/${id}/comments`, { body: 'Loud?' }]],
    ['replying', (id) => ['POST', `/reviews/comments/${commentOf(id)}/replies`, { body: 'Yes' }]],
  ];

  it.each(asks)('%s makes no object', async (_what, ask) => {
    const before = await objects();
    const statuses: number[] = [];
    while (statuses.length < TIMES) {
      const asking = Array.from({ length: AT_ONCE }, async (_, n) => {
        const [method, path, body] = ask(invent());
        const { token } = shoppers[n % shoppers.length] ?? {};
        return statusOf(method, path, { token, body });
      });
      statuses.push(...(await Promise.all(asking)));
    }
    for (const status of new Set(statuses)) expect([404, 503]).toContain(status);
    expect(statuses).toContain(404);
    expect(await objects()).toBe(before);
  });
});

function orderOf(id: EventId): string {
  return makeOrderId(id, deps.platform.nowMs(), fillRandom);
}

function commentOf(id: EventId): string {
  return makeCommentId(id, fillRandom(new Uint8Array(32)));
}

describe('an event', () => {
  it('from before there was a key still sells, and is looked up once', async () => {
    const eventId = makeEventId(fillRandom);
    const { eventItemId } = await makeEvent({ eventId });
    const shopper = await makeShopper();
    const order = await hold(shopper, eventItemId);
    const confirmed = await settle(shopper, order, 'confirm');
    expect(confirmed.status).toBe(200);
    const other = await makeShopper();
    const calls = await storeCallsOf(
      () => hold(other, eventItemId),
      (body) => body.includes(eventId),
    );
    expect(calls.statements).toBe(1);
  });

  it('that an admin makes has the key in its id, and sells without a look-up', async () => {
    const { token } = await makeShopper('admin');
    const item = { itemId: await makeItem(), priceCents: 100, stock: 5, limitPerCustomer: 1 };
    const body = {
      title: 'A sale',
      currency: 'EUR',
      startsAt: new Date(Date.now() + 60_000).toISOString(),
      endsAt: new Date(Date.now() + 120_000).toISOString(),
      published: true,
      items: [item],
    };
    const made = await call('POST', '/admin/events', { token, body });
    expect(made.status).toBe(201);
    const { id } = await made.json<{ id: EventId }>();
    expect(deps.sale.eventDigest && isMadeWith(deps.sale.eventDigest, id)).toBe(true);
    const calls = await storeCallsOf(async () =>
      expect(deps.stores.known.events.has(id)).toBe(true),
    );
    expect(calls.statements).toBe(0);
  });

  it('sells where the shop has no key yet, or another one than it had', async () => {
    const { eventId, eventItemId } = await makeEvent();
    for (const EVENT_ID_SECRET of ['', 'a key that this shop has never had before']) {
      const { attempt } = wire({ ...shopEnv, EVENT_ID_SECRET } as never).sale;
      const { user } = await makeShopper();
      const who = { customerId: user.id, sessionEpoch: 0, key: null };
      const reserve = { kind: 'reserve', eventItemId, quantity: 1, ...who } as const;
      expect(await attempt(eventId, reserve)).toMatchObject({ ok: true });
    }
  });
});

describe('a customer who hammers', () => {
  it('gets no further than the edge beyond a known rate', async () => {
    const called: string[] = [];
    const answers = { answers: [{ ok: false, refusal: { code: 'closed' }, nowMs: 0 }] };
    const SALES = {
      getByName: (name: string) => ({
        attempt: async () => {
          called.push(name);
          return answers;
        },
      }),
    };
    const { attempt } = wire({ ...shopEnv, SALES } as never).sale;
    const { eventId, eventItemId } = await makeEvent();
    const { user } = await makeShopper();
    const who = { customerId: user.id, sessionEpoch: 0, key: null };
    const startedAtMs = Date.now();
    const outcomes = await Promise.all(
      Array.from({ length: TIMES }, () =>
        attempt(eventId, { kind: 'reserve', eventItemId, quantity: 1, ...who }),
      ),
    );
    const seconds = (Date.now() - startedAtMs) / 1_000;
    expect(called.length).toBeLessThanOrEqual(20 + 10 * Math.ceil(seconds));
    const refused = outcomes.filter((one) => !one.ok && one.refusal.code === 'rate_limited');
    expect(refused).toHaveLength(TIMES - called.length);
  });
});
