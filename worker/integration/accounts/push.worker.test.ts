/** Notifications over HTTP: a device is switched on and off, and what becomes of it with its login. */
import { expect, it } from 'vitest';
import { isOfService, pushOf } from '../../config/push-variables.ts';
import type { OwnData } from '../../contract/own-data.ts';
import type { OwnPush, PushSubscriptionInput } from '../../contract/push.ts';
import { sendPush } from '../../outbox/push/send-push.ts';
import {
  type Device,
  deviceOf,
  expectProblem,
  PASSWORD,
  signIn,
  signUp,
} from '../../testing/accounts.ts';
import { appWith } from '../../testing/apps.ts';
import { hold, settle } from '../../testing/purchases.ts';
import { newDevice } from '../../testing/push-service.ts';
import { enter } from '../../testing/queue.ts';
import { call, deps, makeEvent, makeShopper, type Shopper } from '../../testing/shop.ts';

const SERVICES = ['*.push.services.mozilla.com', 'fcm.googleapis.com'];
const PUBLIC_KEY = `B${'a'.repeat(86)}`;

/** A shop that sends notifications, unlike the one of these tests. */
const telling = appWith({
  push: { publicKey: PUBLIC_KEY, takes: (endpoint) => isOfService(endpoint, SERVICES) },
});

function newSubscription(host = 'fcm.googleapis.com'): PushSubscriptionInput {
  const endpoint = `https://${host}/fcm/send/${crypto.randomUUID()}`;
  return { endpoint, keys: { p256dh: PUBLIC_KEY, auth: 'a'.repeat(22) } };
}

function ask(device: Pick<Device, 'accessToken'>, method: string, body?: object) {
  const headers = {
    Authorization: `Bearer ${device.accessToken}`,
    'Content-Type': 'application/json',
  };
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  return telling('/profile/push', { method, headers, ...sent });
}

async function switchOn(device: Device, subscription = newSubscription()): Promise<string> {
  const answer = await ask(device, 'PUT', { subscription, language: 'en' });
  expect(answer.status).toBe(204);
  return subscription.endpoint;
}

async function endpointOf(device: Device): Promise<string | null> {
  const answer = await ask(device, 'GET');
  expect(answer.status).toBe(200);
  const { publicKey, endpoint } = await answer.json<OwnPush>();
  expect(publicKey).toBe(PUBLIC_KEY);
  return endpoint;
}

async function endpointsOf({ user }: Pick<Device, 'user'>): Promise<string[]> {
  const rows = await deps.stores.db.$client.query(
    'SELECT endpoint FROM push_subscriptions WHERE user_id = $1 ORDER BY endpoint',
    [user.id],
  );
  return rows.map(({ endpoint }) => String(endpoint));
}

it('a device is switched on and off, again and again, and knows how it stands', async () => {
  const device = await signUp();
  expect(await endpointOf(device)).toBeNull();
  const subscription = newSubscription();
  for (let n = 0; n < 2; n++) await switchOn(device, subscription);
  expect(await endpointOf(device)).toBe(subscription.endpoint);
  const other = await switchOn(device);
  expect(await endpointsOf(device)).toEqual([other]);
  for (let n = 0; n < 2; n++) expect((await ask(device, 'DELETE')).status).toBe(204);
  expect(await endpointOf(device)).toBeNull();
});

it('no address is taken that is none of a push service', async () => {
  const device = await signUp();
  for (const endpoint of [
    'https://shop.example/push',
    'https://fcm.googleapis.com.evil.example/push',
    'https://push.services.mozilla.com/push',
    'https://fcm.googleapis.com:8443/push',
    'https://user@fcm.googleapis.com/push',
    'http://fcm.googleapis.com/push',
    'http://127.0.0.1:9/push',
  ]) {
    const subscription = { ...newSubscription(), endpoint };
    const answer = await ask(device, 'PUT', { subscription, language: 'en' });
    await expectProblem(answer, 422, 'push_service_unknown');
  }
  const subscription = { ...newSubscription(), endpoint: 'ftp://fcm.googleapis.com/push' };
  const answer = await ask(device, 'PUT', { subscription, language: 'en' });
  await expectProblem(answer, 400, 'malformed');
  await switchOn(device, newSubscription('updates.push.services.mozilla.com'));
});

it('a shop without a key says so, and takes no device', async () => {
  const { accessToken: token } = await signUp();
  const answer = await call('GET', '/profile/push', { token });
  expect(await answer.json<OwnPush>()).toEqual({ publicKey: null, endpoint: null });
  const body = { subscription: newSubscription(), language: 'en' };
  await expectProblem(await call('PUT', '/profile/push', { token, body }), 503, 'push_unavailable');
});

it('only who uses a device now is told on it', async () => {
  const [before, now] = [await signUp(), await signUp()];
  const subscription = newSubscription();
  await switchOn(before, subscription);
  await switchOn(now, subscription);
  expect(await endpointsOf(before)).toEqual([]);
  expect(await endpointOf(now)).toBe(subscription.endpoint);
});

it('a device that is signed out is told no more, and the others are', async () => {
  const first = await signUp();
  const second = await deviceOf(await signIn(first.user.email));
  const kept = await switchOn(first);
  await switchOn(second);
  expect(await endpointsOf(first)).toHaveLength(2);
  const [headers, body] = [{ Cookie: second.cookie }, { everywhere: false }];
  const { accessToken: token } = second;
  expect((await call('POST', '/auth/logout', { token, headers, body })).status).toBe(204);
  expect(await endpointsOf(first)).toEqual([kept]);
});

it('a device is part of what its owner takes away, and is erased with the account', async () => {
  const device = await signUp();
  const { accessToken: token } = device;
  const endpoint = await switchOn(device);
  const data = await (await call('GET', '/profile/data', { token })).json<OwnData>();
  expect(data.devices).toEqual([{ endpoint, language: 'en', createdAt: expect.any(String) }]);
  const body = { password: PASSWORD };
  expect((await call('DELETE', '/profile', { token, body })).status).toBe(204);
  expect(await endpointsOf(device)).toEqual([]);
});

it('each device of whoever is offered what they wait for gets a row in the outbox', async () => {
  const { eventItemId } = await makeEvent({ stock: 1, holdSeconds: 300 });
  const [holder, device] = [await makeShopper(), await signUp()];
  const order = await hold(holder, eventItemId);
  const waiter: Shopper = { user: device.user, token: device.accessToken };
  const entry = await enter(waiter, eventItemId);
  await switchOn(device);
  expect((await settle(holder, order, 'cancel')).status).toBe(200);
  const rows = await deps.stores.db.$client.query(
    `SELECT o.kind, o.priority, o.drop_after = r.expires_at AS in_time, o.due_at <= now() AS due,
            o.payload ->> 'orderId' = r.id AS named,
            o.payload -> 'subscriptionId' IS NOT DISTINCT FROM to_jsonb(p.id) AS told
       FROM outbox o JOIN orders r ON r.entry_id = $1
       JOIN push_subscriptions p ON p.user_id = o.user_id
      WHERE o.user_id = $2 AND o.kind LIKE '%.your_turn' ORDER BY o.kind`,
    [entry.id, device.user.id],
  );
  const told = { in_time: true, due: true, named: true };
  expect(rows).toMatchObject([
    { kind: 'mail.your_turn', ...told, priority: 1 },
    { kind: 'push.your_turn', ...told, priority: 0, told: true },
  ]);
});

it('what the shop’s own runtime encrypts is read by the device', async () => {
  const device = newDevice('https://fcm.googleapis.com');
  const { endpoint, keys } = device.subscription;
  const VAPID_PRIVATE_KEY = 'Ckl0cyBhIGtleSBvZiBhIHRlc3QsIG5vdCBhIHNlY3I';
  const PUBLIC_URL = 'https://shop.example';
  const config = pushOf({ VAPID_PRIVATE_KEY, PUSH_SERVICES: SERVICES, PUBLIC_URL });
  if (config === undefined) throw new Error('no configuration');
  const bodies: Uint8Array[] = [];
  const send = async (url: string, init: RequestInit) => {
    const request = new Request(url, init);
    bodies.push(new Uint8Array(await request.arrayBuffer()));
    return new Response(null, { status: 201 });
  };
  const nowMs = Date.now();
  const ports = { config, fetch: send, nowMs: () => nowMs };
  const text = { title: 'Für dich: Lampe', body: 'Bis 18:00 Uhr', url: '/events/x', tag: 'x' };
  const message = { kind: 'your_turn', ...text } as const;
  const sent = await sendPush(
    ports,
    { endpoint, ...keys, language: 'de' },
    { message, untilMs: nowMs + 60_000 },
  );
  expect(sent).toEqual({ kind: 'done' });
  const [body = new Uint8Array()] = bodies;
  expect(device.read({ path: '', headers: {}, body })).toEqual(message);
});
