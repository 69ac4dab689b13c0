/** The words of what is fetched later, in the language that is spoken. Must not hold any itself. */
import { addProblemTexts, type Worded } from '../texts.ts';
import { LAZY_EN } from './en.ts';

/** What each language has: the same texts under the same names. */
export type LazyTexts = Worded<typeof LAZY_EN>;

/** Bound anew before anything that is fetched later is drawn. */
export let LAZY_TEXTS: LazyTexts = LAZY_EN;

export function speakLazy(texts: LazyTexts) {
  LAZY_TEXTS = texts;
  addProblemTexts(texts.problems);
}
