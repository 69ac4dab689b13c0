/** The words of the language that is spoken now. Which languages there are is a file each in texts/. */

import { EN } from './en.ts';
import type { Language } from './language.ts';
import { countIn } from './numbers.ts';
import type { CallProblemCode } from './problem-code.ts';

/** What each language has: the same texts under the same names. */
export type Words = Worded<Omit<typeof EN, 'language'>> & { language: Language };

/** A page speaks one language from its first word to its last, so these are bound anew, not passed on. */
export let LANGUAGE: Language = 'en';
/** Of each problem that there are words for by now: an answer with another code is read as its status. */
export let PROBLEM_TEXTS = EN.problems as ProblemTexts;
export let TEXTS: Words['texts'] = EN.texts;
/** What the shop is called, the same in all languages. */
export let BRAND = 'SwiftDrop';

/** @param locale the language and the region whose numbers are written, such as `de-CH` */
export function speak(
  { language, problems, texts }: Words,
  locale: string = language,
  brand = 'SwiftDrop',
) {
  BRAND = brand;
  countIn(locale);
  LANGUAGE = language;
  PROBLEM_TEXTS = problems as ProblemTexts;
  TEXTS = texts;
}

export const documentTitle = (title: string) => `${title} · ${BRAND}`;

/** Words that are fetched later, in the language that is spoken. */
export function addProblemTexts(texts: Partial<ProblemTexts>) {
  PROBLEM_TEXTS = { ...PROBLEM_TEXTS, ...texts };
}

type ProblemTexts = Readonly<Record<CallProblemCode, string>>;

/** The same shape with any words in it. */
export type Worded<Texts> = Texts extends string
  ? string
  : Texts extends (...facts: infer Facts) => string
    ? (...facts: Facts) => string
    : { readonly [Name in keyof Texts]: Worded<Texts[Name]> };
