/** Which addresses an item's picture may have: one rule for what is written and for what is drawn. */

/** A path is resolved against this only to see where it would lead. */
const SITE = 'https://site.invalid';

/** @returns whether it is an https URL, or a path of this site that leads to no other one. */
export function isPictureUrl(text: string): boolean {
  if (/[\s\\\p{Cc}]/u.test(text)) return false;
  const isPath = text.startsWith('/');
  // A browser would take `https:host` and `https:///host` too, and not everyone the same way.
  if (!isPath && !/^https:\/\/[^/]/.test(text)) return false;
  if (!URL.canParse(text, SITE)) return false;
  const { protocol, origin, username, password } = new URL(text, SITE);
  if (isPath) return origin === SITE;
  return protocol === 'https:' && username === '' && password === '';
}

/** A stored address as it may be shown: null for one that an older rule let pass. */
export function shownPicture(stored: string | null): string | null {
  return stored !== null && isPictureUrl(stored) ? stored : null;
}
