/** The part of http_ece, which has no types of its own, that tests use to read what was encrypted. */
declare module 'http_ece' {
  import type { ECDH } from 'node:crypto';

  /** Throws where the text was not encrypted for this device. */
  export function decrypt(
    body: Uint8Array,
    device: { version: 'aes128gcm'; privateKey: ECDH; authSecret: string },
  ): Uint8Array;
}
