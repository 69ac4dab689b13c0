/** What a form says of texts in further languages, in German. */
import type { Language } from '../../texts/language.ts';
import type { TRANSLATIONS_EN } from './translations-en.ts';

const NAMES: Readonly<Record<Language, string>> = { en: 'Englisch', de: 'Deutsch' };

export const TRANSLATIONS_DE: typeof TRANSLATIONS_EN = {
  title: 'Texte in anderen Sprachen',
  fold: (language) => `Auf ${NAMES[language]}`,
  hint: (main) =>
    `Wo ein Feld leer ist, lesen Kunden den Haupttext. Die Haupttexte sind in der ersten Sprache des Shops: ${NAMES[main]}.`,
  field: (label, language) => `${label} (${NAMES[language]})`,
};
