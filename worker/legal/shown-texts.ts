/** The shop's legal texts as anyone may read them, through the read cache. Must not know who asks. */
import type { Language } from '../contract/languages.ts';
import {
  LEGAL_PAGES,
  type LegalList,
  type LegalPage,
  type ShownLegalText,
} from '../contract/legal.ts';
import type { ReadCache } from '../stores/cache/read-cache.ts';
import type { Db } from '../stores/postgres/client.ts';
import { findLegalTexts, listLegalPlaces } from '../stores/postgres/legal.ts';

/** Which there are, and what they say, is read so often. */
export const LEGAL_FRESH_MS = 10_000;
/** Within this time whoever reads a page sees what was changed. */
export const LEGAL_AGE_MS_MAX = 20_000;

interface Sources {
  db: Db;
  readCache: ReadCache;
}

/** Lets a read go on after the request that began it has been answered. */
type KeepAlive = (work: Promise<unknown>) => void;

/** A page in all languages in which it exists: at least one. */
export type LegalTexts = readonly Omit<ShownLegalText, 'serverNow' | 'languages'>[];

const KEPT = { freshMs: LEGAL_FRESH_MS, ageMsMax: LEGAL_AGE_MS_MAX };
const FOR_EVER = Number.POSITIVE_INFINITY;

/** The pages that exist, in the order in which they are linked. */
export async function cachedLegalList(
  { db, readCache }: Sources,
  keepAlive: KeepAlive,
): Promise<LegalList['pages']> {
  const list = await readCache.get({
    key: 'legal',
    keepAlive,
    ...KEPT,
    read: async () => ({ value: listOf(await listLegalPlaces(db)), changesAtMs: FOR_EVER }),
  });
  if (list === undefined) throw new Error('a list is never missing');
  return list;
}

/** The same object for as long as it is kept. @returns undefined for a page that does not exist. */
export function cachedLegalTexts(
  { db, readCache }: Sources,
  page: LegalPage,
  keepAlive: KeepAlive,
): Promise<LegalTexts | undefined> {
  return readCache.get({
    key: `legal ${page}`,
    keepAlive,
    ...KEPT,
    async read() {
      const texts = await findLegalTexts(db, page);
      if (texts.length === 0) return undefined;
      // Loaded by the first who looks: no purchase waits for it.
      const { renderMarkdown } = await import('./markdown.ts');
      const value = texts.map(({ language, text, changedAtMs }) => ({
        page,
        language,
        text,
        html: renderMarkdown(text),
        changedAt: new Date(changedAtMs).toISOString(),
      }));
      return { value, changesAtMs: FOR_EVER };
    },
  });
}

/** In the language that is asked for, or else in one in which it exists. */
export function legalTextIn(
  texts: LegalTexts,
  language: Language,
): Omit<ShownLegalText, 'serverNow'> {
  const shown = texts.find((text) => text.language === language) ?? texts[0];
  if (shown === undefined) throw new Error('a page exists in one language at least');
  return { ...shown, languages: texts.map((text) => text.language).toSorted() };
}

function listOf(places: Awaited<ReturnType<typeof listLegalPlaces>>): LegalList['pages'] {
  return LEGAL_PAGES.flatMap((page) => {
    const languages = places
      .filter((place) => place.page === page)
      .map(({ language, changedAtMs }) => ({
        language,
        changedAt: new Date(changedAtMs).toISOString(),
      }))
      .toSorted((a, b) => (a.language < b.language ? -1 : 1));
    return languages.length > 0 ? [{ page, languages }] : [];
  });
}
