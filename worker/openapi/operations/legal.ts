/** The shop's legal pages: as anyone may read them, and as admins write them. */
import { languageSchema } from '../../contract/languages.ts';
import {
  deleteLegalTextQuerySchema,
  legalDraftListSchema,
  legalDraftSchema,
  legalListSchema,
  legalPageSchema,
  legalPreviewSchema,
  legalQuerySchema,
  previewLegalTextSchema,
  shownLegalTextSchema,
  writeLegalTextSchema,
} from '../../contract/legal.ts';
import type { Operation } from './operation.ts';

const AT = '2026-11-27T10:00:00.000Z';
const text = '## Lamps Ltd\n\n1 Long Road';
const draft = { page: 'imprint', language: 'en', text, version: 1, changedAt: AT } as const;
const html = '<h2>Lamps Ltd</h2>\n<p>1 Long Road</p>\n';
const place = {
  page: { schema: legalPageSchema, example: 'imprint' },
  language: { schema: languageSchema, example: 'en' },
};

export const LEGAL_OPERATIONS: Operation[] = [
  {
    method: 'get',
    path: '/legal',
    operationId: 'listLegalPages',
    tag: 'Service',
    summary: 'List the legal pages that exist, each with its languages',
    description:
      'At most 20 seconds old; caches on the way may keep it as long again. The entity tag leaves serverNow out.',
    caller: 'anybody',
    revalidated: true,
    answers: {
      200: {
        description: 'The pages, in the order in which the shop links them.',
        schema: legalListSchema,
        example: {
          pages: [{ page: 'imprint', languages: [{ language: 'en', changedAt: AT }] }],
          serverNow: AT,
        },
      },
    },
  },
  {
    method: 'get',
    path: '/legal/{page}',
    operationId: 'getLegalPage',
    tag: 'Service',
    summary: 'Read a legal page',
    description:
      'In the language that is asked for, or else in another one in which it exists: the answer names it. As old as the list. The shop shows it at /legal/{page}.',
    caller: 'anybody',
    params: { page: { schema: legalPageSchema, example: 'returns' } },
    query: legalQuerySchema,
    revalidated: true,
    answers: {
      200: {
        description: 'The page.',
        schema: shownLegalTextSchema,
        example: {
          page: 'imprint',
          language: 'en',
          languages: ['en'],
          html,
          text,
          changedAt: AT,
          serverNow: AT,
        },
      },
    },
  },
  {
    method: 'get',
    path: '/admin/legal',
    operationId: 'listLegalTexts',
    tag: 'Administration',
    summary: 'Read all legal texts as they were written, with their versions',
    description: 'Each page in each language, also where there is none.',
    caller: 'admin',
    answers: {
      200: {
        description: 'The texts.',
        schema: legalDraftListSchema,
        example: { texts: [draft], serverNow: AT },
      },
    },
  },
  {
    method: 'post',
    path: '/admin/legal/preview',
    operationId: 'previewLegalText',
    tag: 'Administration',
    summary: 'Show how a legal text would look, and keep nothing',
    caller: 'admin',
    body: { schema: previewLegalTextSchema, example: { text } },
    answers: {
      200: { description: 'The text as HTML.', schema: legalPreviewSchema, example: { html } },
    },
  },
  {
    method: 'put',
    path: '/admin/legal/{page}/{language}',
    operationId: 'writeLegalText',
    tag: 'Administration',
    summary: 'Write a legal text, in place of the one before',
    description:
      'In Markdown (CommonMark, with tables), where a line break stays one. HTML is shown as it is typed, images are left out, and links lead to http, https, mailto, tel or a path of the shop. Refused where it is not the version any more that was seen. The audit log tells which text was changed, and not what it says.',
    caller: 'admin',
    params: place,
    body: { schema: writeLegalTextSchema, example: { text, version: 0 } },
    answers: { 200: { description: 'The text.', schema: legalDraftSchema, example: draft } },
    problems: ['precondition_failed'],
  },
  {
    method: 'delete',
    path: '/admin/legal/{page}/{language}',
    operationId: 'deleteLegalText',
    tag: 'Administration',
    summary: 'Delete a legal text',
    caller: 'admin',
    params: { ...place, page: { ...place.page, example: 'privacy' } },
    query: deleteLegalTextQuerySchema,
    answers: { 204: { description: 'The text is gone.' } },
    problems: ['precondition_failed'],
  },
];
