/** Proves that an answer is read whole or not at all. */
import { expect, test } from 'vitest';
import { readAnswer } from './http-answer.ts';

const HEAD = 'HTTP/1.1 201 Created\r\nContent-Length: 11\r\nX: y\r\n\r\n';
const BODY = '{"ü":"é"}';
const BYTES = Buffer.from(HEAD + BODY);

test('an answer is its status and its body, counted in bytes', () => {
  const bytes = Buffer.from('HTTP/1.1 409 Conflict\r\ncontent-length: 4\r\n\r\n"é"');
  expect(readAnswer(bytes)).toEqual({ status: 409, body: '"é"' });
});

test('nothing is read from a part of an answer', () => {
  for (let length = 0; length < BYTES.length; length++) {
    expect(readAnswer(BYTES.subarray(0, length))).toBeUndefined();
  }
  expect(readAnswer(BYTES)).toEqual({ status: 201, body: BODY });
});

test('an answer without a length is refused, since its end could not be seen', () => {
  const chunked = Buffer.from('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
  expect(() => readAnswer(chunked)).toThrow('without a length');
});
