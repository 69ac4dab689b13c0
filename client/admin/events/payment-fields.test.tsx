import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, expect, test, vi } from 'vitest';
import { NOON_MS } from '../../testing/builders.ts';
import { ADMIN_EN } from '../texts/en.ts';
import { newDraft, type PartOfForm } from './event-draft.ts';
import { PaymentFields } from './payment-fields.tsx';

afterEach(() => {
  cleanup();
  document.head.replaceChildren();
});

const radio = (kind: 'none' | 'online') =>
  screen.getByRole<HTMLInputElement>('radio', { name: ADMIN_EN.payments.kinds[kind] });

/** @param isPossible whether the page says that the shop takes payments */
function draw(isPossible: boolean, fields: Partial<PartOfForm> = {}) {
  document.head.innerHTML = isPossible ? '<meta name="takes-payments" content="yes">' : '';
  const change = vi.fn<PartOfForm['change']>();
  const draft = newDraft(NOON_MS, 'Europe/Copenhagen', isPossible);
  render(<PaymentFields draft={draft} errors={[]} promised={null} change={change} {...fields} />);
  return { change, draft, online: radio('online'), none: radio('none') };
}

test('a new sale is paid for online where the shop can take money', () => {
  const { change, online, none } = draw(true);
  expect([online.checked, none.checked]).toEqual([true, false]);
  fireEvent.click(none);
  expect(change.mock.calls).toEqual([[{ payment: 'none' }]]);
});

test('where it cannot, that is disabled and says why', () => {
  const { online, none } = draw(false);
  expect([online.checked, online.disabled, none.checked]).toEqual([false, true, true]);
  expect(screen.getByText(ADMIN_EN.payments.barred)).toBeTruthy();
});

test('a sale that was planned with a provider can be switched off without one', () => {
  const { draft } = draw(true);
  cleanup();
  const { change, online, none } = draw(false, { draft });
  expect([online.checked, online.disabled]).toEqual([true, false]);
  fireEvent.click(none);
  expect(change.mock.calls).toEqual([[{ payment: 'none' }]]);
});

test('once somebody waits in its queue it is fixed', () => {
  const { draft } = draw(true);
  cleanup();
  const { online } = draw(true, { promised: draft });
  expect(online.closest('fieldset')?.disabled).toBe(true);
});
