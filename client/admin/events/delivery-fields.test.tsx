import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/preact';
import { useState } from 'preact/hooks';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FieldError } from '../../../worker/contract/problems.ts';
import { NOON_MS } from '../../testing/builders.ts';
import { settle } from '../../testing/fake-shop.tsx';
import { drawInConsole } from '../../testing/open-console.tsx';
import { ADMIN_EN } from '../texts/en.ts';
import { EU_COUNTRIES } from './delivery-draft.ts';
import { DeliveryFields } from './delivery-fields.tsx';
import { type EventDraft, newDraft } from './event-draft.ts';

const { deliveries: texts, needsAddress, faults } = ADMIN_EN;

beforeEach(() => void vi.useFakeTimers({ now: NOON_MS }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

interface Given {
  readonly errors?: FieldError[];
  readonly isPromised?: boolean;
}

async function draw({ errors = [], isPromised = false }: Given = {}) {
  let latest: EventDraft = newDraft(NOON_MS, 'UTC');
  function Form() {
    const [draft, setDraft] = useState(latest);
    latest = draft;
    return (
      <DeliveryFields
        draft={draft}
        errors={errors}
        promised={isPromised ? draft : null}
        change={(fields) => setDraft((before) => ({ ...before, ...fields }))}
      />
    );
  }
  await drawInConsole(<Form />, {});
  return () => latest;
}

const group = (name: string) => within(screen.getByRole('group', { name }));

async function press(name: string) {
  fireEvent.click(screen.getByRole('button', { name }));
  await settle();
}

async function add(name: string, country: string) {
  const picker = await waitFor(() => group(name).getByLabelText(texts.countries));
  fireEvent.change(picker, { target: { value: country } });
  await settle();
}

test('groups of countries get their prices, and a country is in one of them', async () => {
  const draft = await draw();
  expect(screen.queryByRole('button', { name: texts.addGroup })).toBeNull();
  fireEvent.click(screen.getByRole('checkbox', { name: needsAddress }));
  await settle();
  await press(texts.addGroup);
  await add(texts.group(1), 'DE');
  await add(texts.group(1), 'AT');
  fireEvent.input(group(texts.group(1)).getByLabelText(texts.price('EUR')), {
    target: { value: '4.90' },
  });
  await press(texts.addElsewhere);
  expect(screen.queryByRole('button', { name: texts.addElsewhere })).toBeNull();
  await press(texts.addGroup);
  const picker = await waitFor(() => group(texts.group(3)).getByLabelText(texts.countries));
  const codes = [...picker.querySelectorAll('option')].map(({ value }) => value);
  expect(codes).toContain('FR');
  expect(codes).not.toContain('DE');
  expect(draft().shipping).toEqual([
    { countries: ['DE', 'AT'], isElsewhere: false, price: '4.90' },
    { countries: [], isElsewhere: true, price: '' },
    { countries: [], isElsewhere: false, price: '' },
  ]);
});

test('countries are called by their names, and removed one by one or with their group', async () => {
  const draft = await draw();
  fireEvent.click(screen.getByRole('checkbox', { name: needsAddress }));
  await settle();
  await press(texts.addGroup);
  await add(texts.group(1), 'AT');
  fireEvent.click(group(texts.group(1)).getByRole('button', { name: texts.addEu }));
  await settle();
  expect(draft().shipping[0]?.countries.toSorted()).toEqual(EU_COUNTRIES.toSorted());
  expect(group(texts.group(1)).queryByRole('button', { name: texts.addEu })).toBeNull();
  await press(texts.removeCountry('Austria'));
  expect(draft().shipping[0]?.countries).not.toContain('AT');
  expect(document.activeElement).toBe(group(texts.group(1)).getByLabelText(texts.countries));
  await press(texts.removeGroup(texts.group(1)));
  expect(draft().shipping).toEqual([]);
  expect(document.activeElement).toBe(screen.getByRole('button', { name: texts.addGroup }));
});

test('what is wrong is said at its field', async () => {
  await draw({
    errors: [
      { path: 'shipping', message: 'needs payment: online' },
      { path: 'shipping.0.countries', message: 'must have at least one country' },
    ],
  });
  fireEvent.click(screen.getByRole('checkbox', { name: needsAddress }));
  await settle();
  await press(texts.addGroup);
  expect(screen.getByText(faults.unpaidShipping)).toBeTruthy();
  const picker = await waitFor(() => group(texts.group(1)).getByLabelText(texts.countries));
  expect(picker.getAttribute('aria-invalid')).toBe('true');
  expect(screen.getByText(faults.countriesMin)).toBeTruthy();
});

test('once somebody waits in its queue it is fixed', async () => {
  await draw({ isPromised: true });
  expect(screen.getByRole<HTMLFieldSetElement>('group', { name: texts.title }).disabled).toBe(true);
});
