/** Uploads of pictures, over HTTP. */
import { type Context, Hono } from 'hono';
import { PICTURE_LIMITS } from '../../contract/picture-uploads.ts';
import { RETRY_AFTER_MS } from '../../contract/problems.ts';
import type { Needs } from '../../deps/deps.ts';
import type { CallerEnv } from '../../http/guards.ts';
import { HttpProblem } from '../../http/problem.ts';
import { type Kept, keepPicture } from '../../pictures/keep-picture.ts';
import { boundedBytes } from '../../platform/bounded-bytes.ts';

/** Why the address of an upload cannot be named. */
export const PICTURE_FAULT = 'is not kept here: upload it again';

/** Of one isolate, whose memory they share with everything that it does. */
const UPLOADS_AT_ONCE_MAX = 3;
/** A binding is added by a deployment, not within a second. */
const UNCONFIGURED_RETRY_MS = 3_600_000;
/** Until the next removal has ended what one before it began: there is one an hour. */
const REMOVED_RETRY_MS = 3_600_000;
const FULL_RETRY_MS = 600_000;

type Needed = Needs<{ stores: 'db'; pictures: 'store' | 'render'; platform: 'nowMs' }>;

export function pictureRoutes(deps: Needed) {
  let underWay = 0;
  return new Hono<CallerEnv>().post('/', async (c) => {
    if (underWay >= UPLOADS_AT_ONCE_MAX) {
      throw new HttpProblem('busy', { retryAfterMs: RETRY_AFTER_MS });
    }
    underWay += 1;
    try {
      return await upload(c, deps);
    } finally {
      underWay -= 1;
    }
  });
}

async function upload(c: Context<CallerEnv>, { stores, pictures, platform }: Needed) {
  const { store, render } = pictures;
  if (store === undefined || render === undefined) {
    throw new HttpProblem('pictures_unavailable', { retryAfterMs: UNCONFIGURED_RETRY_MS });
  }
  const bytes = await boundedBytes(c.req.raw, PICTURE_LIMITS.bytesMax);
  if (bytes === undefined) throw new HttpProblem('too_large');
  const needs = { db: stores.db, store, render, nowMs: platform.nowMs };
  const kept = await keepPicture(needs, bytes, c.get('caller').userId);
  if (kept.outcome !== 'kept') throw refusalOf(kept);
  return c.json(kept.answer, 201);
}

function refusalOf(kept: Exclude<Kept, { outcome: 'kept' }>): HttpProblem {
  if (kept.outcome === 'unusable') {
    return new HttpProblem('unusable_picture', { extra: { reason: kept.fault } });
  }
  if (kept.outcome === 'too_many_pixels') return new HttpProblem('picture_too_large');
  return kept.outcome === 'too_many'
    ? new HttpProblem('rate_limited', { retryAfterMs: FULL_RETRY_MS })
    : new HttpProblem('unavailable', { retryAfterMs: REMOVED_RETRY_MS });
}
