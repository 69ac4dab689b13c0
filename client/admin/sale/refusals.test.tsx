import { cleanup, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { COUNTED_REFUSALS } from '../../../worker/contract/refusals.ts';
import { drawInConsole } from '../../testing/open-console.tsx';
import { ADMIN_DE } from '../texts/de.ts';
import { ADMIN_EN } from '../texts/en.ts';
import { Refusals } from './refusals.tsx';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const rows = () => screen.getAllByRole('row').map(({ children }) => wordsOf(children));
const wordsOf = (cells: HTMLCollection) => [...cells].map(({ textContent }) => textContent);

test('people are refused for reasons in a seller’s words, which add up', async () => {
  const refusals = { limit_reached: 1_000, sold_out: 3_000 };
  await drawInConsole(<Refusals refusals={refusals} />, {});
  expect(screen.getByText(/^4,000 tries were refused/)).toBeTruthy();
  expect(rows()).toEqual([
    ['Reason', 'Tries', 'Share'],
    ['Tried after the last unit was gone', '3,000', '75%'],
    ['More than one customer may have', '1,000', '25%'],
    ['In all', '4,000', '100%'],
  ]);
});

test('where nobody was refused, that is said', async () => {
  await drawInConsole(<Refusals refusals={{}} />, {});
  expect(screen.getByText(ADMIN_EN.refusals.empty)).toBeTruthy();
  expect(screen.queryByRole('table')).toBeNull();
});

test.each([
  ['English', ADMIN_EN.refusals.reasons],
  ['German', ADMIN_DE.refusals.reasons],
])('every refusal that is counted has words of its own in %s', (_, reasons) => {
  const words = COUNTED_REFUSALS.map((code) => reasons[code]);
  expect(words.every((word) => word && !word.includes('_'))).toBe(true);
  expect(new Set(words).size).toBe(COUNTED_REFUSALS.length);
});
