/** The admin's words in the language that is spoken now. */
import type { Worded } from '../../texts/texts.ts';
import { ADMIN_EN } from './en.ts';

export type AdminTexts = Worded<typeof ADMIN_EN>;

export let ADMIN_TEXTS: AdminTexts = ADMIN_EN;

export function speakAsAdmin(texts: AdminTexts) {
  ADMIN_TEXTS = texts;
}
