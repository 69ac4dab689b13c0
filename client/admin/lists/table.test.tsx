import { cleanup, fireEvent, screen, within } from '@testing-library/preact';
import { useState } from 'preact/hooks';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { settle } from '../../testing/fake-shop.tsx';
import { drawInConsole } from '../../testing/open-console.tsx';
import { ADMIN_EN } from '../texts/en.ts';
import { type Column, Table } from './table.tsx';

const { lists } = ADMIN_EN;

interface Lamp {
  readonly id: string;
  readonly price: number;
}

const LAMPS: readonly Lamp[] = ['one', 'two', 'three'].map((id, n) => ({ id, price: n }));
const COLUMNS: readonly Column<Lamp>[] = [
  { name: 'lamp', title: 'Lamp', cell: ({ id }) => <a href={`/admin/lamps/${id}`}>{id}</a> },
  { name: 'price', title: 'Price', isNumber: true, cell: ({ price }) => price },
  { name: 'shade', title: 'Shade', isExtra: true, cell: () => 'paper' },
];

function Lamps({ lamps = LAMPS }: { lamps?: readonly Lamp[] }) {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  return (
    <Table
      name="lamps"
      caption="Lamps"
      columns={COLUMNS}
      entries={lamps}
      choosing={{
        all: null,
        label: ({ id }) => `Choose ${id}`,
        isChosen: ({ id }) => chosen.includes(id),
        isBarred: () => false,
        choose: ({ id }, isChosen) =>
          setChosen(isChosen ? [...chosen, id] : chosen.filter((one) => one !== id)),
      }}
    />
  );
}

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const rows = () => screen.getAllByRole('row').slice(1);
const heads = () => screen.getAllByRole('columnheader').map(({ textContent }) => textContent);
const at = () => rows().findIndex((row) => row === document.activeElement);

async function press(...keys: string[]) {
  for (const key of keys) fireEvent.keyDown(document.activeElement ?? document.body, { key });
  await settle();
}

test('keys walk through the rows and end at both ends', async () => {
  await drawInConsole(<Lamps />, {});
  rows()[0]?.focus();
  await press('j', 'ArrowDown', 'j');
  expect(at()).toBe(2);
  await press('k');
  expect(at()).toBe(1);
  await press('Home', 'ArrowUp');
  expect(at()).toBe(0);
  await press('End');
  expect(at()).toBe(2);
});

test('one row is in the order of Tab: the one that had the focus last, or the first', async () => {
  const view = await drawInConsole(<Lamps />, {});
  expect(rows().map(({ tabIndex }) => tabIndex)).toEqual([0, -1, -1]);
  rows()[0]?.focus();
  await press('j');
  expect(rows().map(({ tabIndex }) => tabIndex)).toEqual([-1, 0, -1]);
  view.unmount();
});

test('Enter opens a row, and its link keeps its own keys', async () => {
  await drawInConsole(<Lamps />, {}, '/admin/lamps');
  rows()[1]?.focus();
  await press('Enter');
  expect(location.pathname).toBe('/admin/lamps/two');
  const link = within(rows()[2] as HTMLElement).getByRole('link');
  link.focus();
  expect(fireEvent.keyDown(link, { key: 'Enter' })).toBe(true);
});

test('Space chooses a row, and lets it go', async () => {
  await drawInConsole(<Lamps />, {});
  rows()[1]?.focus();
  await press(' ');
  expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'Choose two' }).checked).toBe(true);
  await press(' ');
  expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'Choose two' }).checked).toBe(
    false,
  );
});

test('a question mark shows the keys', async () => {
  await drawInConsole(<Lamps />, {});
  rows()[0]?.focus();
  await press('?');
  expect(screen.getByRole('dialog', { name: lists.keys.title })).toBeTruthy();
});

test('keys of the browser and keys outside of the rows are left alone', async () => {
  await drawInConsole(<Lamps />, {});
  rows()[0]?.focus();
  fireEvent.keyDown(document.activeElement ?? document.body, { key: 'j', ctrlKey: true });
  fireEvent.keyDown(document.body, { key: 'j' });
  expect(at()).toBe(0);
});

test('columns are chosen, and the browser keeps which', async () => {
  await drawInConsole(<Lamps />, {});
  expect(heads()).toEqual([lists.chosen, 'Lamp', 'Price']);
  fireEvent.click(screen.getByRole('button', { name: lists.columns }));
  await settle();
  expect(screen.queryByRole('checkbox', { name: 'Lamp' })).toBeNull();
  for (const name of ['Price', 'Shade']) {
    fireEvent.click(screen.getByRole('checkbox', { name }));
    await settle();
  }
  cleanup();
  await drawInConsole(<Lamps />, {});
  expect(heads()).toEqual([lists.chosen, 'Lamp', 'Shade']);
});
