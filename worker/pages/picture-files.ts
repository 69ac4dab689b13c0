/**
 * The uploaded pictures. A picture's name says what it is, and never means another one, so whoever has it may
 * keep it for good. No database is read for it, and what is no name of a size that is kept is looked up nowhere.
 */
import { type Context, Hono } from 'hono';
import { etag } from 'hono/etag';
import { keptWidths, namedPicture } from '../contract/pictures.ts';
import type { Needs } from '../deps/deps.ts';
import { HttpProblem } from '../http/problem.ts';

const KEPT = 'public, max-age=31536000, immutable';

type Needed = Needs<{ pictures: 'store' | 'cache' }>;

export function pictureFiles(deps: Needed) {
  return new Hono()
    .use('/pictures/*', etag())
    .get('/pictures/:name', (c) => answer(c, deps, c.req.param('name')))
    .get('/pictures/:width/:name', (c) => {
      const { width, name } = c.req.param();
      const sizes = keptWidths(namedPicture(name)?.width ?? 0).slice(0, -1);
      if (!sizes.map(String).includes(width)) throw new HttpProblem('not_found');
      return answer(c, deps, `${width}/${name}`);
    });
}

async function answer(c: Context, { pictures }: Needed, name: string): Promise<Response> {
  const { store, cache } = pictures;
  const isName = namedPicture(name.split('/').at(-1) ?? '') !== null;
  if (store === undefined || !isName) throw new HttpProblem('not_found');
  const key = new URL(`/pictures/${name}`, c.req.url).href;
  const cached = await cache?.match(key);
  if (cached !== undefined) return new Response(cached.body, cached);
  const found = await store.read(name);
  if (found === undefined) throw new HttpProblem('not_found');
  const response = new Response(found.body, {
    headers: {
      'Content-Type': 'image/webp',
      'Content-Length': String(found.bytes),
      'Cache-Control': KEPT,
      ETag: found.etag,
      // Shown by whoever links to the shop.
      'Cross-Origin-Resource-Policy': 'cross-origin',
    },
  });
  if (cache !== undefined) c.executionCtx.waitUntil(cache.put(key, response.clone()));
  return response;
}
