/** Fetches the words of a language. English is there from the start, as what is left if all fails. */

import { EN } from './en.ts';
import type { Language } from './language.ts';
import type { Words } from './texts.ts';

export async function loadWords(language: Language): Promise<Words> {
  switch (language) {
    case 'en':
      return EN;
    case 'de':
      return (await import('./de.ts')).DE;
    default:
      return language satisfies never;
  }
}
