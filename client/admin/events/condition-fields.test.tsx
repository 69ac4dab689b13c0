import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, expect, test, vi } from 'vitest';
import { type Shop, ShopContext } from '../../shop/shop.ts';
import { NOON_MS } from '../../testing/builders.ts';
import { ADMIN_EN } from '../texts/en.ts';
import { ConditionFields } from './condition-fields.tsx';
import { type EventDraft, newDraft, type PartOfForm } from './event-draft.ts';

const { conditions } = ADMIN_EN;
const BOTH = { requireVerifiedEmail: true, oneLimitPerMailbox: true };
const box = (name: string) => screen.getByRole('checkbox', { name });

afterEach(cleanup);

function draw(
  sendsMail: boolean,
  planned: Partial<EventDraft> = {},
  errors: PartOfForm['errors'] = [],
) {
  const change = vi.fn<PartOfForm['change']>();
  const draft = { ...newDraft(NOON_MS, 'UTC'), ...planned };
  render(
    <ShopContext.Provider value={{ sendsMail } as Shop}>
      <ConditionFields draft={draft} errors={errors} promised={null} change={change} />
    </ShopContext.Provider>,
  );
  const verified = box(ADMIN_EN.requireVerifiedEmail);
  return { change, verified, mailbox: box(ADMIN_EN.oneLimitPerMailbox) };
}

test('both conditions are explained, and change the plan: the second brings the first', () => {
  const { change, verified, mailbox } = draw(true);
  expect(screen.getByText(conditions.verifiedHint)).toBeTruthy();
  expect(screen.getByText(conditions.mailboxHint)).toBeTruthy();
  fireEvent.click(verified);
  fireEvent.click(mailbox);
  expect(change.mock.calls).toEqual([
    [{ requireVerifiedEmail: true }],
    [{ oneLimitPerMailbox: true, requireVerifiedEmail: true }],
  ]);
});

test('switching off the first switches off the second, and not the other way round', () => {
  const { change, verified, mailbox } = draw(true, BOTH);
  fireEvent.click(verified);
  fireEvent.click(mailbox);
  expect(change.mock.calls).toEqual([
    [{ requireVerifiedEmail: false, oneLimitPerMailbox: false }],
    [{ oneLimitPerMailbox: false }],
  ]);
});

test('a shop without mail can ask for neither, and says why', () => {
  const { verified, mailbox } = draw(false);
  expect([verified, mailbox]).toMatchObject([{ disabled: true }, { disabled: true }]);
  expect(screen.getByText(conditions.verifiedBarred)).toBeTruthy();
  expect(screen.getByText(conditions.mailboxBarred)).toBeTruthy();
});

test('what was asked for while there was mail can still be switched off', () => {
  const { verified, mailbox } = draw(false, BOTH);
  expect([verified, mailbox]).toMatchObject([{ disabled: false }, { disabled: false }]);
});

test('a condition that is refused says why, where it stands', () => {
  const { mailbox } = draw(true, { oneLimitPerMailbox: true }, [
    { path: 'oneLimitPerMailbox', message: 'needs requireVerifiedEmail' },
  ]);
  expect(mailbox.getAttribute('aria-invalid')).toBe('true');
  expect(screen.getByText(ADMIN_EN.faults.unverifiedMailbox)).toBeTruthy();
});
