/**
 * The page as the client's build left it, and the same with rendered parts put in. Must not know what
 * was rendered; everything in the parts is HTML already.
 */
import type { DrawnPage, PageData } from '../contract/pages.ts';

/** What index.html has in the place of each part. */
const PLACES = {
  language: /<html lang="[^"]*"/,
  head: /<meta name="description"[^>]*>\s*<title>[^<]*<\/title>/,
  body: '<div id="app"></div>',
  note: /<noscript>[^<]*<\/noscript>/,
} as const;

/** @throws Error if the built page has no such places: it was built from something else. */
export function filled(page: string, rendered: DrawnPage, data: PageData): string {
  const { language, head, body, note } = rendered;
  for (const [name, place] of Object.entries(PLACES)) {
    if (page.search(place) === -1) throw new Error(`the built page has no place for its ${name}`);
  }
  // Functions, since a text in their place would have its dollar signs read.
  return page
    .replace(PLACES.language, () => `<html lang="${language}"`)
    .replace(PLACES.head, () => `${wordsLink(page, language)}${stylesLink(page, data)}${head}`)
    .replace(PLACES.body, () => `<div id="app">${body}</div>${dataBlock(data)}`)
    .replace(PLACES.note, () => `<noscript>${note}</noscript>`);
}

/** That of a draft stands still: without its scripts, and with buttons that can be seen to do nothing. */
export function still(page: string, preview: { eventId: string; from: string } | undefined) {
  if (preview === undefined) return page;
  const silent = page
    .replaceAll(/<script\b[^>]*>[^]*?<\/script>/g, '')
    .replaceAll(/<link rel="modulepreload"[^>]*>/g, '')
    .replaceAll('<button ', '<button disabled ');
  return leadingTo(silent, preview);
}

/** With links that lead to other pages of the same draft, or nowhere. */
function leadingTo(page: string, { eventId, from }: { eventId: string; from: string }): string {
  const links = new RegExp(`href="(?:/api/v1)?/events/${eventId}([^"]*)"`, 'g');
  return page.replaceAll(links, (link, rest: string) => {
    const isShown =
      link.startsWith('href="/events/') && (rest === '' || rest.startsWith('/items/'));
    return isShown ? `href="${from}${rest}"` : '';
  });
}

/** The page as it was built, with the word to search engines that it is not for them. */
export function unlisted(page: string): string {
  return page.replace('<title>', '<meta name="robots" content="noindex"><title>');
}

/** The page with the word to its script that this shop sends mail. */
export function offeringMail(page: string): string {
  return page.replace('</head>', '<meta name="sends-mail" content="yes"></head>');
}

/** The page with the word to its script that this shop takes payments. */
export function takingPayments(page: string): string {
  return page.replace('</head>', '<meta name="takes-payments" content="yes"></head>');
}

/** The page with the word to its script which legal pages this shop has. */
export function namingLegalPages(page: string, pages: readonly string[]): string {
  if (pages.length === 0) return page;
  return page.replace('</head>', `<meta name="legal" content="${pages.join(' ')}"></head>`);
}

/** What the script would ask for once it runs: a language's words, if the page was built without them. */
function wordsLink(page: string, language: string): string {
  const [, file] = new RegExp(`<meta name="words-${language}" content="([^"]*)"`).exec(page) ?? [];
  return file === undefined ? '' : `<link rel="modulepreload" href="${file}">`;
}

/** The styles of a page that are no part of the first load of others. */
function stylesLink(page: string, { kind }: PageData): string {
  const [, file] = new RegExp(`<meta name="styles-${kind}" content="([^"]*)"`).exec(page) ?? [];
  return file === undefined ? '' : `<link rel="stylesheet" href="${file}">`;
}

/** Not a script, so that the content security policy has nothing to forbid. No "<" can end it. */
function dataBlock(data: PageData): string {
  const json = JSON.stringify(data).replaceAll('<', '\\u003c');
  return `<script type="application/json" id="page-data">${json}</script>`;
}
