/** An event's viewers: what they are sent, how often, and who is let in. */
import { evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import type { EventId } from '../../contract/ids.ts';
import type { Comment } from '../../contract/reviews.ts';
import type { LiveObject } from '../../live/object/live-object.ts';
import { PINGS_MAX, SILENT_MS_MAX } from '../../live/rules/heartbeat.ts';
import {
  SHARD_FULL,
  SHARDS,
  SOCKETS_PER_ADDRESS_MAX,
  SOCKETS_PER_SHARD_MAX,
  shardName,
} from '../../live/rules/shards.ts';
import { appWith } from '../../testing/apps.ts';
import { hold, settle } from '../../testing/purchases.ts';
import {
  call,
  makeEvent,
  makeShopper,
  makeShoppers,
  readEvent,
  shopEnv,
} from '../../testing/shop.ts';
import { storeCallsOf } from '../../testing/store-calls.ts';
import { UPGRADE, watch } from '../../testing/viewers.ts';

const from = (Origin: string) => ({ headers: { ...UPGRADE, Origin } });

function shardsOf(eventId: EventId): DurableObjectStub<LiveObject>[] {
  return Array.from({ length: SHARDS }, (_, shard) =>
    shopEnv.LIVE.getByName(shardName(eventId, shard)),
  );
}

/** Puts those of an event's objects to sleep that hold a socket. */
async function sleep(eventId: EventId): Promise<void> {
  for (const shard of shardsOf(eventId)) {
    if ((await countIn(shard)) > 0) await evictDurableObject(shard);
  }
}

describe('a viewer', () => {
  it('sees the stock at once, and each purchase soon', async () => {
    const { eventId, eventItemId } = await makeEvent({ stock: 3 });
    const { last, until } = await watch(eventId);
    await until(() => last() !== undefined);
    expect(last()).toMatchObject({
      status: 'live',
      items: [{ id: eventItemId, total: 3, remaining: 3, nextReleaseAtMs: null }],
    });
    const shopper = await makeShopper();
    const order = await hold(shopper, eventItemId);
    await until(() => last()?.items[0]?.held === 1);
    expect(last()?.items[0]?.nextReleaseAtMs).toBe(Date.parse(order.expiresAt));
    await settle(shopper, order, 'confirm');
    await until(() => last()?.items[0]?.sold === 1);
  });

  it('is sent a few messages for a hundred purchases, the last of them true', async () => {
    const { eventId, eventItemId } = await makeEvent({ stock: 100 });
    const { seen, last, until } = await watch(eventId);
    const shoppers = await makeShoppers(100);
    const startedAtMs = Date.now();
    await Promise.all(shoppers.map((shopper) => hold(shopper, eventItemId)));
    await until(() => last()?.status === 'sold_out');
    const seconds = (Date.now() - startedAtMs) / 1_000;
    expect(seen.length).toBeLessThanOrEqual(3 + 5 * seconds);
    expect(last()?.items[0]).toMatchObject((await readEvent(eventId)).items[0]?.stock ?? {});
    const seqs = seen.map(({ seq }) => seq);
    expect(seqs).toEqual([...new Set(seqs)].toSorted((a, b) => a - b));
  });

  it('sees what an admin does to the sale', async () => {
    const { eventId, eventItemId } = await makeEvent({ stock: 3 });
    const { last, until } = await watch(eventId);
    const { token } = await makeShopper('admin');
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
    const ask = appWith({});
    const body = JSON.stringify({ total: 7 });
    await ask(`/admin/events/${eventId}/items/${eventItemId}/stock`, {
      method: 'PUT',
      headers: { ...headers, 'Content-Length': String(body.length) },
      body,
    });
    await until(() => last()?.items[0]?.total === 7);
    await ask(`/admin/events/${eventId}/close`, { method: 'POST', headers });
    await until(() => last()?.status === 'closed');
    expect(last()?.items[0]?.remaining).toBe(7);
  });

  it('sees units come back at once whose holder was deactivated', async () => {
    const { eventId, eventItemId } = await makeEvent({ stock: 3, holdSeconds: 1_800 });
    const { last, until } = await watch(eventId);
    const [{ user, token }, admin] = [await makeShopper(), await makeShopper('admin')];
    await hold({ user, token }, eventItemId);
    await until(() => last()?.items[0]?.held === 1);
    await call('POST', `/admin/users/${user.id}/deactivate`, { token: admin.token });
    await until(() => last()?.items[0]?.held === 0);
    expect(last()?.items[0]).toMatchObject({ remaining: 3, nextReleaseAtMs: null });
  });

  it('is sent a note of the discussion, whatever is done to a comment', async () => {
    const { eventId } = await makeEvent();
    const { discussed, until } = await watch(eventId);
    const [{ token }, admin] = [await makeShopper(), await makeShopper('admin')];
    const write = (path: string, method = 'POST', by = token) =>
      call(method, path, { token: by, ...(method !== 'DELETE' && { body: { body: 'Loud?' } }) });
    const commented = await write(`/reviews/events/${eventId}/comments`);
    const { id } = await commented.json<Comment>();
    await until(() => discussed.length === 1);
    const steps = [
      () => write(`/reviews/comments/${id}/replies`),
      () => write(`/reviews/comments/${id}`, 'PUT'),
      () => call('POST', `/admin/comments/${id}/hide`, { token: admin.token }),
      () => write(`/reviews/comments/${id}`, 'DELETE'),
    ];
    for (const [n, step] of steps.entries()) {
      expect((await step()).ok).toBe(true);
      await until(() => discussed.length === n + 2);
    }
    const times = discussed.map(({ changedAtMs }) => changedAtMs);
    expect(times).toEqual([...new Set(times)].toSorted((a, b) => a - b));
  }, 30_000);

  it('keeps the socket, and the numbers continue, when the object has slept', async () => {
    const { eventId, eventItemId } = await makeEvent();
    const { seen, last, until } = await watch(eventId);
    await until(() => last() !== undefined);
    await sleep(eventId);
    await hold(await makeShopper(), eventItemId);
    await until(() => last()?.items[0]?.held === 1);
    expect(seen[1]?.seq).toBeGreaterThan(seen[0]?.seq ?? Number.POSITIVE_INFINITY);
    const late = await watch(eventId);
    await late.until(() => late.last() !== undefined);
    expect(late.seen[0]?.seq).toBeGreaterThanOrEqual(last()?.seq ?? Number.POSITIVE_INFINITY);
  }, 30_000);

  it('may ping, and is answered awake or asleep', async () => {
    const { eventId } = await makeEvent();
    const { socket, said, until } = await watch(eventId);
    socket.send('ping');
    await until(() => said.length === 1);
    await sleep(eventId);
    socket.send('ping');
    await until(() => said.length === 2);
    expect(said).toEqual(['pong', 'pong']);
  });

  it.each([
    ['a word', 'hello'],
    ['nothing', ''],
    ['almost a ping', 'ping '],
    ['bytes', Uint8Array.of(112, 105, 110, 103)],
    ['a book', 'x'.repeat(1_000_000)],
  ])('is sent away at the first message that is %s', async (_what, message) => {
    const { eventId } = await makeEvent();
    const { socket, said, closed } = await watch(eventId);
    socket.send(message);
    socket.send('ping');
    expect(await closed).toBe(1_008);
    expect(said).toEqual([]);
  });

  it('that closes is answered, awake or asleep, and counts no more', async () => {
    const { eventId } = await makeEvent();
    for (const isAsleep of [false, true]) {
      const { socket, closed } = await watch(eventId);
      if (isAsleep) await sleep(eventId);
      socket.close(1_000, 'goodbye');
      await closed;
      const counts = await Promise.all(shardsOf(eventId).map(countIn));
      expect(counts.reduce((sum, count) => sum + count)).toBe(0);
    }
  });

  it('is disconnected for a flood of pings, and nobody else with it', async () => {
    const { eventId } = await makeEvent();
    const [flood, other] = [await watch(eventId), await watch(eventId)];
    for (let n = 0; n < 100; n++) flood.socket.send('ping');
    expect(await flood.closed).toBe(1_008);
    expect(flood.said).toHaveLength(PINGS_MAX);
    other.socket.send('ping');
    await other.until(() => other.said.length === 1);
  });
});

describe('a handshake', () => {
  it('is refused for events that do not exist or are not published', async () => {
    const { eventId } = await makeEvent({ published: false });
    for (const id of [eventId, 'evt_000000000000']) {
      expect((await call('GET', `/events/${id}/live`, { headers: UPGRADE })).status).toBe(404);
    }
  });

  it('is refused to pages of other sites, but not to those that configuration names', async () => {
    const { eventId } = await makeEvent();
    const path = `/events/${eventId}/live`;
    expect((await call('GET', path, from('https://elsewhere.example'))).status).toBe(403);
    expect((await call('GET', path, from('https://shop.example'))).status).toBe(101);
    const ask = appWith({ site: { allowedOrigins: new Set(['https://partner.example']) } });
    expect((await ask(path, from('https://partner.example'))).status).toBe(101);
    expect((await ask(path, from('https://elsewhere.example'))).status).toBe(403);
  });

  it('must ask for a WebSocket', async () => {
    const { eventId } = await makeEvent();
    const answer = await call('GET', `/events/${eventId}/live`);
    expect(answer.status).toBe(426);
    expect(answer.headers.get('Upgrade')).toBe('websocket');
  });

  it('goes past an object that is full, and is refused where all are', async () => {
    const { eventId } = await makeEvent();
    const [full, ...others] = shardsOf(eventId);
    if (full === undefined) throw new Error('there is no shard');
    const viewers = await fill(full, Date.now());
    for (let n = 0; n < 2 * SHARDS; n++) await watch(eventId);
    const counts = await Promise.all(others.map(countIn));
    expect(counts.reduce((sum, count) => sum + count)).toBe(2 * SHARDS);
    expect(await countIn(full)).toBe(viewers.length);
    const answer = await full.fetch('https://shop.example/', { headers: UPGRADE });
    expect(answer.status).toBe(SHARD_FULL);
    const ask = appWith({
      live: { watch: async () => new Response(null, { status: SHARD_FULL }) },
    });
    const refused = await ask(`/events/${eventId}/live`, { headers: UPGRADE });
    expect(await refused.json()).toMatchObject({ status: 503, code: 'busy' });
    expect(refused.headers.get('Retry-After')).toBe('5');
  }, 60_000);

  it('makes a full object close the sockets that were silent for long', async () => {
    const { eventId } = await makeEvent();
    const [full] = shardsOf(eventId);
    if (full === undefined) throw new Error('there is no shard');
    const viewers = await fill(full, Date.now() - SILENT_MS_MAX - 1_000);
    const answer = await full.fetch('https://shop.example/', { headers: UPGRADE });
    expect(answer.status).toBe(SHARD_FULL);
    const open = await runInDurableObject(full, (_, state) =>
      state.getWebSockets().filter(({ readyState }) => readyState === WebSocket.OPEN),
    );
    expect(open).toEqual([]);
    expect(viewers).toHaveLength(SOCKETS_PER_SHARD_MAX);
  }, 60_000);

  it('is refused to an address that has its share, whatever key its sockets send', async () => {
    const { eventId } = await makeEvent();
    const handshakeFrom = (address: string, network?: string) =>
      call('GET', `/events/${eventId}/live`, {
        headers: {
          ...UPGRADE,
          'CF-Connecting-IP': address,
          'CF-Ray': '8f00f204e9800998-CDG',
          'Sec-WebSocket-Key': 'x3JJHMbDL1EzLkh9GBhXDw==',
          ...(network && { 'Viewer-Network': network }),
        },
      });
    const answers: Response[] = [];
    for (let n = 0; n < SHARDS * SOCKETS_PER_ADDRESS_MAX + 20; n++) {
      answers.push(await handshakeFrom('203.0.113.7', `198.51.100.${n % 250}`));
    }
    const refused = answers.filter(({ status }) => status !== 101);
    expect(refused.length).toBeGreaterThanOrEqual(20);
    for (const answer of refused) {
      expect(await answer.json()).toMatchObject({ status: 429, code: 'rate_limited' });
    }
    for (const shard of shardsOf(eventId)) {
      const count = await countIn(shard);
      expect(count).toBeGreaterThan(SOCKETS_PER_ADDRESS_MAX / 2);
      expect(count).toBeLessThanOrEqual(SOCKETS_PER_ADDRESS_MAX);
    }
    expect((await handshakeFrom('198.51.100.7')).status).toBe(101);
  }, 60_000);

  it('is counted by address before anything is read', async () => {
    const counted: string[] = [];
    const purchase = async (key: string) => {
      counted.push(key);
      return false;
    };
    const ask = appWith({ limits: { purchase } });
    const headers = { ...UPGRADE, 'CF-Connecting-IP': '203.0.113.7' };
    const calls = await storeCallsOf(async () => {
      const answer = await ask('/events/evt_000000000000/live', { headers });
      expect(answer.status).toBe(429);
    });
    expect(calls).toEqual({ statements: 0, documents: 0 });
    expect(counted).toEqual(['sockets 203.0.113.7']);
  });
});

function countIn(shard: DurableObjectStub<LiveObject>): Promise<number> {
  return runInDurableObject(shard, (_, state) => state.getWebSockets().length);
}

/** Takes all places of an object by sockets heard at this time, which live while they are held. */
async function fill(shard: DurableObjectStub<LiveObject>, heardAtMs: number): Promise<WebSocket[]> {
  const viewers: WebSocket[] = [];
  await runInDurableObject(shard, (_, state) => {
    while (viewers.length < SOCKETS_PER_SHARD_MAX) {
      const { 0: viewer, 1: server } = new WebSocketPair();
      viewers.push(viewer);
      state.acceptWebSocket(server);
      server.serializeAttachment(heardAtMs);
    }
  });
  return viewers;
}
