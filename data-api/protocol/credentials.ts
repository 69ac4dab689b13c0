/** Who may ask: one key, given in any of the headers that clients of the Data API use. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { Refused } from './refusal.ts';

/** @throws Refused in the words that MongoDB's description has for each case. */
export function checkKey(headers: Headers, key: string): void {
  const given = givenKey(headers);
  if (given === undefined) {
    const half = ['email', 'password', 'jwtTokenString'].filter((name) => headers.has(name));
    if (half.length === 0) {
      throw new Refused('InvalidParameter', 'no authentication methods were specified');
    }
    if (half.length === 1 && half[0] !== 'jwtTokenString') {
      throw new Refused(
        'MissingParameter',
        'must specify some form of authentication (either email+password, api-key, or jwt) in the request header or body',
      );
    }
  }
  if (given === undefined || !timingSafeEqual(digest(given), digest(key))) {
    throw new Refused('InvalidSession', 'invalid session: error finding user for endpoint');
  }
}

/** A Bearer token wins over the other headers, as it did there. */
function givenKey(headers: Headers): string | undefined {
  const bearer = /^Bearer +(.+)$/i.exec(headers.get('Authorization') ?? '')?.[1];
  return bearer ?? headers.get('apiKey') ?? headers.get('api-key') ?? undefined;
}

/** Of equal length, so that comparing them takes equal time. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
