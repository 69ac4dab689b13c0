/** The language of this page: found once, before anything is drawn, and kept in a cookie. */

import type { PageFace } from '../../worker/contract/pages.ts';
import { EN } from './en.ts';
import { choiceCookie, chosenIn, type Language, languageFor, localeFor } from './language.ts';
import { loadWords } from './load.ts';
import { speak } from './texts.ts';

/** @returns the locale for Intl. English is spoken where the words cannot be fetched. */
export async function speakWhatIsAskedFor(face: PageFace | null): Promise<string> {
  const preferred = navigator.languages;
  const language = languageFor({ preferred, chosen: chosenIn(document.cookie) }, face?.languages);
  const words = await loadWords(language).catch(() => EN);
  const locale = localeFor(words.language, preferred);
  speak(words, locale, face?.name);
  document.documentElement.lang = words.language;
  return locale;
}

/** A page speaks one language, so that another one is another load of it. */
export function chooseLanguage(language: Language) {
  document.cookie = choiceCookie(language);
  location.reload();
}
