/** The texts of the shop's legal pages, over HTTP, for those who write them. */
import { Hono } from 'hono';
import * as z from 'zod';
import { languageSchema } from '../../contract/languages.ts';
import {
  deleteLegalTextQuerySchema,
  LEGAL_PAGES,
  type LegalDraft,
  type LegalDraftList,
  legalPageSchema,
  previewLegalTextSchema,
  writeLegalTextSchema,
} from '../../contract/legal.ts';
import type { Needs } from '../../deps/deps.ts';
import type { CallerEnv } from '../../http/guards.ts';
import { HttpProblem } from '../../http/problem.ts';
import { valid } from '../../http/validate.ts';
import {
  deleteLegalText,
  type LegalPlace,
  listLegalDrafts,
  readPresentLegalText,
  writeLegalText,
} from '../../stores/postgres/legal.ts';

const placeParam = valid('param', z.object({ page: legalPageSchema, language: languageSchema }));

type Needed = Needs<{ stores: 'db'; platform: 'nowMs' }>;

export function legalTextRoutes({ stores: { db }, platform: { nowMs } }: Needed) {
  return new Hono<CallerEnv>()
    .get('/', async (c) => {
      const drafts = await listLegalDrafts(db);
      const texts = PLACES.map((place) => draftAt(place, drafts));
      const list: LegalDraftList = { texts, serverNow: new Date(nowMs()).toISOString() };
      return c.json(list, 200);
    })
    .post('/preview', valid('json', previewLegalTextSchema), async (c) => {
      const { renderMarkdown } = await import('../../legal/markdown.ts');
      return c.json({ html: renderMarkdown(c.req.valid('json').text) }, 200);
    })
    .put('/:page/:language', placeParam, valid('json', writeLegalTextSchema), async (c) => {
      const place = c.req.valid('param');
      const input = c.req.valid('json');
      const act = { actor: c.get('caller').userId, nowMs: nowMs() };
      const outcome = await writeLegalText(db, { ...place, ...input, ...act });
      if (outcome !== 'done') throw await changedMeanwhile(place);
      const written: LegalDraft = {
        ...place,
        text: input.text,
        version: input.version + 1,
        changedAt: new Date(act.nowMs).toISOString(),
      };
      return c.json(written, 200);
    })
    .delete(
      '/:page/:language',
      placeParam,
      valid('query', deleteLegalTextQuerySchema),
      async (c) => {
        const place = c.req.valid('param');
        const act = { actor: c.get('caller').userId, nowMs: nowMs() };
        const { version } = c.req.valid('query');
        const outcome = await deleteLegalText(db, { ...place, version, ...act });
        if (outcome === 'not_found') throw new HttpProblem('not_found');
        if (outcome === 'changed') throw await changedMeanwhile(place);
        return c.body(null, 204);
      },
    );

  async function changedMeanwhile(place: LegalPlace): Promise<HttpProblem> {
    const { text, version, changedBy } = await readPresentLegalText(db, place);
    return new HttpProblem('precondition_failed', {
      extra: { current: { text, version }, changedBy },
    });
  }
}

const PLACES: readonly LegalPlace[] = LEGAL_PAGES.flatMap((page) =>
  languageSchema.options.map((language) => ({ page, language })),
);

function draftAt({ page, language }: LegalPlace, drafts: readonly LegalDraft[]): LegalDraft {
  const found = drafts.find((one) => one.page === page && one.language === language);
  return found ?? { page, language, text: null, version: 0, changedAt: null };
}
