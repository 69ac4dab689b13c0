import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { instant, NOON_MS } from '../../testing/builders.ts';
import { ok, refused } from '../../testing/fake-api.ts';
import { settle } from '../../testing/fake-shop.tsx';
import { drawInConsole } from '../../testing/open-console.tsx';
import { aDetail } from '../../testing/orders.ts';
import type { AdminApi } from '../api/admin-api.ts';
import { ADMIN_EN } from '../texts/en.ts';
import { OrderScreen } from './order-screen.tsx';

const { note: TEXTS } = ADMIN_EN.order;
const CHANGED = refused({
  code: 'precondition_failed',
  changedBy: { name: 'Ada', at: instant(NOON_MS) },
});

beforeEach(() => void vi.useFakeTimers({ now: NOON_MS }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

async function open(note = '') {
  const order = aDetail({ payment: null, refundable: null, note });
  const getOrder = vi.fn<AdminApi['getOrder']>(async () => ok(order));
  const writeNote = vi.fn<AdminApi['writeNote']>(async (_, written) =>
    ok({ ...order, note: written }),
  );
  await drawInConsole(<OrderScreen id={order.id} />, { getOrder, writeNote });
  return { order, getOrder, writeNote };
}

const press = async (name: string) => {
  fireEvent.click(screen.getByRole('button', { name }));
  await settle();
};
const field = () => screen.getByLabelText<HTMLTextAreaElement>(TEXTS.field);
const type = async (value: string) => {
  fireEvent.input(field(), { target: { value } });
  await settle();
};

test('a note is written, changed and taken away, each time in place of the one that was seen', async () => {
  const { order, writeNote } = await open();
  const write = async (button: string, note: string) => {
    await press(button);
    expect(document.activeElement).toBe(field());
    await type(note);
    await press(TEXTS.save);
  };
  await write(TEXTS.write, 'Rings twice');
  expect(screen.getByText('Rings twice')).toBeTruthy();
  expect(screen.getByText(TEXTS.saved)).toBeTruthy();
  await write(TEXTS.edit, '');
  expect(screen.queryByText('Rings twice')).toBeNull();
  expect(screen.getByText(TEXTS.removed)).toBeTruthy();
  expect(writeNote.mock.calls).toEqual([
    [order.id, 'Rings twice', ''],
    [order.id, '', 'Rings twice'],
  ]);
});

test('a note can be left as it is', async () => {
  const { writeNote } = await open('Rings twice');
  await press(TEXTS.edit);
  await type('Has moved');
  await press(TEXTS.discard);
  expect(screen.getByText('Rings twice')).toBeTruthy();
  expect(writeNote).not.toHaveBeenCalled();
});

test.each([
  [ADMIN_EN.changed.keep, 'Has moved'],
  [ADMIN_EN.changed.take, 'Has a dog'],
])('where another admin wrote one meanwhile, one can go on: %s', async (way, note) => {
  const { order, getOrder, writeNote } = await open('Rings twice');
  await press(TEXTS.edit);
  await type('Has moved');
  writeNote.mockResolvedValueOnce(CHANGED);
  getOrder.mockResolvedValue(ok({ ...order, note: 'Has a dog' }));
  await press(TEXTS.save);
  expect(screen.getByRole('alert').textContent).toContain('Has a dog');
  expect(screen.getByRole('alert').textContent).toContain('Ada');
  expect(field().value).toBe('Has moved');
  await press(way);
  if (way === ADMIN_EN.changed.take) await press(TEXTS.save);
  expect(writeNote.mock.calls.at(-1)).toEqual([order.id, note, 'Has a dog']);
  expect(screen.getByText(TEXTS.saved)).toBeTruthy();
});
