/** The shop's own face as anyone may see it. */
import { Hono } from 'hono';
import type { ShownFace } from '../contract/face.ts';
import type { Needs } from '../deps/deps.ts';
import { cachedFace } from '../face/shown-face.ts';
import { revalidated } from '../http/revalidation.ts';

/** For caches on the way, as long as an isolate itself keeps a read; never to hide an error. */
const KEPT = {
  'Cache-Control': 'public, max-age=10, stale-while-revalidate=10, stale-if-error=0',
};

type Needed = Needs<{ stores: 'db' | 'readCache'; platform: 'nowMs' }>;

export function shopRoutes({ stores, platform: { nowMs } }: Needed) {
  return new Hono().get('/', revalidated, async (c) => {
    const face = await cachedFace(stores, (work) => c.executionCtx.waitUntil(work));
    const shown: ShownFace = { ...face, serverNow: new Date(nowMs()).toISOString() };
    return c.json(shown, 200, KEPT);
  });
}
