/**
 * Reads that a client may keep and ask about again: ETag, If-None-Match and 304; and by the time of
 * the last change, where an answer has one. Anything but a good answer to GET or HEAD passes as it is.
 */
import { etag } from 'hono/etag';
import { createMiddleware } from 'hono/factory';

/**
 * What changes with every answer and says nothing new about what was read is left out of the tag: the time, and
 * the signature of a queue entry's receipt, which is another one each time over the same.
 */
const NO_NEWS = /"serverNow":"[^"]*"|"receipt":"[\w-]+\.[\w-]+\.[\w-]+"/g;

/** Weak, since two bodies with one tag differ in these; a 304 has the time as `Server-Now`. */
export const revalidated = etag({
  weak: true,
  generateDigest: (body) => {
    const text = new TextDecoder().decode(body).replaceAll(NO_NEWS, '');
    return crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  },
});

/**
 * If-Modified-Since, for answers with a Last-Modified; to be mounted in front of `revalidated`. A
 * request that names a tag is answered by it alone (RFC 9110, section 13.2.2).
 */
export const revalidatedByDate = createMiddleware(async (c, next) => {
  await next();
  const since = Date.parse(c.req.header('If-Modified-Since') ?? '');
  const changed = Date.parse(c.res.headers.get('Last-Modified') ?? '');
  const isUnchanged = c.res.status === 200 && changed <= since;
  if (!isUnchanged || c.req.header('If-None-Match') !== undefined) return;
  const headers = new Headers(c.res.headers);
  headers.delete('Content-Type');
  headers.delete('Content-Disposition');
  // Or the new answer would be given the headers of the old one.
  c.res = undefined;
  c.res = new Response(null, { status: 304, headers });
});
