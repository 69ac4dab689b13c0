/** Proves what the bar shows, and how often. */
import { expect, test } from 'vitest';
import { barLine, openProgress } from './progress.ts';

function screen(isTTY: boolean) {
  const written: string[] = [];
  return { written, isTTY, columns: 60, write: (text: string) => written.push(text) };
}

function at(done: number) {
  return { stage: 'selling', done, total: 10, note: '' };
}

test('the bar is as full as the work is done, and never fuller', () => {
  expect(barLine({ ...at(5), note: 'half' })).toBe(
    `selling   ${'█'.repeat(12)}${'░'.repeat(12)} 5/10  half`,
  );
  expect(barLine(at(99))).not.toContain('░');
  expect(barLine({ ...at(0), total: 0 })).not.toContain('░');
});

test('without a terminal there is at most one line in a second, and none twice', () => {
  let nowMs = 0;
  const { written, ...stream } = screen(false);
  const progress = openProgress({ ...stream, write: (text) => written.push(text) }, () => nowMs);
  for (; nowMs < 3_000; nowMs += 50) progress.show(at(Math.min(4, Math.floor(nowMs / 50))));
  expect(written).toHaveLength(2);
  expect(written.join('')).not.toContain('\r');
});

test('the end is always shown', () => {
  const { written, ...stream } = screen(false);
  const progress = openProgress({ ...stream, write: (text) => written.push(text) }, () => 0);
  progress.show(at(1));
  progress.show(at(10), true);
  expect(written.at(-1)).toContain('10/10');
});

test('on a terminal one line is drawn over and over, within its width', () => {
  let nowMs = 0;
  const { written, ...stream } = screen(true);
  const progress = openProgress({ ...stream, write: (text) => written.push(text) }, () => nowMs);
  progress.show({ ...at(1), note: 'x'.repeat(200) });
  nowMs = 100;
  progress.show(at(2));
  progress.show(at(3), true);
  expect(written).toHaveLength(3);
  expect(written.every((text) => text.startsWith('\r'))).toBe(true);
  expect(written[0]?.length).toBeLessThan(60 + 5);
  expect(written.join('').match(/\n/g)).toHaveLength(1);
});
