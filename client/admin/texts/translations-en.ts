/** What a form says of texts in further languages, in English. */
import type { Language } from '../../texts/language.ts';

const NAMES: Readonly<Record<Language, string>> = { en: 'English', de: 'German' };

export const TRANSLATIONS_EN = {
  title: 'Texts in other languages',
  fold: (language: Language) => `In ${NAMES[language]}`,
  /** @param main the language of the main texts */
  hint: (main: Language) =>
    `Where a field is empty, shoppers read the main text. The main texts are in the first language of the shop: ${NAMES[main]}.`,
  field: (label: string, language: Language) => `${label} (${NAMES[language]})`,
};
