/** What becomes of an event as a whole: shown before it is published, its texts corrected, planned once more. */
import * as z from 'zod';
import { timeInputSchema } from './event-input.ts';
import { pictureUrlSchema } from './picture-input.ts';
import { eventTranslationsInputSchema } from './translations.ts';
import { instantSchema, LIMITS, lineSchema, textSchema } from './values.ts';

/** What may be corrected at any time: left out, it stays. */
export const eventTextsSchema = z.strictObject({
  title: lineSchema(LIMITS.titleCharsMax).optional(),
  description: textSchema(0, LIMITS.descriptionCharsMax).optional(),
  translations: eventTranslationsInputSchema.optional(),
  coverUrl: pictureUrlSchema.nullable().optional(),
});
export type EventTexts = z.infer<typeof eventTextsSchema>;

export const duplicateInputSchema = z.strictObject({
  title: lineSchema(LIMITS.titleCharsMax).optional().meta({
    description: 'Of the copy. Left out, it is that of the event.',
  }),
  startsAt: timeInputSchema.optional().meta({
    description:
      'When the copy opens; it lasts as long as the event. Left out, it opens whole weeks later, at the same time of day in the event’s zone and at least a day from now.',
  }),
});
export type DuplicateInput = z.infer<typeof duplicateInputSchema>;

/** Shows one event as shoppers will see it, published or not, to whoever has the link. */
export const previewLinkSchema = z.object({
  url: z.string(),
  expiresAt: instantSchema.meta({ description: 'From then on the link shows nothing.' }),
});
export type PreviewLink = z.infer<typeof previewLinkSchema>;
