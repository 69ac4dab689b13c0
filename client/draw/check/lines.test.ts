import { expect, test } from 'vitest';
import { linesOf } from './lines.ts';

async function linesIn(...parts: readonly string[]): Promise<string[]> {
  const bytes = parts.map((part) => new TextEncoder().encode(part));
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      for (const part of bytes) controller.enqueue(part);
      controller.close();
    },
  });
  const lines: string[] = [];
  for await (const line of linesOf(body)) lines.push(line);
  return lines;
}

test('lines are whole, however they arrive', async () => {
  expect(await linesIn('{"a":1}\n{"b', '":2}', '\n\n{"c":3}\n')).toEqual([
    '{"a":1}',
    '{"b":2}',
    '{"c":3}',
  ]);
  expect(await linesIn('one\ntwo')).toEqual(['one', 'two']);
  expect(await linesIn('')).toEqual([]);
});

test('a character that is cut by the network is whole', async () => {
  const [first, ...rest] = new TextEncoder().encode('ä\n');
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      controller.enqueue(Uint8Array.of(first ?? 0));
      controller.enqueue(Uint8Array.from(rest));
      controller.close();
    },
  });
  const lines: string[] = [];
  for await (const line of linesOf(body)) lines.push(line);
  expect(lines).toEqual(['ä']);
});

test('a line that is too long is given cut, and is the last one', async () => {
  const long = 'x'.repeat(5_000);
  const cut = 'x'.repeat(4_000);
  expect(await linesIn(`one\n${long}\ntwo\n`)).toEqual(['one', cut]);
  // Nobody waits for its end.
  expect(await linesIn('one\n', long, long, '\ntwo\n')).toEqual(['one', cut]);
});

test('a body of which no more is wanted is let go', async () => {
  let isCancelled = false;
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull: (controller) => controller.enqueue(new TextEncoder().encode('line\n')),
    cancel: () => {
      isCancelled = true;
    },
  });
  for await (const line of linesOf(body)) {
    expect(line).toBe('line');
    break;
  }
  expect(isCancelled).toBe(true);
});
