import { cleanup, render } from '@testing-library/preact';
import { afterEach, expect, test } from 'vitest';
import { DE } from '../texts/de.ts';
import { EN } from '../texts/en.ts';
import { speak } from '../texts/texts.ts';
import { Countdown } from './countdown.tsx';

afterEach(() => {
  cleanup();
  speak(EN, 'en-GB');
});

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

function cellsAt(remainingMs: number): string[] {
  const { container } = render(<Countdown label="Opens in" remainingMs={remainingMs} />);
  return [...container.querySelectorAll('.countdown-cell')].map(
    (cell) =>
      `${cell.querySelector('.countdown-digits')?.textContent} ${cell.querySelector('.countdown-unit')?.textContent}`,
  );
}

test.each([
  [HOUR_MS + 5 * MINUTE_MS, ['1 hour', '05 min', '00 sec']],
  [2 * HOUR_MS, ['2 hours', '00 min', '00 sec']],
  [24 * HOUR_MS, ['1 day', '00 hours', '00 min', '00 sec']],
  [25 * HOUR_MS, ['1 day', '01 hour', '00 min', '00 sec']],
  [50 * HOUR_MS, ['2 days', '02 hours', '00 min', '00 sec']],
  [61 * SECOND_MS, ['1 min', '01 sec']],
  [0, ['0 min', '00 sec']],
])('%i ms are read as words with their own number', (remainingMs, cells) => {
  expect(cellsAt(remainingMs)).toEqual(cells);
});

test('one day is one day in German, too', () => {
  speak(DE, 'de-DE');
  expect(cellsAt(24 * HOUR_MS)[0]).toBe('1 Tag');
  cleanup();
  expect(cellsAt(48 * HOUR_MS)[0]).toBe('2 Tage');
});
