/** Pictures as browsers fetch them, past the platform's cache and from it. */
import { exports } from 'cloudflare:workers';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { RenderPicture } from '../../pictures/render.ts';
import { Fault } from '../../platform/faults.ts';
import type { PictureStore } from '../../stores/pictures/picture-store.ts';
import { makeAdmin } from '../../testing/admin.ts';
import { callsTo, depsWith } from '../../testing/apps.ts';
import { anew, bucket, pictureNamed, uploaded } from '../../testing/pictures.ts';
import { deps } from '../../testing/shop.ts';
import { storeCallsOf } from '../../testing/store-calls.ts';

let url: string;
let name: string;

beforeAll(async () => {
  ({ url, name } = await uploaded(await makeAdmin(), anew(pictureNamed('large'))));
});

function fails(): Promise<never> {
  return Promise.reject(new Fault('no answer', { retryable: true }));
}

function fetched(path: string, init?: RequestInit): Promise<Response> {
  return exports.default.fetch(new Request(`https://shop.example${path}`, init));
}

describe('a picture', () => {
  it('is served as what it is, for good, and to whoever shows it', async () => {
    for (const path of [url, `/pictures/400/${name}`, `/pictures/800/${name}`]) {
      const answer = await fetched(path);
      expect(answer.status).toBe(200);
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'content-type': 'image/webp',
        'cache-control': 'public, max-age=31536000, immutable',
        'cross-origin-resource-policy': 'cross-origin',
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
        etag: expect.stringMatching(/^(W\/)?"[^"]+"$/),
      });
      const kept = await bucket.get(path.replace('/pictures/', ''));
      expect(await answer.bytes()).toEqual(await kept?.bytes());
    }
  });

  it('is not sent again to whoever has it, and HEAD says the same as GET', async () => {
    const tag = (await fetched(url)).headers.get('ETag') ?? '';
    const again = await fetched(url, { headers: { 'If-None-Match': tag } });
    expect([again.status, (await again.bytes()).length]).toEqual([304, 0]);
    expect(again.headers.get('Cache-Control')).toContain('immutable');
    const head = await fetched(url, { method: 'HEAD' });
    expect([head.status, (await head.bytes()).length]).toEqual([200, 0]);
    expect(head.headers.get('ETag')).toBe(tag);
  });

  it('costs no database, and the store one read however often it is asked for', async () => {
    const { store } = deps.pictures;
    if (store === undefined) throw new Error('the tests have a store');
    const read = vi.fn<PictureStore['read']>(store.read);
    const kept = new Map<string, Response>();
    const cache = {
      match: async (key: string) => kept.get(key)?.clone(),
      put: async (key: string, answer: Response) => {
        kept.set(key, new Response(await answer.bytes(), answer));
      },
    };
    const ask = callsTo(depsWith({ pictures: { store: { ...store, read }, cache } }));
    const asked = async () => {
      for (let n = 0; n < 5; n++) {
        expect((await ask(`${url}?n=${n}`)).status).toBe(200);
        await vi.waitFor(() => expect(kept.size).toBe(1));
      }
    };
    expect((await storeCallsOf(asked)).statements).toBe(0);
    expect(read).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['a width that is not kept', () => `/pictures/500/${name}`],
    ['its own width, which needs none', () => `/pictures/1000/${name}`],
    ['a width that it does not reach', () => `/pictures/1600/${name}`],
    ['an empty width', () => `/pictures//${name}`],
    ['another size in its name', () => url.replace('1000x750', '1000x751')],
    ['no name', () => '/pictures/lamp.webp'],
    ['a way out of its folder', () => '/pictures/..%2F400%2Fx'],
    [
      'one that nobody uploaded',
      () => `/pictures/${name.replace(/^pic_./, (id) => (id === 'pic_0' ? 'pic_1' : 'pic_0'))}`,
    ],
  ])('is not found by %s, and nothing is computed for it', async (_what, pathOf) => {
    const rendered = vi.fn<RenderPicture>(deps.pictures.render);
    const ask = callsTo(depsWith({ pictures: { render: rendered } }));
    expect((await ask(pathOf())).status).toBe(404);
    expect(rendered).not.toHaveBeenCalled();
  });

  it('is not looked up where its name cannot be one', async () => {
    const { store } = deps.pictures;
    if (store === undefined) throw new Error('the tests have a store');
    const read = vi.fn<PictureStore['read']>(store.read);
    const ask = callsTo(depsWith({ pictures: { store: { ...store, read } } }));
    for (const path of ['/pictures/lamp.webp', `/pictures/401/${name}`, '/pictures/%00']) {
      expect((await ask(path)).status).toBe(404);
    }
    expect(read).not.toHaveBeenCalled();
  });

  it('of a store that is away is unavailable, and of a shop without one not found', async () => {
    const { store } = deps.pictures;
    if (store === undefined) throw new Error('the tests have a store');
    const cache = undefined;
    const away = callsTo(depsWith({ pictures: { store: { ...store, read: fails }, cache } }));
    expect((await away(url)).status).toBe(503);
    const bare = callsTo(depsWith({ pictures: { store: undefined, cache } }));
    expect((await bare(url)).status).toBe(404);
  });

  it('takes no other method', async () => {
    const answer = await fetched(url, { method: 'POST' });
    expect([answer.status, answer.headers.get('Allow')]).toEqual([405, 'GET, HEAD, OPTIONS']);
  });
});
