/** The shop's own face: its name, logo, colour, typeface, links and languages, as admins write and all read it. */
import * as z from 'zod';
import { languageSchema } from './languages.ts';
import { pictureUrlSchema } from './picture-input.ts';
import { isPictureUrl } from './pictures.ts';
import { areUnique, instantSchema, LIMITS, lineSchema, textSchema } from './values.ts';

export const FACE_NAME_CHARS_MAX = 40;
export const FOOTER_LINKS_MAX = 8;
export const FOOTER_LABEL_CHARS_MAX = 60;

/** Families that the reader's machine has, then those that the shop sends itself; see face-style.ts. */
export const TYPEFACES = [
  'system',
  'serif',
  'rounded',
  'mono',
  'inter',
  'literata',
  'space_grotesk',
] as const;
export const typefaceSchema = z.enum(TYPEFACES);
export type Typeface = z.infer<typeof typefaceSchema>;

/** One more is what the database's column still holds. */
const VERSION_MAX = 2_147_483_646;
/** Grows with each change: 0 where nothing was ever written. */
const versionSchema = z.int().min(0).max(VERSION_MAX);

const NO_LINK = 'must be an https or mailto URL, or a path of this site';

const labelSchema = lineSchema(FOOTER_LABEL_CHARS_MAX);

const footerLinkInputSchema = z.strictObject({
  label: labelSchema,
  translations: z
    .strictObject({ en: labelSchema.optional(), de: labelSchema.optional() })
    .default({})
    .meta({ description: 'The label in languages in which it is another one.' }),
  url: textSchema(1, LIMITS.urlCharsMax)
    // The part of the rule that a JSON Schema can express.
    .regex(/^(https:\/\/|mailto:|\/(?![/\\]))[^\s\\]+$/, { error: NO_LINK, abort: true })
    .refine(isLinkUrl, NO_LINK),
});

const faceFields = {
  name: lineSchema(FACE_NAME_CHARS_MAX),
  logoUrl: pictureUrlSchema
    .nullable()
    .default(null)
    .meta({ description: 'Shown in place of the mark and the name; the name is its text.' }),
  colour: z
    .string()
    .regex(/^#[0-9a-f]{6}$/)
    .nullable()
    .default(null)
    .meta({
      description:
        'As `#rrggbb` in small letters. Shades of it are computed for light and for dark, so that all text is readable (WCAG AA). Null: the colours of the product.',
    }),
  typeface: typefaceSchema.default('system'),
  footerLinks: z.array(footerLinkInputSchema).max(FOOTER_LINKS_MAX).default([]),
  languages: z
    .array(languageSchema)
    .min(1)
    .refine(areUnique, 'must not name a language twice')
    .default(['en', 'de'])
    .meta({
      description:
        'Which languages the shop offers; the first is spoken to whoever asks for none of them.',
    }),
};

export const writeFaceSchema = z.strictObject({
  ...faceFields,
  version: versionSchema.meta({
    description:
      'What was seen before it was changed, 0 for nothing; refused if it is another now.',
  }),
});
export type FaceInput = Omit<z.infer<typeof writeFaceSchema>, 'version'>;

const footerLinkSchema = z.object({
  label: z.string(),
  translations: z.object({ en: z.string().optional(), de: z.string().optional() }),
  url: z.string(),
});

/** What admins and pages see of it, whether or not it was ever written. */
export const faceSchema = z.object({
  name: z.string(),
  logoUrl: z.string().nullable(),
  colour: z.string().nullable(),
  typeface: typefaceSchema,
  footerLinks: z.array(footerLinkSchema),
  languages: z.array(languageSchema),
  version: versionSchema,
  /** Null where it was never written: then all is as the product comes. */
  changedAt: instantSchema.nullable(),
});
export type Face = z.infer<typeof faceSchema>;

export const shownFaceSchema = faceSchema.extend({ serverNow: instantSchema });
export type ShownFace = z.infer<typeof shownFaceSchema>;

/** As the product comes. */
export const OWN_FACE: Face = {
  name: 'SwiftDrop',
  logoUrl: null,
  colour: null,
  typeface: 'system',
  footerLinks: [],
  languages: ['en', 'de'],
  version: 0,
  changedAt: null,
};

/** @returns whether it is where a link of the shop's foot may lead. */
export function isLinkUrl(text: string): boolean {
  return isPictureUrl(text) || /^mailto:[^\s@<>"\\]+@[^\s@<>"\\]+$/.test(text);
}
