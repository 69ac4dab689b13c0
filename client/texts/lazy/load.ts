/** Fetches the words of a language for what is fetched later. */
import type { Language } from '../language.ts';
import { LAZY_EN } from './en.ts';
import type { LazyTexts } from './texts.ts';

export async function loadLazyTexts(language: Language): Promise<LazyTexts> {
  switch (language) {
    case 'en':
      return LAZY_EN;
    case 'de':
      return (await import('./de.ts')).LAZY_DE;
    default:
      return language satisfies never;
  }
}
