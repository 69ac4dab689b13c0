/** The words of a draw's page, in the language that is spoken. Must not hold any itself. */
import type { Worded } from '../../texts/texts.ts';
import { DRAW_EN } from './en.ts';

export type DrawTexts = Worded<typeof DRAW_EN>;

/** Bound anew before a draw's page is drawn. */
export let DRAW_TEXTS: DrawTexts = DRAW_EN;

export function speakOfDraws(texts: DrawTexts) {
  DRAW_TEXTS = texts;
}
