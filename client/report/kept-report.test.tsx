import { cleanup, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { EVENT_ID } from '../testing/builders.ts';
import { fakeApi } from '../testing/fake-api.ts';
import { openShop, settle } from '../testing/fake-shop.tsx';
import { EN } from '../texts/en.ts';

const PATH = `/events/${EVENT_ID}/report`;
const DRAWN =
  '<article class="sale-report"><h1>Report: Night drop</h1><svg role="img" aria-label="Of all units: 2."><rect class="report-part-0"></rect></svg></article>';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  document.body.innerHTML = '';
});

async function open(drawnByServer: string) {
  const server = document.createElement('div');
  server.innerHTML = drawnByServer;
  document.body.append(server);
  const api = fakeApi();
  await openShop({ api, path: PATH });
  await vi.dynamicImportSettled();
  await settle();
  // What is on the page from now on is drawn by the browser.
  server.remove();
  return api;
}

it('keeps what the server drew, as it is', async () => {
  const api = await open(DRAWN);
  expect(document.querySelector('.sale-report')?.outerHTML).toBe(DRAWN);
  expect(screen.getByRole('img', { name: 'Of all units: 2.' })).toBeTruthy();
  await settle(60_000);
  expect(document.querySelector('.sale-report')?.outerHTML).toBe(DRAWN);
  expect(api.getEvent).not.toHaveBeenCalled();
});

it('says that there is no such page where the server drew none', async () => {
  await open('');
  expect(document.querySelector('.sale-report')).toBeNull();
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(EN.texts.notFoundTitle);
});
