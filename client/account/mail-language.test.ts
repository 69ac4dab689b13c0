import { expect, it, vi } from 'vitest';
import { createDrafts, LANGUAGE_DRAFT } from '../page/drafts.ts';
import { ok, refused } from '../testing/fake-api.ts';
import type { AccountApi } from './account-api.ts';
import { storeMailLanguage } from './mail-language.ts';

function chosen(language: string) {
  const drafts = createDrafts(null);
  drafts.write(LANGUAGE_DRAFT, language);
  const setLanguage = vi.fn<AccountApi['setLanguage']>(async () => ok({ isDone: true }));
  return { drafts, setLanguage, store: () => storeMailLanguage({ api: { setLanguage }, drafts }) };
}

it('stores what was chosen on the page, once', async () => {
  const { setLanguage, store } = chosen('de');
  await store();
  await store();
  expect(setLanguage).toHaveBeenCalledExactlyOnceWith({ language: 'de' });
});

it('stores nothing where nothing was chosen, or what is no language', async () => {
  for (const { setLanguage, store } of [chosen(''), chosen('tlh')]) {
    await store();
    expect(setLanguage).not.toHaveBeenCalled();
  }
});

it('tries again on the next page where no answer came, and not where it is refused', async () => {
  const { setLanguage, store } = chosen('de');
  setLanguage.mockResolvedValueOnce(refused({ code: 'offline' }));
  await store();
  setLanguage.mockResolvedValueOnce(refused({ code: 'unauthenticated' }));
  await store();
  await store();
  expect(setLanguage).toHaveBeenCalledTimes(2);
});
