/** The shop's legal pages: which there are, and their texts in Markdown, as admins write and all read them. */
import * as z from 'zod';
import { languageSchema } from './languages.ts';
import { instantSchema, textSchema } from './values.ts';

/** In the order in which they are linked. */
export const LEGAL_PAGES = ['imprint', 'terms', 'privacy', 'returns'] as const;

export const legalPageSchema = z.enum(LEGAL_PAGES);
export type LegalPage = z.infer<typeof legalPageSchema>;

/** Of one text in one language, in UTF-16 units. In German and in English so many fit into a request. */
export const LEGAL_CHARS_MAX = 60_000;

const legalTextSchema = textSchema(1, LEGAL_CHARS_MAX);
/** Grows with each change, so that none is ever there again: 0 where nothing was ever written. */
/** One more is what the database's column still holds. */
const VERSION_MAX = 2_147_483_646;
const versionSchema = z.int().min(0).max(VERSION_MAX);

/** The pages that exist in any language, each with all languages in which it does. */
export const legalListSchema = z.object({
  pages: z.array(
    z.object({
      page: legalPageSchema,
      languages: z.array(z.object({ language: languageSchema, changedAt: instantSchema })),
    }),
  ),
  serverNow: instantSchema,
});
export type LegalList = z.infer<typeof legalListSchema>;

/** One page in one language: the one that is asked for, else another one in which it exists. */
export const shownLegalTextSchema = z.object({
  page: legalPageSchema,
  /** Of `html` and `text`. */
  language: languageSchema,
  /** All in which the page exists. */
  languages: z.array(languageSchema),
  /** The text as HTML, without a heading of the first level: safe to be put into a page. */
  html: z.string(),
  text: z.string().meta({ description: 'The same in Markdown, as it was written.' }),
  changedAt: instantSchema,
  serverNow: instantSchema,
});
export type ShownLegalText = z.infer<typeof shownLegalTextSchema>;

/** What a page of the shop needs of it. */
export type LegalPageText = Omit<ShownLegalText, 'text'>;

export const legalQuerySchema = z.strictObject({
  language: languageSchema.optional().meta({
    description: 'Left out, the request’s Accept-Language decides.',
  }),
});

/** What admins see of one page in one language, whether or not it is there. */
export const legalDraftSchema = z.object({
  page: legalPageSchema,
  language: languageSchema,
  /** Null where there is none, or none any more. */
  text: z.string().nullable(),
  version: versionSchema,
  changedAt: instantSchema.nullable(),
});
export type LegalDraft = z.infer<typeof legalDraftSchema>;

/** Each page in each language. */
export const legalDraftListSchema = z.object({
  texts: z.array(legalDraftSchema),
  serverNow: instantSchema,
});
export type LegalDraftList = z.infer<typeof legalDraftListSchema>;

export const writeLegalTextSchema = z.strictObject({
  text: legalTextSchema,
  version: versionSchema.meta({
    description:
      'What was seen before it was changed, 0 for nothing; refused if it is another now.',
  }),
});

export const deleteLegalTextQuerySchema = z.strictObject({
  version: z.coerce.number().int().min(1).max(VERSION_MAX).optional().meta({
    description: 'Refused if it is another now. Left out, any is deleted.',
  }),
});

export const previewLegalTextSchema = z.strictObject({ text: legalTextSchema });
export const legalPreviewSchema = z.object({ html: z.string() });
