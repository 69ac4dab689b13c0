/** Which legal text an address of the console names. */
import { LANGUAGES, type Language } from '../../texts/language.ts';
import { TEXTS } from '../../texts/texts.ts';
import type { LegalPlace } from '../api/legal-calls.ts';

/** All that a shop can have, in the order in which they are linked. */
export function legalPagesToWrite(): LegalPlace['page'][] {
  return Object.keys(TEXTS.legal) as LegalPlace['page'][];
}

/** @returns undefined where there is no such page, or no such language */
export function legalPlaceOf(page: string, language: string): LegalPlace | undefined {
  const named = legalPagesToWrite().find((one) => one === page);
  const spoken = LANGUAGES.find((one: Language) => one === language);
  return named && spoken && { page: named, language: spoken };
}
