import { createHash, createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { createHmacSha256, createSha256 } from './many-hashes.ts';

/** Around each border of a block. */
const LENGTHS = [0, 1, 35, 55, 56, 63, 64, 65, 119, 120, 128, 139, 200, 1_000, 3];

function message(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, n) => (n * 31 + length) % 256);
}

test('one message after the other has the hash that another program computes', () => {
  const hash = createSha256();
  const out = new Uint8Array(32);
  for (const length of LENGTHS) {
    hash(message(length), out);
    expect([...out]).toEqual([...createHash('sha256').update(message(length)).digest()]);
  }
});

test('one message after the other has the HMAC that another program computes', () => {
  const key = message(32);
  const score = createHmacSha256(key);
  for (const length of LENGTHS) {
    const out = new Uint8Array(32);
    score(message(length), out);
    expect([...out]).toEqual([...createHmac('sha256', key).update(message(length)).digest()]);
  }
});

test('a hash may be written where the message was', () => {
  const bytes = message(32);
  createSha256()(bytes, bytes);
  expect([...bytes]).toEqual([...createHash('sha256').update(message(32)).digest()]);
});
