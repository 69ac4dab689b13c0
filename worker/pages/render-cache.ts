/**
 * Rendered pages, kept for as long as the read that they show: a crowd that reloads costs one
 * rendering a second. Must not keep what only one reader may see; nothing of that kind is rendered.
 */
import type { DrawnPage, DrawPage, PageAsked } from '../contract/pages.ts';

/** Addresses, languages and time zones of one read; past these, a page is rendered for each request. */
const VARIANTS_MAX = 50;

/** @returns `render` that renders once for each variant of `read`, the object that was read. */
export function createRenderCache(render: DrawPage): (read: object, asked: PageAsked) => DrawnPage {
  const byRead = new WeakMap<object, Map<string, DrawnPage>>();
  return (read, asked) => {
    const variants = byRead.get(read) ?? new Map<string, DrawnPage>();
    byRead.set(read, variants);
    const { reader, timeZone, origin, path, legalPages, face } = asked;
    const key = JSON.stringify([
      reader.language,
      reader.locale,
      timeZone,
      origin,
      path,
      legalPages,
      face?.version,
    ]);
    const known = variants.get(key);
    if (known !== undefined) return known;
    const rendered = render(asked);
    if (variants.size < VARIANTS_MAX) variants.set(key, rendered);
    return rendered;
  };
}
