import { act, cleanup, renderHook } from '@testing-library/preact';
import { afterEach, expect, test } from 'vitest';
import { createDrafts, type Drafts } from '../page/drafts.ts';
import { type Shop, ShopContext } from './shop.ts';
import { type DraftOf, useDraft } from './use-draft.ts';

afterEach(cleanup);

function openForm(drafts: Drafts, draft: DraftOf) {
  const shop: Partial<Shop> = { drafts };
  return renderHook(() => useDraft(draft, { title: '', stock: '1' }), {
    wrapper: ({ children }) => (
      <ShopContext.Provider value={shop as Shop}>{children}</ShopContext.Provider>
    ),
  }).result;
}

test('a form that is opened again has what was typed, until it is sent', () => {
  const drafts = createDrafts(null);
  const draft = { name: 'event', base: { title: 'Lamps' } };
  const form = openForm(drafts, draft);
  void act(() => form.current.change({ title: 'Night of lamps' }));
  const again = openForm(drafts, draft);
  expect(again.current.fields).toEqual({ title: 'Night of lamps', stock: '1' });
  again.current.forget();
  expect(openForm(drafts, draft).current.fields.title).toBe('');
});

test('a draft of what somebody else has changed since is not taken up', () => {
  const drafts = createDrafts(null);
  const form = openForm(drafts, { name: 'event', base: { stock: 1 } });
  void act(() => form.current.change({ title: 'Night of lamps' }));
  expect(openForm(drafts, { name: 'event', base: { stock: 2 } }).current.fields.title).toBe('');
});
