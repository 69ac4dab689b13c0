/** The languages that the shop speaks, on its pages and in its mails. */
import * as z from 'zod';

export const languageSchema = z.enum(['en', 'de']);
export type Language = z.infer<typeof languageSchema>;

/**
 * The one of them that is asked for most, English where none is.
 * @param acceptLanguage the request's header, empty where it has none.
 */
export function languageAskedFor(acceptLanguage: string): Language {
  const asked = acceptLanguage.split(',').flatMap((range) => {
    const [tag = '', quality = '1'] = range.trim().split(/\s*;\s*q=/);
    const { data: language } = languageSchema.safeParse(tag.toLowerCase().split('-')[0]);
    return language !== undefined && Number(quality) > 0
      ? [{ language, quality: Number(quality) }]
      : [];
  });
  return asked.toSorted((a, b) => b.quality - a.quality)[0]?.language ?? 'en';
}
