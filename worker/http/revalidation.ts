/**
 * Reads that a client may keep and ask about again: ETag, If-None-Match and 304. Mounted on a path
 * whose body is JSON; anything but a good answer to GET or HEAD passes as it is.
 */
import { etag } from 'hono/etag';

/** Changes with every answer and says nothing about what was read, so it is left out of the tag. */
const SERVER_NOW = /"serverNow":"[^"]*"/;

/** Weak, since two bodies with one tag differ in `serverNow`; a 304 tells it as `Server-Now`. */
export const revalidated = etag({
  weak: true,
  generateDigest: (body) => {
    const text = new TextDecoder().decode(body).replace(SERVER_NOW, '');
    return crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  },
});
