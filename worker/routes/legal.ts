/** The shop's legal pages as anyone may read them. */
import { Hono } from 'hono';
import * as z from 'zod';
import { languageAskedFor } from '../contract/languages.ts';
import {
  type LegalList,
  legalPageSchema,
  legalQuerySchema,
  type ShownLegalText,
} from '../contract/legal.ts';
import type { Needs } from '../deps/deps.ts';
import { HttpProblem } from '../http/problem.ts';
import { revalidated } from '../http/revalidation.ts';
import { valid } from '../http/validate.ts';
import { cachedLegalList, cachedLegalTexts, legalTextIn } from '../legal/shown-texts.ts';

/** For caches on the way, as long as an isolate itself keeps a read; never to hide an error. */
const KEPT = {
  'Cache-Control': 'public, max-age=10, stale-while-revalidate=10, stale-if-error=0',
};

const pageParam = valid('param', z.object({ page: legalPageSchema }));

type Needed = Needs<{ stores: 'db' | 'readCache'; platform: 'nowMs' }>;

export function legalRoutes({ stores, platform: { nowMs } }: Needed) {
  const serverNow = () => new Date(nowMs()).toISOString();
  return new Hono()
    .get('/', revalidated, async (c) => {
      const pages = await cachedLegalList(stores, (work) => c.executionCtx.waitUntil(work));
      const list: LegalList = { pages, serverNow: serverNow() };
      return c.json(list, 200, KEPT);
    })
    .get('/:page', revalidated, pageParam, valid('query', legalQuerySchema), async (c) => {
      const { page } = c.req.valid('param');
      const { language } = c.req.valid('query');
      const texts = await cachedLegalTexts(stores, page, (work) => c.executionCtx.waitUntil(work));
      if (texts === undefined) throw new HttpProblem('not_found');
      const asked = language ?? languageAskedFor(c.req.header('Accept-Language') ?? '');
      const shown: ShownLegalText = { ...legalTextIn(texts, asked), serverNow: serverNow() };
      const varied = language === undefined ? { Vary: 'Accept-Language' } : {};
      return c.json(shown, 200, { ...KEPT, ...varied });
    });
}
