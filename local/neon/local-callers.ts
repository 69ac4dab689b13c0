/**
 * Which requests a server on this machine answers: those of programs on it, and none of a web page. A
 * page can post to a port of this machine, and can give it a name of its own (DNS rebinding).
 */
import type { IncomingHttpHeaders } from 'node:http';

/** Any port: tests reach the servers through a proxy that breaks connections. */
const OWN_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i;

/** Why a request with these headers is refused, in a few words; undefined for one of a program. */
export function callerFault(headers: IncomingHttpHeaders): string | undefined {
  if (!OWN_HOST.test(headers.host ?? '')) return 'this host is not served here';
  const fromPage = headers.origin !== undefined || headers['sec-fetch-site'] !== undefined;
  return fromPage ? 'web pages are not served here' : undefined;
}
