/** Where signing in leads back to. Must never lead off this site. */

/** An origin that cannot be anybody's (RFC 2606), to resolve paths against. */
const NOWHERE = 'https://swiftdrop.invalid';
/** Screens that nobody comes back to. */
const ACCOUNT_PATHS = /^\/(sign-in|register|forgotten|reset|verify|reminders)/;

/** The `next` of the address as a path of this site; `/` for anything else. */
export function safeNextPath(next: string | undefined): string {
  if (!next?.startsWith('/')) return '/';
  // The URL parser sees through `//host`, `/\host` and control characters, as browsers do.
  const url = URL.canParse(next, NOWHERE) ? new URL(next, NOWHERE) : null;
  if (url?.origin !== NOWHERE || ACCOUNT_PATHS.test(url.pathname)) return '/';
  // What is left of `/..//host` would be read as a host by the next parser.
  if (url.pathname.startsWith('//')) return '/';
  return url.pathname + url.search + url.hash;
}

export function signInPath(next: string): string {
  return withNext('/sign-in', next);
}

export function registerPath(next: string): string {
  return withNext('/register', next);
}

function withNext(path: string, next: string): string {
  const safe = safeNextPath(next);
  return safe === '/' ? path : `${path}?next=${encodeURIComponent(safe)}`;
}
