import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ItemId } from '../../../worker/contract/ids.ts';
import { ok, refused } from '../../testing/fake-api.ts';
import { settle } from '../../testing/fake-shop.tsx';
import { drawInConsole } from '../../testing/open-console.tsx';
import type { AdminApi } from '../api/admin-api.ts';
import { EditItemScreen, NewItemScreen } from '../catalogue/item-form-screens.tsx';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

async function type(label: string, value: string) {
  fireEvent.input(screen.getByLabelText(label), { target: { value } });
  await settle();
}

async function submit() {
  fireEvent.submit(document.querySelector('form') ?? document.body);
  await settle();
}

const folds = () => [...document.querySelectorAll('details')];

test('a fold has the texts of each further language of the shop, sent with the rest', async () => {
  const createItem = vi.fn<AdminApi['createItem']>(async () => refused({ code: 'offline' }));
  await drawInConsole(<NewItemScreen />, { createItem });
  expect(folds().map((fold) => fold.querySelector('summary')?.textContent?.trim())).toEqual([
    'In German',
  ]);
  await type('Name', 'Lamp');
  await type('Name (German)', 'Leuchte');
  await type('Description (German)', 'Warm.');
  await submit();
  expect(createItem.mock.lastCall?.[0]).toMatchObject({
    name: 'Lamp',
    translations: { de: { name: 'Leuchte', description: 'Warm.' } },
  });
});

test('a fault within a fold opens it, and its field has the focus', async () => {
  const errors = [{ path: 'translations.de.name', message: 'must not contain control characters' }];
  const createItem = vi.fn<AdminApi['createItem']>(async () =>
    refused({ code: 'malformed', fields: errors }),
  );
  await drawInConsole(<NewItemScreen />, { createItem });
  expect(folds()[0]?.open).toBe(false);
  await submit();
  expect(folds()[0]?.open).toBe(true);
  expect(document.activeElement).toBe(screen.getByLabelText('Name (German)'));
});

test('what is there is shown, also in the main language, and can be emptied', async () => {
  const item = {
    id: 'itm_1' as ItemId,
    name: 'Lamp',
    description: '',
    translations: { en: { name: 'Light' }, de: { name: 'Leuchte' } },
    category: 'home',
    imageUrl: null,
    pictures: [],
    variants: [],
    version: '"1"',
  };
  const replaceItem = vi.fn<AdminApi['replaceItem']>(async () => refused({ code: 'offline' }));
  const getItem: AdminApi['getItem'] = async () => ok(item);
  await drawInConsole(<EditItemScreen id="itm_1" />, { getItem, replaceItem });
  expect(folds().map((fold) => fold.querySelector('bdi')?.textContent)).toEqual([
    'Light',
    'Leuchte',
  ]);
  await type('Name (English)', '');
  await submit();
  expect(replaceItem.mock.lastCall?.[1].translations).toEqual({
    en: { name: '' },
    de: { name: 'Leuchte' },
  });
});
