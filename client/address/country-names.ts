/** Countries as people call them in the language of the page. Must not know which ones there are. */
import { LANGUAGE } from '../texts/texts.ts';

/** @param code ISO 3166-1 alpha-2; shown itself where the browser has no name for it */
export function countryName(code: string): string {
  return namesIn(LANGUAGE).of(code) ?? code;
}

export interface NamedCountry {
  readonly code: string;
  readonly name: string;
}

/** In the order in which the language puts their names. */
export function namedCountries(codes: readonly string[]): NamedCountry[] {
  const { compare } = new Intl.Collator(LANGUAGE);
  return codes
    .map((code) => ({ code, name: countryName(code) }))
    .toSorted((a, b) => compare(a.name, b.name));
}

/** The country that a browser's language and region speak of; `de` alone is read as Germany. */
export function likelyCountry(locale: string): string {
  return new Intl.Locale(locale).maximize().region ?? '';
}

let known: { readonly language: string; readonly names: Intl.DisplayNames } | undefined;

/** Made once per language: a list of all countries asks for 250 names. */
function namesIn(language: string): Intl.DisplayNames {
  if (known?.language !== language) {
    known = { language, names: new Intl.DisplayNames(language, { type: 'region' }) };
  }
  return known.names;
}
