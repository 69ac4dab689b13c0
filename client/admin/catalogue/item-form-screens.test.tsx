import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { settle } from '../../testing/fake-shop.tsx';
import { drawInConsole } from '../../testing/open-console.tsx';
import { NewItemScreen } from './item-form-screens.tsx';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

async function type(label: string, value: string) {
  fireEvent.input(screen.getByLabelText(label), { target: { value } });
  await settle();
}

test('a picture is shown as soon as its address is one', async () => {
  await drawInConsole(<NewItemScreen />, {});
  expect(screen.queryByRole('img')).toBeNull();
  await type('Name', 'Lamp');
  await type('Picture', '/images/lam');
  fireEvent.error(screen.getByRole('img', { name: 'Lamp' }));
  await settle();
  expect(screen.queryByRole('img')).toBeNull();
  await type('Picture', '/images/lamp.svg');
  expect(screen.getByRole('img', { name: 'Lamp' }).getAttribute('src')).toBe('/images/lamp.svg');
});
