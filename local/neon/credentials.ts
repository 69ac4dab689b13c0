// Owns the check of the Neon-Connection-String header. Opens no connection: which database
// answers was settled when the endpoint was started.

import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { RequestRefused } from './request-refused.ts';

/**
 * Asks for the parts Neon asks for, so that a connection string which works here has the form
 * that works there. User, host and database may be any: they name nothing on this machine, and
 * the real credentials of a fronted Postgres never leave this process.
 *
 * The password must match. It is what keeps other local programs from running SQL here; web pages
 * are refused before.
 *
 * @param password the one to ask for, or null to accept any
 */
export function checkCredentials(headers: IncomingHttpHeaders, password: string | null): void {
  const url = readConnectionUrl(headers['neon-connection-string']);
  if (url.protocol !== 'postgres:' && url.protocol !== 'postgresql:') {
    throw new RequestRefused(400, 'incorrect scheme');
  }
  if (decode(url.pathname.split('/')[1] ?? '') === '') {
    throw new RequestRefused(400, 'missing database name');
  }
  const user = decode(url.username);
  if (user === '') throw new RequestRefused(400, 'missing username');
  // An Authorization header carries a JWT, which an endpoint with passwords does not take.
  if (url.password === '' || headers.authorization !== undefined) {
    throw new RequestRefused(400, 'missing authentication credentials: required password');
  }
  // Neon finds the project by its host name; a bracketed IPv6 address is none.
  if (url.hostname === '' || url.hostname.startsWith('[')) {
    throw new RequestRefused(400, 'missing hostname');
  }
  if (password !== null && !samePassword(decode(url.password), password)) {
    throw new RequestRefused(400, `password authentication failed for user '${user}'`, '28P01');
  }
}

function readConnectionUrl(header: string | string[] | undefined): URL {
  if (typeof header !== 'string') {
    throw new RequestRefused(400, 'invalid header: neon-connection-string');
  }
  const url = URL.parse(header);
  if (!url) throw new RequestRefused(400, 'invalid connection string');
  return url;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new RequestRefused(400, 'invalid connection string: bad percent-encoding');
  }
}

/** Takes the same time wherever the two differ. */
function samePassword(given: string, wanted: string): boolean {
  return timingSafeEqual(digest(given), digest(wanted));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
