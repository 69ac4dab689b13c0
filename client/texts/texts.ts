/** The words of the language that is spoken now. Which languages there are is a file each in texts/. */

import { EN } from './en.ts';
import type { Language } from './language.ts';
import { countIn } from './numbers.ts';

/** What each language has: the same texts under the same names. */
export type Words = Worded<Omit<typeof EN, 'language'>> & { language: Language };

/** A page speaks one language from its first word to its last, so these are bound anew, not passed on. */
export let LANGUAGE: Language = 'en';
export let PROBLEM_TEXTS: Words['problems'] = EN.problems;
export let TEXTS: Words['texts'] = EN.texts;

/** @param locale the language and the region whose numbers are written, such as `de-CH` */
export function speak({ language, problems, texts }: Words, locale: string = language) {
  countIn(locale);
  LANGUAGE = language;
  PROBLEM_TEXTS = problems;
  TEXTS = texts;
}

/** The same shape with any words in it. */
export type Worded<Texts> = Texts extends string
  ? string
  : Texts extends (...facts: infer Facts) => string
    ? (...facts: Facts) => string
    : { readonly [Name in keyof Texts]: Worded<Texts[Name]> };
