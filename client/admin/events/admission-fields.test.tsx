import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, expect, test, vi } from 'vitest';
import { type Shop, ShopContext } from '../../shop/shop.ts';
import { NOON_MS } from '../../testing/builders.ts';
import { ADMIN_EN } from '../texts/en.ts';
import { AdmissionFields, type AdmissionFieldsProps } from './admission-fields.tsx';
import { newDraft } from './event-draft.ts';

const { plan } = ADMIN_EN.queue;

afterEach(cleanup);

function show(fields: Partial<AdmissionFieldsProps> = {}) {
  const change = vi.fn<AdmissionFieldsProps['change']>();
  const draft = newDraft(NOON_MS, 'UTC');
  const given = { draft, errors: [], promised: null, entriesCloseAt: null, change };
  render(
    <ShopContext.Provider value={{ locale: 'en-GB' } as Shop}>
      <AdmissionFields {...given} {...fields} />
    </ShopContext.Provider>,
  );
  return { change, draft };
}

const radio = (name: string) => screen.getByRole<HTMLInputElement>('radio', { name });

test('both formats are explained, and one of them is chosen', () => {
  const { change } = show();
  expect(radio(plan.formats.first_come).checked).toBe(true);
  expect(radio(plan.formats.draw).checked).toBe(false);
  expect(screen.getByText(plan.formatHints.draw)).toBeTruthy();
  fireEvent.click(radio(plan.formats.draw));
  expect(change.mock.calls).toEqual([[{ admission: 'draw' }]]);
});

test('the waitlist and the time of an offer change the plan', () => {
  const { change } = show();
  fireEvent.click(screen.getByRole('checkbox', { name: ADMIN_EN.waitlist }));
  fireEvent.input(screen.getByLabelText(ADMIN_EN.offerSeconds), { target: { value: '60' } });
  expect(change.mock.calls).toEqual([[{ waitlist: false }], [{ offerSeconds: '60' }]]);
});

test('a draw tells when its entries close: to the second where that is known', () => {
  const draw = { ...newDraft(NOON_MS, 'UTC'), admission: 'draw' as const };
  show({ draft: draw });
  expect(screen.getByText(plan.entriesCloseBefore)).toBeTruthy();
  cleanup();
  show({ draft: draw, entriesCloseAt: '2026-11-22T13:59:55.000Z' });
  expect(screen.getByText(/^Entries close .*:59:55/)).toBeTruthy();
});

test('an offer that is too short is refused at its field', () => {
  show({ errors: [{ path: 'offerSeconds', message: 'Too small: expected number to be >=30' }] });
  const field = screen.getByLabelText(ADMIN_EN.offerSeconds);
  expect(field.getAttribute('aria-invalid')).toBe('true');
  expect(screen.getByText('Use 30 or more.')).toBeTruthy();
});

test('nothing of it can be changed once somebody is in the queue', () => {
  show({ promised: newDraft(NOON_MS, 'UTC') });
  const group = screen.getByRole<HTMLFieldSetElement>('group', { name: ADMIN_EN.admission });
  expect(group.disabled).toBe(true);
  expect(screen.getByText(plan.fixed).id).toBe(group.getAttribute('aria-describedby'));
});
