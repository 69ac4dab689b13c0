/** Fetches the words of a draw's page in a language. */
import type { Language } from '../../texts/language.ts';
import { DRAW_EN } from './en.ts';
import type { DrawTexts } from './texts.ts';

export async function loadDrawTexts(language: Language): Promise<DrawTexts> {
  switch (language) {
    case 'en':
      return DRAW_EN;
    case 'de':
      return (await import('./de.ts')).DRAW_DE;
    default:
      return language satisfies never;
  }
}
