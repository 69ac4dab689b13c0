import { cleanup, fireEvent } from '@testing-library/preact';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createDrafts } from '../page/drafts.ts';
import { anEvent, aSession } from '../testing/builders.ts';
import { fakeApi, ok } from '../testing/fake-api.ts';
import { fakeReviews } from '../testing/fake-reviews.tsx';
import { openShop, settle } from '../testing/fake-shop.tsx';
import { DE } from '../texts/de.ts';
import { EN } from '../texts/en.ts';
import type { Language } from '../texts/language.ts';
import { speak } from '../texts/texts.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  speak(EN);
});

function aLongStock() {
  const event = anEvent();
  const stock = { total: 12_000, remaining: 11_000, held: 0, sold: 1_000 };
  return { ...event, items: event.items.map((item) => ({ ...item, stock })) };
}

it('speaks German from the first word to the last, and counts as the region does', async () => {
  speak(DE, 'de-AT');
  const api = fakeApi();
  api.getEvent.mockResolvedValue(ok(aLongStock()));
  const view = await openShop({ api, path: '/events/evt_000000000001' });
  expect(view.getByRole('link', { name: 'Alle Drops' })).toBeDefined();
  expect(view.getByRole('button', { name: 'Zum Kaufen anmelden: Headphones' })).toBeDefined();
  expect(view.container.textContent).toMatch(/11.000 übrig von 12.000/);
  expect(view.container.textContent).not.toContain('11,000');
  expect(document.title).toBe('Sunday sound · SwiftDrop');
});

it('names each language in its own words, and marks the one that is spoken', async () => {
  const chosen: Language[] = [];
  const view = await openShop({ api: fakeApi(), path: '/', chosen });
  const english = view.getByRole('button', { name: 'English', pressed: true });
  const german = view.getByRole('button', { name: 'Deutsch', pressed: false });
  expect([english.lang, german.lang]).toEqual(['en', 'de']);
  fireEvent.click(english);
  expect(chosen).toEqual([]);
  fireEvent.click(german);
  expect(chosen).toEqual(['de']);
});

it('stores a language that is chosen for the mails of whoever is signed in, on the page that follows', async () => {
  const drafts = createDrafts(null);
  const view = await openShop({ api: fakeApi(), session: aSession(), path: '/', drafts });
  fireEvent.click(view.getByRole('button', { name: 'Deutsch' }));
  cleanup();
  const server = fakeReviews();
  server.answer('PUT /profile/language', 204);
  await openShop({ api: server.api, session: aSession(), path: '/', drafts });
  await settle();
  const asked = server.asked.filter(({ what }) => what === 'PUT /profile/language');
  expect(asked).toMatchObject([{ body: { language: 'de' }, isSignedIn: true }]);
});

it('stores it for whoever signs in after it was chosen', async () => {
  const drafts = createDrafts(null);
  const server = fakeReviews();
  server.answer('PUT /profile/language', 204);
  const view = await openShop({ api: server.api, path: '/', drafts });
  fireEvent.click(view.getByRole('button', { name: 'Deutsch' }));
  await settle();
  expect(server.count('PUT /profile/language')).toBe(0);
  view.shop.session.start(aSession());
  await settle();
  expect(server.count('PUT /profile/language')).toBe(1);
});
