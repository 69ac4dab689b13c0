import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { LegalDraft } from '../../../worker/contract/legal.ts';
import { instant, NOON_MS } from '../../testing/builders.ts';
import { ok, refused } from '../../testing/fake-api.ts';
import { settle } from '../../testing/fake-shop.tsx';
import { drawInConsole } from '../../testing/open-console.tsx';
import type { AdminApi } from '../api/admin-api.ts';
import { SavedNote } from '../forms/saved-note.tsx';
import { LegalAttention } from './legal-attention.tsx';
import { LegalScreen } from './legal-screen.tsx';
import { LegalTextScreen } from './legal-text-screen.tsx';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const PLACE = { page: 'imprint', language: 'de' } as const;
const serverNow = instant(NOON_MS);

function draft(text: string | null, version: number): LegalDraft {
  return { ...PLACE, text, version, changedAt: version === 0 ? null : serverNow };
}

const listing = (...texts: LegalDraft[]) =>
  vi.fn<AdminApi['legalTexts']>(async () => ok({ texts, serverNow }));

const field = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Text' });
const type = (value: string) => fireEvent.input(field(), { target: { value } });
const said = () => document.querySelector('output')?.textContent;
async function press(name: string) {
  fireEvent.click(screen.getByRole('button', { name }));
  await settle();
}

test('the list tells of each text whether it is there, and leads to it', async () => {
  const english = { ...draft('Lamps', 1), language: 'en' } as const;
  await drawInConsole(<LegalScreen />, { legalTexts: listing(draft(null, 0), english) });
  const link = screen.getByRole('link', { name: 'Deutsch' });
  expect(link.getAttribute('href')).toBe('/admin/legal/imprint/de');
  expect(link.parentElement?.textContent).toContain('the other language is shown instead');
  expect(screen.getByRole('link', { name: 'English' }).parentElement?.textContent).toMatch(
    /Changed/,
  );
});

test('a text is saved as of the version that was opened', async () => {
  const writeLegalText = vi.fn<AdminApi['writeLegalText']>(async () => ok(draft('Neu', 4)));
  const calls = { legalTexts: listing(draft('Alt', 3)), writeLegalText };
  const form = (
    <>
      <SavedNote />
      <LegalTextScreen place={PLACE} />
      <a href="/admin/events">Away</a>
    </>
  );
  await drawInConsole(form, calls);
  expect(field().value).toBe('Alt');
  type('Neu');
  await press('Save');
  expect(writeLegalText).toHaveBeenCalledWith(PLACE, { text: 'Neu', version: 3 });
  expect(location.pathname).toBe('/admin/legal');
  // Said where it leads to, until one goes on.
  expect(said()).toBe('The text is saved.');
  fireEvent.click(screen.getByText('Away'));
  await settle();
  expect(location.pathname).toBe('/admin/events');
  expect(said()).toBe('');
});

test('a text that somebody else changed meanwhile is not replaced unless that is said', async () => {
  const legalTexts = vi
    .fn<AdminApi['legalTexts']>()
    .mockResolvedValueOnce(ok({ texts: [draft('Alt', 3)], serverNow }))
    .mockResolvedValue(ok({ texts: [draft('Ihres', 4)], serverNow }));
  const writeLegalText = vi
    .fn<AdminApi['writeLegalText']>()
    .mockResolvedValueOnce(refused({ code: 'precondition_failed' }))
    .mockResolvedValue(ok(draft('Meins', 5)));
  await drawInConsole(<LegalTextScreen place={PLACE} />, { legalTexts, writeLegalText });
  type('Meins');
  await press('Save');
  await settle();
  expect(screen.getByRole('alert').textContent).toContain('what you have typed is still here');
  expect(field().value).toBe('Meins');
  await press('Save my version instead');
  expect(writeLegalText).toHaveBeenLastCalledWith(PLACE, { text: 'Meins', version: 4 });
});

test('or gives way to theirs', async () => {
  const legalTexts = vi
    .fn<AdminApi['legalTexts']>()
    .mockResolvedValueOnce(ok({ texts: [draft('Alt', 3)], serverNow }))
    .mockResolvedValue(ok({ texts: [draft('Ihres', 4)], serverNow }));
  const writeLegalText = vi
    .fn<AdminApi['writeLegalText']>()
    .mockResolvedValue(refused({ code: 'precondition_failed' }));
  await drawInConsole(<LegalTextScreen place={PLACE} />, { legalTexts, writeLegalText });
  type('Meins');
  await press('Save');
  await settle();
  await press('Put these changes into the form');
  expect(field().value).toBe('Ihres');
  expect(screen.queryByRole('alert')).toBeNull();
});

test('a preview is what the server makes of what is typed', async () => {
  const previewLegalText = vi.fn<AdminApi['previewLegalText']>(async () =>
    ok({ html: '<h2>Lampen</h2>' }),
  );
  const calls = { legalTexts: listing(draft(null, 0)), previewLegalText };
  await drawInConsole(<LegalTextScreen place={PLACE} />, calls);
  type('# Lampen');
  await press('Show preview');
  expect(previewLegalText).toHaveBeenCalledWith('# Lampen');
  expect(screen.getByRole('heading', { name: 'Lampen' })).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Delete this text' })).toBeNull();
});

test('missing pages are named where admins begin, until there are all', async () => {
  const languages = [{ language: 'de', changedAt: serverNow } as const];
  const there = (...pages: ('imprint' | 'terms' | 'privacy' | 'returns')[]) => ({
    legalPages: async () => ok({ pages: pages.map((page) => ({ page, languages })), serverNow }),
  });
  await drawInConsole(<LegalAttention />, there('imprint', 'privacy'));
  expect(screen.getByText(/^Terms, Returns\. In many countries/)).toBeTruthy();
  expect(screen.getByRole('link').getAttribute('href')).toBe('/admin/legal');
  cleanup();
  await drawInConsole(<LegalAttention />, there('imprint', 'terms', 'privacy', 'returns'));
  expect(screen.queryByRole('link')).toBeNull();
});
