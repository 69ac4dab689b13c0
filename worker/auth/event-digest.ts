/** The key in an event's id, which distinguishes an id of this shop from an invented one. */
import { createHmac } from 'node:crypto';
import type { KeyedDigest } from '../contract/ids.ts';

/** @param secret is kept for good: ids that another one made are looked up, as those without any. */
export function eventDigest(secret: string): KeyedDigest {
  return (text) => createHmac('sha256', secret).update(`event ${text}`).digest();
}
