/**
 * SHA-256 and HMAC-SHA-256 of very many short texts, one after the other: a draw has hundreds of thousands. What
 * each call would make anew is kept, which takes half the time.
 */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';

/** @param out 32 bytes; may be a part of `message`. */
export type HashInto = (message: Uint8Array, out: Uint8Array) => void;

export function createSha256(): HashInto {
  return reusing(sha256.create(), sha256.create());
}

export function createHmacSha256(key: Uint8Array): HashInto {
  return reusing(hmac.create(sha256, key), hmac.create(sha256, key));
}

/** What the library's hashes do. */
interface Hash<Same> {
  update(bytes: Uint8Array): unknown;
  digestInto(out: Uint8Array): void;
  _cloneInto(to: Same): Same;
}

/** @param begun is never added to; `used` is set back to it for each message */
function reusing<Same extends Hash<Same>>(begun: Same, used: Same): HashInto {
  return (message, out) => {
    // oxlint-disable-next-line no-underscore-dangle -- the library's name of what copies into a hash that is there
    begun._cloneInto(used);
    used.update(message);
    used.digestInto(out);
  };
}
