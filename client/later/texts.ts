/** The words of what is fetched later, in the language that is spoken. Must not hold any itself. */
import type { Worded } from '../texts.ts';
import { LATER_EN } from './texts/en.ts';

/** What each language has: the same texts under the same names. */
export type LaterTexts = Worded<typeof LATER_EN>;

/** Bound anew before anything that is fetched later is drawn. */
export let LATER_TEXTS: LaterTexts = LATER_EN;

export function speakLater(texts: LaterTexts) {
  LATER_TEXTS = texts;
}
