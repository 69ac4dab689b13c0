/**
 * Which language is spoken, to whom: from what the shopper chose, else from what their browser
 * asks for. Must not know where either is kept; the server asks the same functions.
 */

/** The first is for whoever asks for none of them. */
export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What each calls itself, which is how one finds one's own. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch' };

export interface Wishes {
  /** BCP 47 tags, the dearest first: `navigator.languages`, or `preferredIn` of a header. */
  readonly preferred: readonly string[];
  /** What was chosen on the page, which goes before all others; null where nothing was. */
  readonly chosen: string | null;
}

/** @param offered by this shop; the first is for whoever asks for none of them. */
export function languageFor(
  { preferred, chosen }: Wishes,
  offered: readonly Language[] = LANGUAGES,
): Language {
  const wishes = [chosen ?? '', ...preferred].map(languageOf);
  return wishes.find((language) => language && offered.includes(language)) ?? offered[0] ?? 'en';
}

/** Language and region for Intl: the shopper's own region where they name one, such as `de-CH`. */
export function localeFor(language: Language, preferred: readonly string[]): string {
  return preferred.find((tag) => tag.includes('-') && languageOf(tag) === language) ?? language;
}

/** Language, script and region, as Intl takes them: a header can have anything in it. */
const IS_TAG = /^[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?$/i;

/** The tags of an `Accept-Language` header, the dearest first. */
export function preferredIn(acceptLanguage: string): string[] {
  return acceptLanguage
    .split(',')
    .map((range) => {
      const [tag = '', quality] = range.split(/;\s*q=/);
      return { tag: tag.trim(), quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ tag, quality }) => IS_TAG.test(tag) && quality > 0)
    .toSorted((a, b) => b.quality - a.quality)
    .map(({ tag }) => tag);
}

const KEPT_SECONDS = 365 * 24 * 60 * 60;

/** @param cookies as a `Cookie` header or `document.cookie` has them */
export function chosenIn(cookies: string): string | null {
  return /(?:^|;\s*)language=([^;]*)/.exec(cookies)?.[1] ?? null;
}

/** Read by the page and by the server that draws it; it says nothing about who has it. */
export function choiceCookie(language: Language): string {
  return `language=${language}; Path=/; Max-Age=${KEPT_SECONDS}; SameSite=Lax`;
}

function languageOf(tag: string): Language | undefined {
  const spoken = tag.toLowerCase().split('-')[0];
  return LANGUAGES.find((language) => language === spoken);
}
