import { cleanup, screen, within } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Draw } from '../../worker/contract/draw.ts';
import { anEvent, EVENT_ID, instant, NOON_MS } from '../testing/builders.ts';
import { playDraw } from '../testing/draws.ts';
import { fakeReviews } from '../testing/fake-reviews.tsx';
import { openShop, settle } from '../testing/fake-shop.tsx';
import { openDraw } from './open-draw.tsx';

const FROM_MS = Date.UTC(2026, 10, 27, 9);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

async function openPage(change: (draw: Draw) => object) {
  const { draw } = await playDraw();
  const server = fakeReviews();
  server.api.getEvent.mockResolvedValue({ ok: true, value: anEvent() });
  const shown = { ...draw, ...change(draw) };
  server.answer(`GET /events/${EVENT_ID}/draw`, { draw: shown, serverNow: instant(NOON_MS) });
  const path = `/events/${EVENT_ID}/draw`;
  await openShop({ api: server.api, path, loadDraw });
  for (let turn = 0; turn < 4; turn++) await settle();
}

const loadDraw = () => openDraw(() => () => {});

const counts = {
  version: 1 as const,
  records: 12,
  from: instant(FROM_MS),
  stepSeconds: 300,
  entered: [2, 7, 0, 1],
  left: [0, 1, 1, 0],
};

test('a draw shows when people entered, with a bar for each step in which somebody did', async () => {
  await openPage(() => ({ counts }));
  const part = screen.getByRole('region', { name: 'When people entered' });
  expect(part.textContent).toMatch(/highest bar is 7 entries, from 27 Nov.*:05.* on/);
  expect(part.textContent).toContain('Each bar is 5 minutes.');
  expect(part.querySelectorAll('.draw-count')).toHaveLength(3);
  expect(part.querySelectorAll('.draw-count-left')).toHaveLength(2);
});

test('the same stands there in digits, without steps in which nothing happened', async () => {
  await openPage(() => ({ counts: { ...counts, left: [0, 1, 0, 0] } }));
  const table = screen.getByRole('table', { name: 'When people entered', hidden: true });
  const rows = within(table).getAllByRole('row', { hidden: true });
  expect(rows.map(({ children }) => [...children].map((cell) => cell.textContent))).toEqual([
    ['From', 'Entered', 'Withdrawn'],
    [expect.stringMatching(/:00/), '2', '0'],
    [expect.stringMatching(/:05/), '7', '1'],
    [expect.stringMatching(/:15/), '1', '0'],
  ]);
});

test.each([
  ['that nobody has entered', null],
  ['from a shop before there were counts', undefined],
])('a draw %s has no such part', async (_, none) => {
  await openPage(() => ({ counts: none }));
  expect(screen.getByRole('heading', { name: 'The numbers' })).toBeTruthy();
  expect(screen.queryByRole('heading', { name: 'When people entered' })).toBeNull();
});
