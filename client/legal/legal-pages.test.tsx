import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { LegalPageText } from '../../worker/contract/legal.ts';
import type { PageData } from '../../worker/contract/pages.ts';
import type { Result } from '../api/call-problem.ts';
import { openLazyParts } from '../lazy/lazy-parts.ts';
import { drawPage } from '../shell/draw-page.tsx';
import { instant, NOON_MS } from '../testing/builders.ts';
import { type FakeApi, fakeApi } from '../testing/fake-api.ts';
import { openShop, settle } from '../testing/fake-shop.tsx';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  document.body.replaceChildren();
  vi.useRealTimers();
});

const PATH = '/legal/imprint';
const IMPRINT: LegalPageText = {
  page: 'imprint',
  language: 'en',
  languages: ['en'],
  html: '<h2>Lamps Ltd</h2>\n<p>1 Long Road</p>\n',
  changedAt: instant(NOON_MS),
  serverNow: instant(NOON_MS),
};

/** Whatever is asked without a token. */
function answering(result: Result<LegalPageText>) {
  return vi.fn<() => Promise<Result<LegalPageText>>>(async () => result) as FakeApi['asAnyone'];
}

function drawn(data: PageData): HTMLElement {
  const container = document.createElement('div');
  container.innerHTML = drawPage({
    data,
    reader: { language: 'en', locale: 'en-GB' },
    timeZone: 'UTC',
    previews: null,
    origin: 'https://shop.example',
    path: PATH,
    legalPages: ['imprint'],
    face: null,
    nowMs: NOON_MS,
  }).body;
  document.body.append(container);
  return container;
}

test('a legal page stays as it arrived, and asks for nothing', async () => {
  const data: PageData = { kind: 'legal', legal: IMPRINT };
  const container = drawn(data);
  // But for what is inside the text, which is put there as a whole.
  const arrived = [...container.querySelectorAll('main *')].filter(
    (element) => !element.parentElement?.matches('.legal-text'),
  );
  expect(arrived.length).toBeGreaterThan(3);
  const api = { ...fakeApi(), asAnyone: answering({ ok: false, problem: { code: 'offline' } }) };
  const page = { data, takenAtMs: NOON_MS, container };
  await openShop({ api, path: PATH, page, legalPages: ['imprint'] });
  await settle(5_000);
  expect(arrived.filter((element) => !container.contains(element))).toEqual([]);
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Legal notice');
  expect(screen.getByRole('heading', { level: 2 }).textContent).toBe('Lamps Ltd');
  expect(api.asAnyone).not.toHaveBeenCalled();
});

test('a legal page is fetched by whoever follows its link at the end of another page', async () => {
  const asAnyone = answering({ ok: true, value: IMPRINT });
  await openShop({
    api: { ...fakeApi(), asAnyone },
    path: '/',
    legalPages: ['imprint', 'returns'],
    loadParts: openLazyParts,
  });
  const links = screen.getByRole('navigation', { name: 'Legal information' });
  expect([...links.querySelectorAll('a')].map((link) => link.textContent)).toEqual([
    'Legal notice',
    'Returns',
  ]);
  fireEvent.click(screen.getByRole('link', { name: 'Legal notice' }));
  await settle();
  await settle();
  expect(screen.getByText('1 Long Road')).toBeTruthy();
  expect(document.activeElement?.textContent).toBe('Legal notice');
  expect(document.title).toContain('Legal notice');
});

test('a legal page that is not there says so', async () => {
  const api = { ...fakeApi(), asAnyone: answering({ ok: false, problem: { code: 'not_found' } }) };
  await openShop({ api, path: '/legal/terms' });
  await settle();
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Nothing here');
});

test('a shop without legal pages has no links to them', async () => {
  await openShop({ api: fakeApi(), path: '/' });
  expect(screen.queryByRole('navigation', { name: 'Legal information' })).toBeNull();
});

test('who registers is led to the terms and to what is kept of them, as far as they exist', async () => {
  await openShop({ api: fakeApi(), path: '/register', legalPages: ['imprint', 'privacy'] });
  const note = screen.getByText(/What applies to your account/);
  expect([...note.querySelectorAll('a')].map((link) => link.getAttribute('href'))).toEqual([
    '/legal/privacy',
  ]);
});
