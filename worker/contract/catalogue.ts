/** The catalogue: items that events sell, and their variants. */
import * as z from 'zod';
import { itemIdSchema, variantIdSchema } from './ids.ts';
import { picturesInputSchema, pictureUrlSchema } from './picture-input.ts';
import { itemTranslationsInputSchema, itemTranslationsSchema } from './translations.ts';
import { areUnique, LIMITS, lineSchema, textSchema } from './values.ts';
import { lookOf } from './visible-text.ts';

/** One size or colour of a catalogue item. Its id is made by the shop and never used again. */
export const variantSchema = z.object({ id: variantIdSchema, label: z.string() });
export type Variant = z.infer<typeof variantSchema>;

const variantsInputSchema = z
  .array(
    z.strictObject({
      /** Of a variant that is there already. */
      id: variantIdSchema.optional(),
      label: lineSchema(LIMITS.variantLabelCharsMax),
    }),
  )
  .max(LIMITS.variantsPerItemMax)
  .refine(
    (all) => areUnique(all.map(({ label }) => lookOf(label))),
    'must not have two of one label',
  )
  .refine((all) => areUnique(all.flatMap(({ id }) => id ?? [])), 'must not name a variant twice');

export const itemInputSchema = z.strictObject({
  name: lineSchema(LIMITS.titleCharsMax),
  description: textSchema(0, LIMITS.descriptionCharsMax).default(''),
  translations: itemTranslationsInputSchema.optional(),
  category: lineSchema(LIMITS.titleCharsMax).default('other'),
  imageUrl: pictureUrlSchema.nullable().default(null).meta({
    description:
      'Its first picture; not read where `pictures` is given. Alone, it replaces the first one, and null removes all.',
  }),
  pictures: picturesInputSchema.optional().meta({
    description: 'All its pictures, in the order in which they are shown.',
  }),
  variants: variantsInputSchema.optional().meta({
    description:
      'Sizes or colours, in the order in which they are shown. One without an id is new. Left out, those that are there stay as they are.',
  }),
});
export type ItemInput = z.infer<typeof itemInputSchema>;

export const itemSchema = z.object({
  id: itemIdSchema,
  name: z.string(),
  description: z.string(),
  translations: itemTranslationsSchema,
  category: z.string(),
  imageUrl: z.string().nullable().meta({ description: 'The first of its pictures.' }),
  pictures: z.array(z.string()),
  variants: z.array(variantSchema),
});
export type Item = z.infer<typeof itemSchema>;
