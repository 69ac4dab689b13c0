/** The language of this page: found once, before anything is drawn, and kept in a cookie. */

import { EN } from './en.ts';
import { choiceCookie, chosenIn, type Language, languageFor, localeFor } from './language.ts';
import { loadWords } from './load.ts';
import { speak } from './texts.ts';

/** @returns the locale for Intl. English is spoken where the words cannot be fetched. */
export async function speakWhatIsAskedFor(): Promise<string> {
  const preferred = navigator.languages;
  const language = languageFor({ preferred, chosen: chosenIn(document.cookie) });
  const words = await loadWords(language).catch(() => EN);
  const locale = localeFor(words.language, preferred);
  speak(words, locale);
  document.documentElement.lang = words.language;
  return locale;
}

/** A page speaks one language, so that another one is another load of it. */
export function chooseLanguage(language: Language) {
  document.cookie = choiceCookie(language);
  location.reload();
}
