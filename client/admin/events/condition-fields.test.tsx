import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, expect, test, vi } from 'vitest';
import { type Shop, ShopContext } from '../../shop/shop.ts';
import { NOON_MS } from '../../testing/builders.ts';
import { ADMIN_EN } from '../texts/en.ts';
import { ConditionFields } from './condition-fields.tsx';
import { newDraft, type PartOfForm } from './event-draft.ts';

const { conditions } = ADMIN_EN;
const box = (name: string) => screen.getByRole('checkbox', { name });

afterEach(cleanup);

function draw(sendsMail: boolean, requireVerifiedEmail = false) {
  const change = vi.fn<PartOfForm['change']>();
  const draft = { ...newDraft(NOON_MS, 'UTC'), requireVerifiedEmail };
  render(
    <ShopContext.Provider value={{ sendsMail } as Shop}>
      <ConditionFields draft={draft} change={change} />
    </ShopContext.Provider>,
  );
  return { change, verified: box(ADMIN_EN.requireVerifiedEmail) };
}

test('both conditions are explained, and change the plan', () => {
  const { change, verified } = draw(true);
  expect(screen.getByText(conditions.verifiedHint)).toBeTruthy();
  fireEvent.click(verified);
  fireEvent.click(box(ADMIN_EN.oneLimitPerMailbox));
  expect(change.mock.calls).toEqual([
    [{ requireVerifiedEmail: true }],
    [{ oneLimitPerMailbox: true }],
  ]);
});

test('a shop without mail cannot ask for confirmed addresses, and says why', () => {
  const { verified } = draw(false);
  expect(verified).toHaveProperty('disabled', true);
  expect(screen.getByText(conditions.verifiedBarred)).toBeTruthy();
});

test('what was asked for while there was mail can still be switched off', () => {
  const { verified, change } = draw(false, true);
  fireEvent.click(verified);
  expect(change).toHaveBeenCalledExactlyOnceWith({ requireVerifiedEmail: false });
});
