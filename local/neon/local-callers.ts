/**
 * Who may ask the servers beside the shop: programs of this machine, and no web page. A page can post
 * to a port of this machine, and can give it a name of its own (DNS rebinding).
 */
import type { IncomingHttpHeaders } from 'node:http';

/** Any port: what is tested with broken wires is reached through another one. */
const OWN_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i;

/** Why these headers of a request are refused, in a few words; undefined for those of a program. */
export function strangerIn(headers: IncomingHttpHeaders): string | undefined {
  if (!OWN_HOST.test(headers.host ?? '')) return 'this host is not served here';
  const fromPage = headers.origin !== undefined || headers['sec-fetch-site'] !== undefined;
  return fromPage ? 'web pages are not served here' : undefined;
}
