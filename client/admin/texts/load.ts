/** Fetches the admin's words of a language, which only the console needs. */
import type { Language } from '../../texts/language.ts';
import { ADMIN_EN } from './en.ts';
import type { AdminTexts } from './texts.ts';

export async function loadAdminTexts(language: Language): Promise<AdminTexts> {
  switch (language) {
    case 'en':
      return ADMIN_EN;
    case 'de':
      return (await import('./de.ts')).ADMIN_DE;
    default:
      return language satisfies never;
  }
}
