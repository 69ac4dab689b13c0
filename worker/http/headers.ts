/** Headers that every answer wears. Owns their values; who wears what is decided in manners.ts. */

/** Nothing of an API answer is ever to be run, drawn or framed. */
const API_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'";

/** For a page without script: its stylesheet and its icon, both of this site. */
export const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** On every answer. Each of them costs the purchase some microseconds, so they are few. */
const ALWAYS: [string, string][] = [
  ['X-Content-Type-Options', 'nosniff'],
  ['Strict-Transport-Security', 'max-age=31536000; includeSubDomains'],
];

/** How a browser may embed or show an answer: on all that it can be led to by a link or a form. */
const SHOWN: [string, string][] = [
  ['Referrer-Policy', 'no-referrer'],
  ['Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()'],
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  ['X-Frame-Options', 'DENY'],
];

/**
 * Set on the answer's own headers: going through the framework would build the answer anew.
 *
 * @param lean leaves out what only matters to answers that are shown.
 */
export function secure(headers: Headers, lean: boolean): void {
  if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store');
  for (const [name, value] of ALWAYS) headers.set(name, value);
  if (lean || !headers.has('Content-Security-Policy')) {
    headers.set('Content-Security-Policy', API_POLICY);
  }
  if (lean) return;
  for (const [name, value] of SHOWN) if (!headers.has(name)) headers.set(name, value);
}
