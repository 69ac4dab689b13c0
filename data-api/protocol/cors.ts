/** What browsers on other origins are allowed. Without configured origins: nothing. */

export const ANY_ORIGIN = '*';
const HEADERS =
  'apiKey, api-key, Authorization, Content-Type, Accept, email, password, jwtTokenString';
/** A browser need not ask again before. */
const MAX_AGE_S = '7200';

/** @returns headers for the answer to a request of an origin; none where it is not allowed. */
export function corsHeaders(
  request: Request,
  allowed: ReadonlySet<string> | undefined,
): Record<string, string> {
  if (allowed === undefined || allowed.size === 0) return {};
  const origin = request.headers.get('Origin');
  const isAllowed = origin !== null && (allowed.has(origin) || allowed.has(ANY_ORIGIN));
  // A cache must not give one origin's answer to another.
  if (!isAllowed) return { Vary: 'Origin' };
  return {
    Vary: 'Origin',
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Expose-Headers': 'Retry-After',
  };
}

/** @returns the answer to a preflight of an allowed origin; undefined for any other request. */
export function answerPreflight(
  request: Request,
  allowed: ReadonlySet<string> | undefined,
): Response | undefined {
  if (request.method !== 'OPTIONS') return undefined;
  const headers = corsHeaders(request, allowed);
  if (headers['Access-Control-Allow-Origin'] === undefined) return undefined;
  return new Response(null, {
    status: 204,
    headers: {
      ...headers,
      'Access-Control-Allow-Methods': 'POST',
      'Access-Control-Allow-Headers': HEADERS,
      'Access-Control-Max-Age': MAX_AGE_S,
    },
  });
}
