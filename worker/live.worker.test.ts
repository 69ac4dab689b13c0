/** An event's viewers: what they are sent, how often, and who is let in. */
import { evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import type { EventId } from './contract/ids.ts';
import { type LiveDiscussion, type LiveSnapshot, liveMessageSchema } from './contract/live.ts';
import type { Comment } from './contract/reviews.ts';
import type { LiveObject } from './live/live-object.ts';
import { SOCKETS_PER_SHARD_MAX, shardName } from './live/shards.ts';
import { appWith } from './testing/apps.ts';
import { hold, settle } from './testing/purchases.ts';
import { call, makeEvent, makeShopper, makeShoppers, readEvent, shopEnv } from './testing/shop.ts';

const UPGRADE = { Upgrade: 'websocket' };

const from = (Origin: string) => ({ headers: { ...UPGRADE, Origin } });

/** The object that sockets without a key of their own go to. */
function theShard(eventId: EventId): DurableObjectStub<LiveObject> {
  return shopEnv.LIVE.getByName(shardName(eventId, 0));
}

async function watch(eventId: EventId) {
  const answer = await call('GET', `/events/${eventId}/live`, { headers: UPGRADE });
  expect(answer.status).toBe(101);
  const socket = answer.webSocket;
  if (socket === null) throw new Error('there is no socket');
  const seen: LiveSnapshot[] = [];
  const discussed: LiveDiscussion[] = [];
  const said: string[] = [];
  let look: (() => void) | undefined;
  const closed = Promise.withResolvers<number>();
  socket.addEventListener('message', ({ data }) => {
    if (data === 'pong') said.push(data);
    else {
      const message = liveMessageSchema.parse(JSON.parse(String(data)));
      if (message.v === 1) seen.push(message);
      else discussed.push(message);
    }
    look?.();
  });
  socket.addEventListener('close', ({ code }) => closed.resolve(code));
  socket.accept();
  /** Waits until what was seen is as wanted. */
  const until = (isEnough: () => boolean) =>
    new Promise<void>((done) => {
      look = () => {
        if (isEnough()) done();
      };
      look();
    });
  const last = () => seen.at(-1);
  return { socket, seen, discussed, said, last, until, closed: closed.promise };
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

  it('is told that the discussion goes on, whatever is done to a comment', async () => {
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

  it('keeps the socket, and the numbers go on, when the object has slept', async () => {
    const { eventId, eventItemId } = await makeEvent();
    const { seen, last, until } = await watch(eventId);
    await until(() => last() !== undefined);
    await evictDurableObject(theShard(eventId));
    await hold(await makeShopper(), eventItemId);
    await until(() => last()?.items[0]?.held === 1);
    expect(seen[1]?.seq).toBeGreaterThan(seen[0]?.seq ?? Number.POSITIVE_INFINITY);
    const late = await watch(eventId);
    await late.until(() => late.last() !== undefined);
    expect(late.seen[0]?.seq).toBeGreaterThanOrEqual(last()?.seq ?? Number.POSITIVE_INFINITY);
  }, 30_000);

  it('may ask whether the server is there, and is sent away with more to say', async () => {
    const { eventId } = await makeEvent();
    const { socket, said, until, closed } = await watch(eventId);
    socket.send('ping');
    await until(() => said.length === 1);
    socket.send('x'.repeat(65));
    expect(await closed).toBe(1_008);
  });
});

describe('the door', () => {
  it('is shut for events that are not there or not published', async () => {
    const { eventId } = await makeEvent({ published: false });
    for (const id of [eventId, 'evt_000000000000']) {
      expect((await call('GET', `/events/${id}/live`, { headers: UPGRADE })).status).toBe(404);
    }
  });

  it('is shut for pages of other sites, and open for those that configuration names', async () => {
    const { eventId } = await makeEvent();
    const path = `/events/${eventId}/live`;
    expect((await call('GET', path, from('https://elsewhere.example'))).status).toBe(403);
    expect((await call('GET', path, from('https://shop.example'))).status).toBe(101);
    const ask = appWith({ allowedOrigins: new Set(['https://partner.example']) });
    expect((await ask(path, from('https://partner.example'))).status).toBe(101);
    expect((await ask(path, from('https://elsewhere.example'))).status).toBe(403);
  });

  it('wants a WebSocket', async () => {
    const { eventId } = await makeEvent();
    const answer = await call('GET', `/events/${eventId}/live`);
    expect(answer.status).toBe(426);
    expect(answer.headers.get('Upgrade')).toBe('websocket');
  });

  it('turns away whom the object has no room for', async () => {
    const { eventId } = await makeEvent();
    const viewers: WebSocket[] = [];
    await runInDurableObject(theShard(eventId), (_, state) => {
      while (viewers.length < SOCKETS_PER_SHARD_MAX) {
        const { 0: viewer, 1: server } = new WebSocketPair();
        viewers.push(viewer);
        state.acceptWebSocket(server);
      }
    });
    const answer = await call('GET', `/events/${eventId}/live`, { headers: UPGRADE });
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ code: 'busy' });
    expect(viewers).toHaveLength(SOCKETS_PER_SHARD_MAX);
  });
});
