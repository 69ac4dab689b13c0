import { cleanup, fireEvent, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Address } from '../../worker/contract/address.ts';
import { aSession, BERLIN } from '../testing/builders.ts';
import { fakeReviews } from '../testing/fake-reviews.tsx';
import { openShop, settle as pass } from '../testing/fake-shop.tsx';
import { LAZY_EN } from '../texts/lazy/en.ts';

const { address: texts } = LAZY_EN;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

async function settle() {
  for (let turn = 0; turn < 6; turn++) await pass();
}

async function open(address: Address | null) {
  const server = fakeReviews();
  server.answer('GET /profile/address', { address });
  await openShop({ api: server.api, session: aSession(), path: '/profile' });
  await settle();
  return server;
}

async function press(name: string) {
  fireEvent.click(await waitFor(() => screen.getByRole('button', { name })));
  await settle();
}

async function submit() {
  fireEvent.submit(screen.getByRole('form', { name: texts.title }));
  await settle();
}

test('the kept address is shown, and can be changed', async () => {
  const server = await open(BERLIN);
  await waitFor(() => screen.getByText('10119 Berlin'));
  await press(texts.change);
  const town = await waitFor(() => screen.getByLabelText(texts.city.city));
  expect(screen.queryByLabelText(texts.keep)).toBeNull();
  fireEvent.input(town, { target: { value: 'Potsdam' } });
  const changed = { ...BERLIN, city: 'Potsdam' };
  server.answer('PUT /profile/address', { address: changed });
  await submit();
  expect(server.asked.at(-1)?.body).toEqual({ address: changed });
  expect(screen.getByText('10119 Potsdam')).toBeTruthy();
  expect(screen.getByText(texts.savedNow)).toBeTruthy();
});

test('a change can be left, and what was typed is forgotten', async () => {
  await open(BERLIN);
  await press(texts.change);
  const town = await waitFor(() => screen.getByLabelText(texts.city.city));
  fireEvent.input(town, { target: { value: 'Potsdam' } });
  await press(texts.cancel);
  expect(screen.getByText('10119 Berlin')).toBeTruthy();
  await press(texts.change);
  expect(screen.getByLabelText<HTMLInputElement>(texts.city.city).value).toBe('Berlin');
});

test('it is deleted after a question', async () => {
  const server = await open(BERLIN);
  const path = 'DELETE /profile/address';
  server.answer(path, 204);
  await press(texts.forget);
  expect(server.count(path)).toBe(0);
  await press(texts.forget);
  expect(server.count(path)).toBe(1);
  expect(screen.getByText(texts.none)).toBeTruthy();
  expect(screen.getByText(texts.forgotten)).toBeTruthy();
});

test('where none is kept, one can be added, and the server’s word about it is shown', async () => {
  const server = await open(null);
  await waitFor(() => screen.getByText(texts.none));
  await press(texts.add);
  await waitFor(() => screen.getByLabelText(texts.country));
  fireEvent.change(screen.getByLabelText(texts.country), { target: { value: 'DE' } });
  await settle();
  for (const [label, value] of [
    [texts.name, BERLIN.name],
    [texts.line1, BERLIN.line1],
    [texts.postalCode.postal, BERLIN.postalCode],
    [texts.city.city, 'a\u202eb'],
  ] as const) {
    fireEvent.input(screen.getByLabelText(label), { target: { value } });
  }
  const errors = [{ path: 'address.city', message: 'must not turn the direction of text' }];
  server.refuse('PUT /profile/address', { status: 400, code: 'malformed', errors } as never);
  await submit();
  const town = screen.getByLabelText(texts.city.city);
  expect(screen.getByText(texts.faults.characters)).toBeTruthy();
  expect(document.activeElement).toBe(town);
});
