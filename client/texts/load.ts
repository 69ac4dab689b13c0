/** Fetches the words of a language. English is there from the start, as what is left if all fails. */
import type { Language } from '../state/language.ts';
import type { Words } from '../texts.ts';
import { EN } from './en.ts';

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
