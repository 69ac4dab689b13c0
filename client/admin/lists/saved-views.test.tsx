import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { settle } from '../../testing/fake-shop.tsx';
import { drawInConsole } from '../../testing/open-console.tsx';
import { ADMIN_EN } from '../texts/en.ts';
import { useAddressFilter } from './address-filter.ts';
import { SavedViews } from './saved-views.tsx';
import { UNDO_MS } from './undo.tsx';
import { VIEWS_MAX, viewsIn, withView } from './views.ts';

const { undo, views } = ADMIN_EN.lists;

function Screen() {
  const { href } = useAddressFilter('/admin/lamps', ({ q }) => ({ q }));
  return <SavedViews list="lamps" href={href} />;
}

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const press = async (name: string) => {
  fireEvent.click(screen.getByRole('button', { name }));
  await settle();
};
const links = () =>
  screen.queryAllByRole('link').map((link) => [link.textContent, link.getAttribute('href')]);

async function nameIt(name: string) {
  const field = screen.getByLabelText(views.name);
  fireEvent.input(field, { target: { value: name } });
  await settle();
  fireEvent.submit(field.closest('form') ?? field);
  await settle();
}

async function openSaved() {
  await drawInConsole(<Screen />, {}, '/admin/lamps?q=desk');
  await press(views.save);
  await nameIt('Desks');
}

test('what is listed is saved under a name, and found there after a reload', async () => {
  await openSaved();
  expect(links()).toEqual([['Desks', '/admin/lamps?q=desk']]);
  expect(screen.queryByRole('button', { name: views.save })).toBeNull();
  cleanup();
  await drawInConsole(<Screen />, {}, '/admin/lamps');
  fireEvent.click(screen.getByRole('link', { name: 'Desks' }));
  await settle();
  expect(location.search).toBe('?q=desk');
  expect(screen.getByRole('link', { name: 'Desks' }).getAttribute('aria-current')).toBe('true');
});

test('a list without a filter has nothing to save', async () => {
  await drawInConsole(<Screen />, {}, '/admin/lamps');
  expect(screen.queryByRole('button')).toBeNull();
});

test('a view is renamed', async () => {
  await openSaved();
  await press(views.rename);
  expect(screen.getByLabelText<HTMLInputElement>(views.name).value).toBe('Desks');
  await nameIt('Desk lamps');
  expect(links()).toEqual([['Desk lamps', '/admin/lamps?q=desk']]);
});

test('a view that was removed comes back by Undo, which is offered for some seconds', async () => {
  await openSaved();
  await press(views.remove);
  expect(links()).toEqual([]);
  expect(screen.getByText(views.removed('Desks'))).toBeTruthy();
  await press(undo);
  expect(links()).toEqual([['Desks', '/admin/lamps?q=desk']]);
  await press(views.remove);
  await settle(UNDO_MS);
  expect(screen.queryByRole('button', { name: undo })).toBeNull();
});

test('no more views are kept than can be overlooked', () => {
  const many = Array.from({ length: VIEWS_MAX }, (_, n) => ({
    name: `View ${n}`,
    href: `/admin/lamps?q=${n}`,
  }));
  expect(withView(many, { name: 'One more', href: '/admin/lamps?q=more' })).toBe(many);
  expect(viewsIn([...many, { name: 'One more', href: '/admin/lamps' }])).toHaveLength(VIEWS_MAX);
});

test('whatever else the browser has is no view', () => {
  const strange = [null, 7, 'x', { name: 'A' }, { name: 'B', href: 'javascript:alert(1)' }];
  expect(viewsIn(strange)).toEqual([]);
  expect(viewsIn({ name: 'C' })).toEqual([]);
});
