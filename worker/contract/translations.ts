/** Texts of a product in further languages, as admins write and all read them: see text-in.ts. */
import * as z from 'zod';
import { LIMITS, lineSchema, textSchema } from './values.ts';

const INPUT_MEANS =
  'Its texts in languages in which they are others: what is left out, or empty, is as the main text. Where all of it is left out, those that are there stay.';
const MEANS =
  'Its texts in languages in which they are others; what is not there is as the main text.';

/** Empty for none. */
const noneOrLine = lineSchema(LIMITS.titleCharsMax, 0).optional();
const noneOrText = textSchema(0, LIMITS.descriptionCharsMax).optional();

const itemWordsInput = z.strictObject({ name: noneOrLine, description: noneOrText }).optional();
export const itemTranslationsInputSchema = z
  .strictObject({ en: itemWordsInput, de: itemWordsInput })
  .overwrite(written)
  .meta({ description: INPUT_MEANS });

const eventWordsInput = z.strictObject({ title: noneOrLine, description: noneOrText }).optional();
export const eventTranslationsInputSchema = z
  .strictObject({ en: eventWordsInput, de: eventWordsInput })
  .overwrite(written)
  .meta({ description: INPUT_MEANS });

const shownText = z.string().optional();

const itemWords = z.object({ name: shownText, description: shownText }).optional();
export const itemTranslationsSchema = z
  .object({ en: itemWords, de: itemWords })
  .meta({ description: MEANS });
export type ItemTranslations = z.infer<typeof itemTranslationsSchema>;

const eventWords = z.object({ title: shownText, description: shownText }).optional();
export const eventTranslationsSchema = z
  .object({ en: eventWords, de: eventWords })
  .meta({ description: MEANS });
export type EventTranslations = z.infer<typeof eventTranslationsSchema>;

/** Without what is empty. */
function written<Sent extends object>(sent: Sent): Sent {
  const languages = Object.entries(sent).flatMap(([language, words]) => {
    const texts = Object.entries(Object(words)).filter(([, text]) => text !== '');
    return texts.length === 0 ? [] : [[language, Object.fromEntries(texts)]];
  });
  return Object.fromEntries(languages) as Sent;
}
