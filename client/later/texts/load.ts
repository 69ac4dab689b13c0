/** Fetches the words of a language for what is fetched later. */
import type { Language } from '../../state/language.ts';
import type { LaterTexts } from '../texts.ts';
import { LATER_EN } from './en.ts';

export async function loadLaterTexts(language: Language): Promise<LaterTexts> {
  switch (language) {
    case 'en':
      return LATER_EN;
    case 'de':
      return (await import('./de.ts')).LATER_DE;
    default:
      return language satisfies never;
  }
}
