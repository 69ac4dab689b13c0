/** The shop where MongoDB is away, slow or not there at all: it sells on. */
import { describe, expect, it } from 'vitest';
import type { ReviewSummary } from '../../contract/reviews.ts';
import type { Deps } from '../../deps/deps.ts';
import { AGE_MS_MAX, createReadCache } from '../../stores/cache/read-cache.ts';
import { createBreaker, FAILURES_MAX, OPEN_MS } from '../../stores/documents/breaker.ts';
import { createDataApiClient } from '../../stores/documents/data-api-client.ts';
import { appWith } from '../../testing/apps.ts';
import { deps, makeEvent, makeShopper, shopEnv } from '../../testing/shop.ts';
import { wire } from '../../wiring.ts';

/** Long enough for a call to be seen hanging. */
const TIMEOUT_MS = 20;

/** A network that takes requests and never answers, until it is mended. */
function blackHole() {
  const world = { asked: 0, mended: false, nowMs: 1_000_000 };
  const { guard } = createBreaker({ nowMs: () => world.nowMs });
  const fetcher = guard((_url, { signal }) => {
    world.asked++;
    if (world.mended) return Promise.resolve(Response.json({ documents: [] }));
    return new Promise((_resolve, reject) => {
      signal?.addEventListener('abort', () => reject(new Error('no answer in time')));
    });
  });
  const documents = createDataApiClient({
    fetcher: { fetch: fetcher },
    baseUrl: 'https://data.example',
    apiKey: 'k',
    dataSource: 'mongodb-atlas',
    database: 'swiftdrop',
    timeoutMs: TIMEOUT_MS,
  });
  return { world, documents };
}

async function expectUnavailable(answer: Promise<Response>): Promise<void> {
  const response = await answer;
  expect(await response.json()).toMatchObject({ status: 503, code: 'unavailable' });
  expect(Number(response.headers.get('Retry-After'))).toBeGreaterThan(0);
}

/** Those of the real wiring, with other variables. */
function storesWith(variables: Record<string, string>): Deps['stores'] {
  return wire({ ...shopEnv, ...variables }).stores;
}

async function countOf(answer: Response): Promise<number> {
  return (await answer.json<ReviewSummary>()).count;
}

const quiet = { logging: { log: () => undefined } };

describe('where MongoDB does not answer', () => {
  it('reviews say so, soon without asking it, and purchases go on', async () => {
    const { world, documents } = blackHole();
    const call = appWith({ stores: { documents }, ...quiet });
    const { eventItemId, itemId, eventId } = await makeEvent();
    const { token } = await makeShopper();
    const Authorization = `Bearer ${token}`;
    const headers = { Authorization, 'Content-Type': 'application/json' };

    for (let n = 0; n < FAILURES_MAX; n++)
      await expectUnavailable(call(`/reviews/items/${itemId}`));
    expect(world.asked).toBe(FAILURES_MAX);
    const post = { method: 'POST', headers };
    const comment = { ...post, body: JSON.stringify({ body: 'Hello' }) };
    await expectUnavailable(call(`/reviews/items/${itemId}/summary`));
    await expectUnavailable(call(`/reviews/items/${itemId}`, { ...post, body: '{"rating":5}' }));
    await expectUnavailable(call(`/reviews/events/${eventId}/comments`));
    await expectUnavailable(call(`/reviews/events/${eventId}/comments`, comment));
    expect(world.asked).toBe(FAILURES_MAX);

    expect((await call(`/purchase/${eventItemId}`, { ...post, body: '{}' })).status).toBe(201);
    expect((await call(`/events/${eventId}`)).status).toBe(200);

    world.mended = true;
    world.nowMs += OPEN_MS;
    expect((await call(`/reviews/items/${itemId}/summary`)).status).toBe(200);
  });

  it('or is not there at all, reviews say so too', async () => {
    const { documents } = storesWith({ DATA_API_URL: 'http://127.0.0.1:1/data/v1' });
    const call = appWith({ stores: { documents }, ...quiet });
    const { itemId } = await makeEvent();
    await expectUnavailable(call(`/reviews/items/${itemId}`));
  });
});

it('a shop without MongoDB says that it has no reviews, and sells', async () => {
  const { documents } = storesWith({ DATA_API_URL: '', DATA_API_KEY: '' });
  expect(documents).toBeUndefined();
  const call = appWith({ stores: { documents } });
  const { eventItemId, itemId } = await makeEvent();
  await expectUnavailable(call(`/reviews/items/${itemId}`));
  const { token } = await makeShopper();
  const headers = { Authorization: `Bearer ${token}` };
  const bought = await call(`/purchase/${eventItemId}`, { method: 'POST', headers });
  expect(bought.status).toBe(201);
});

it('who is not signed in is answered out of what was read a moment ago, an author never', async () => {
  let nowMs = deps.platform.nowMs();
  const readCache = createReadCache({ nowMs: () => nowMs, shares: false });
  const call = appWith({ stores: { readCache } });
  const { itemId } = await makeEvent();
  const { token } = await makeShopper();
  const Authorization = `Bearer ${token}`;
  const path = `/reviews/items/${itemId}/summary`;

  const before = await call(path);
  expect(before.headers.get('Cache-Control')).toContain('public, max-age=1');
  expect(before.headers.get('Vary')).toContain('Authorization');
  expect(await countOf(before)).toBe(0);
  const headers = { Authorization, 'Content-Type': 'application/json' };
  const body = '{"rating":5}';
  await call(`/reviews/items/${itemId}`, { method: 'POST', headers, body });
  expect(await countOf(await call(path))).toBe(0);
  const own = await call(path, { headers: { Authorization } });
  expect(own.headers.get('Cache-Control')).toBe('no-store');
  expect(await countOf(own)).toBe(1);
  // A token that is none makes nobody another reader.
  expect(await countOf(await call(path, { headers: { Authorization: 'Bearer a.b.c' } }))).toBe(0);
  nowMs += AGE_MS_MAX;
  expect(await countOf(await call(path))).toBe(1);
});
