/** Proves that frames are found, whole or in pieces. */
import { expect, test } from 'vitest';
import { readFrames } from './web-socket-frames.ts';

function frame(text: string, opcode = 1): Buffer {
  const payload = Buffer.from(text);
  const head = payload.length < 126 ? Buffer.alloc(2) : Buffer.alloc(4);
  head[0] = 0x80 | opcode;
  head[1] = Math.min(payload.length, 126);
  if (payload.length >= 126) head.writeUInt16BE(payload.length, 2);
  return Buffer.concat([head, payload]);
}

const LONG = 'x'.repeat(300);

test('many messages are counted, and the last one is kept', () => {
  const { count, last, rest } = readFrames(Buffer.concat([frame('a'), frame(LONG), frame('b')]));
  expect([count, last?.toString(), rest]).toEqual([2 + 1, 'b', undefined]);
});

test('wherever it is cut, the rest and what follows make the message', () => {
  const bytes = Buffer.concat([frame('a'), frame(LONG)]);
  for (let cut = 0; cut <= bytes.length; cut++) {
    const first = readFrames(bytes.subarray(0, cut));
    const tail = bytes.subarray(cut);
    const second = readFrames(first.rest ? Buffer.concat([first.rest, tail]) : tail);
    expect(first.count + second.count).toBe(2);
    expect((second.last ?? first.last)?.toString()).toBe(LONG);
  }
});

test('a pong or a close is no message', () => {
  expect(readFrames(Buffer.concat([frame('', 10), frame('bye', 8)])).count).toBe(0);
});
