import { signal } from '@preact/signals-core';
import { expect, it } from 'vitest';
import { createHolds } from '../holds/holds.ts';
import { createDrafts } from '../page/drafts.ts';
import type { SignedIn } from '../session/session.ts';
import { anOrder, aSession } from '../testing/builders.ts';
import { forgetShoppers } from './forget-shoppers.ts';

const { user } = aSession();
const other = { user: { ...user, id: 'usr_000000000000000002' as typeof user.id } };

function pageOf(signedIn: SignedIn | null) {
  const current = signal(signedIn);
  const session = { current, token: () => null, start: () => {}, end: () => {} };
  const kept = new Map<string, unknown>();
  const memory = {
    read: (name: string) => kept.get(name),
    write: (name: string, value: unknown) => void kept.set(name, value),
    forget: () => kept.clear(),
  };
  const page = { session, memory, holds: createHolds(), drafts: createDrafts(null) };
  forgetShoppers(page);
  page.memory.write('list', ['of this shopper']);
  page.holds.learn([anOrder()]);
  page.drafts.write('comment', 'half a thought');
  return { ...page, current };
}

it('leaves neither holds nor lists nor drafts for somebody else', () => {
  const { current, memory, holds, drafts } = pageOf({ user });
  current.value = other;
  expect(memory.read('list')).toBeUndefined();
  expect(holds.current.value).toEqual([]);
  expect(drafts.read('comment')).toBe('');
});

it('keeps drafts for whoever signs in to send them, or signs in again', () => {
  const { current, drafts } = pageOf(null);
  current.value = { user };
  current.value = null;
  current.value = { user };
  expect(drafts.read('comment')).toBe('half a thought');
});

it('keeps everything while the same shopper gets another token', () => {
  const { current, memory, holds } = pageOf({ user });
  current.value = { user: { ...user } };
  expect(memory.read('list')).toBeDefined();
  expect(holds.current.value).toHaveLength(1);
});
