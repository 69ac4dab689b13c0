/** Sizes and colours in the form of an item. */
import { act, cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ItemId } from '../../../worker/contract/ids.ts';
import { ok, refused } from '../../testing/fake-api.ts';
import { settle } from '../../testing/fake-shop.tsx';
import { drawInConsole } from '../../testing/open-console.tsx';
import { aShoe } from '../../testing/variants.ts';
import type { AdminApi } from '../api/admin-api.ts';
import { CatalogueScreen } from './catalogue-screen.tsx';
import { EditItemScreen, NewItemScreen } from './item-form-screens.tsx';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

async function type(label: string, value: string) {
  fireEvent.input(screen.getByLabelText(label), { target: { value } });
  await settle();
}

async function press(name: string) {
  await act(() => void fireEvent.click(screen.getByRole('button', { name })));
  await settle();
}

async function submit() {
  fireEvent.submit(document.querySelector('form') ?? document.body);
  await settle();
}

function labels() {
  const fields = screen.queryAllByLabelText<HTMLInputElement>(/^Variant \d+$/);
  return fields.map(({ value }) => value);
}

const shoeForm = async (replaceItem: AdminApi['replaceItem']) =>
  drawInConsole(<EditItemScreen id="itm_1" />, { getItem: async () => ok(aShoe()), replaceItem });

test('several are added at once, typed or pasted, and the last without a press', async () => {
  const createItem = vi.fn<AdminApi['createItem']>(async () => refused({ code: 'offline' }));
  await drawInConsole(<NewItemScreen />, { createItem });
  await type('Name', 'Shoe');
  await type('More variants', '38, 39');
  let wouldSend = true;
  await act(() => {
    wouldSend = fireEvent.keyDown(screen.getByLabelText('More variants'), { key: 'Enter' });
  });
  expect(wouldSend).toBe(false);
  expect(labels()).toEqual(['38', '39']);
  const clipboardData = { getData: () => '39\n40\n41' };
  await act(() => void fireEvent.paste(screen.getByLabelText('More variants'), { clipboardData }));
  expect(labels()).toEqual(['38', '39', '40', '41']);
  expect(screen.getByText('2 were added. Here already: 39.')).toBeTruthy();
  await type('More variants', '42');
  await submit();
  const variants = ['38', '39', '40', '41', '42'].map((label) => ({ label }));
  expect(createItem.mock.calls[0]?.[0]).toMatchObject({ name: 'Shoe', variants });
});

test('they are moved, renamed and removed by the keyboard, and keep their ids', async () => {
  const replaceItem = vi.fn<AdminApi['replaceItem']>(async () => refused({ code: 'offline' }));
  await shoeForm(replaceItem);
  await press('Move 43 up');
  expect(labels()).toEqual(['41', '43', '42']);
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Move 43 up' }));
  await press('Move 41 down');
  expect(labels()).toEqual(['43', '41', '42']);
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Move 41 down' }));
  await press('Remove 42');
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Remove 41' }));
  await type('Variant 1', '43 wide');
  await submit();
  const [first, , third] = aShoe().variants;
  expect(replaceItem.mock.calls[0]?.[1].variants).toEqual([{ ...third, label: '43 wide' }, first]);
});

test('two of one label are not sent, and the second takes the focus', async () => {
  const replaceItem = vi.fn<AdminApi['replaceItem']>();
  await shoeForm(replaceItem);
  await type('Variant 3', '41');
  await submit();
  expect(replaceItem).not.toHaveBeenCalled();
  expect(screen.getByText('Each variant needs a name of its own.')).toBeTruthy();
  expect(document.activeElement).toBe(screen.getByLabelText('Variant 3'));
});

test('what an event sells is not removed: the form says which, and puts them back', async () => {
  const replaceItem = vi.fn<AdminApi['replaceItem']>(async () =>
    refused({ code: 'variant_in_use' }),
  );
  await shoeForm(replaceItem);
  await press('Remove 41');
  await submit();
  expect(screen.getByText(/^You removed: 41\./)).toBeTruthy();
  await press('Put them back');
  expect(labels()).toEqual(['42', '43', '41']);
  await submit();
  expect(replaceItem.mock.calls[1]?.[1].variants).toHaveLength(3);
});

test('what another admin made of them is shown and can be adopted', async () => {
  const getItem = vi.fn<AdminApi['getItem']>(async () =>
    ok({ ...aShoe(['41', '42', '44']), version: '"2"' }),
  );
  getItem.mockResolvedValueOnce(ok({ ...aShoe(), version: '"1"' }));
  const replaceItem = vi.fn<AdminApi['replaceItem']>(async () =>
    refused({ code: 'precondition_failed' }),
  );
  await drawInConsole(<EditItemScreen id="itm_1" />, { getItem, replaceItem });
  await submit();
  expect(screen.getByRole('alert').textContent).toContain('Variants: 41, 42, 44');
  await press('Put these changes into the form');
  expect(labels()).toEqual(['41', '42', '44']);
});

test('what another admin took away comes back as a new one, for whoever saves theirs all the same', async () => {
  const getItem = vi.fn<AdminApi['getItem']>(async () =>
    ok({ ...aShoe(['41', '43']), version: '"2"' }),
  );
  getItem.mockResolvedValueOnce(ok({ ...aShoe(), version: '"1"' }));
  const replaceItem = vi.fn<AdminApi['replaceItem']>(async () =>
    refused({ code: 'precondition_failed' }),
  );
  await drawInConsole(<EditItemScreen id="itm_1" />, { getItem, replaceItem });
  await submit();
  await press('Save my version instead');
  const [first, , third] = aShoe().variants;
  expect(replaceItem.mock.calls[1]?.[1].variants).toEqual([first, { label: '42' }, third]);
  expect(replaceItem.mock.calls[1]?.[2]).toBe('"2"');
});

test('the catalogue says how many an item has', async () => {
  const items = [aShoe(), { ...aShoe(['one']), id: 'itm_000000000000000002' as ItemId }];
  await drawInConsole(<CatalogueScreen />, {
    listItems: async () => ok({ items, nextCursor: null, serverNow: '' }),
  });
  expect(screen.getByRole('cell', { name: '3' })).toBeTruthy();
});
