import { cleanup, fireEvent, screen, within } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ok, refused } from '../../testing/fake-api.ts';
import { settle } from '../../testing/fake-shop.tsx';
import { drawInConsole } from '../../testing/open-console.tsx';
import type { AdminApi } from '../api/admin-api.ts';
import { FILE_BYTES_MAX } from '../forms/picture-queue.ts';
import { PICTURES_EN as texts } from '../texts/pictures-en.ts';
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

async function press(name: string) {
  fireEvent.click(screen.getByRole('button', { name }));
  await settle();
}

const field = () => within(screen.getByRole('group', { name: texts.title }));
const shown = () =>
  [...document.querySelectorAll('.picture-row img')].map((img) => img.getAttribute('src'));
const file = (name: string, size = 10) => {
  const made = new File(['x'], name, { type: 'image/png' });
  Object.defineProperty(made, 'size', { value: size });
  return made;
};

async function choose(...files: File[]) {
  const input = screen.getByLabelText(texts.choose);
  Object.defineProperty(input, 'files', { value: files, configurable: true });
  fireEvent.change(input);
  await settle();
}

const urlOf = (name: string) => `/images/${name}`;

async function openForm(calls: Partial<AdminApi> = {}) {
  const createItem = vi.fn<AdminApi['createItem']>(async () => refused({ code: 'offline' }));
  const uploadPicture = vi.fn<AdminApi['uploadPicture']>(async (sent) =>
    ok({ url: urlOf((sent as File).name), width: 8, height: 6 }),
  );
  await drawInConsole(<NewItemScreen />, { createItem, uploadPicture, ...calls });
  await type('Name', 'Lamp');
  return {
    uploadPicture,
    async sent() {
      await press('Create item');
      return createItem.mock.lastCall?.[0].pictures;
    },
  };
}

test('an address from elsewhere is added by a press or the key, and shown', async () => {
  const form = await openForm();
  await type(texts.address, ' https://elsewhere.example/a.png ');
  await press(texts.add);
  await type(texts.address, '/images/b.svg');
  fireEvent.keyDown(screen.getByLabelText(texts.address), { key: 'Enter' });
  await settle();
  expect(shown()).toEqual(['https://elsewhere.example/a.png', '/images/b.svg']);
  // What still stands in the field was typed to be added.
  await type(texts.address, '/images/c.svg');
  expect(await form.sent()).toEqual([
    'https://elsewhere.example/a.png',
    '/images/b.svg',
    '/images/c.svg',
  ]);
});

test('files are uploaded in their order and sent as pictures', async () => {
  const form = await openForm();
  await choose(file('a.png'), file('b.png'));
  await choose(file('c.png'));
  expect(shown()).toEqual(['a.png', 'b.png', 'c.png'].map(urlOf));
  expect(await form.sent()).toEqual(['a.png', 'b.png', 'c.png'].map(urlOf));
});

test('the order is changed by buttons that keep the focus, and one can be removed', async () => {
  const form = await openForm();
  await choose(file('a.png'), file('b.png'), file('c.png'));
  await press(texts.down(texts.nth(1)));
  expect(document.activeElement?.getAttribute('aria-label')).toBe(texts.down(texts.nth(2)));
  await press(texts.up(texts.nth(3)));
  expect(shown()).toEqual(['b.png', 'c.png', 'a.png'].map(urlOf));
  await press(texts.remove(texts.nth(2)));
  expect(document.activeElement?.getAttribute('aria-label')).toBe(texts.remove(texts.nth(2)));
  expect(await form.sent()).toEqual(['b.png', 'a.png'].map(urlOf));
});

test('each file that is not taken says why, and the others are taken', async () => {
  const form = await openForm();
  form.uploadPicture
    .mockResolvedValueOnce({ ...refused({ code: 'unusable_picture' }), fault: 'moves' })
    .mockResolvedValueOnce({ ...refused({ code: 'unusable_picture' }), fault: 'vector' });
  await choose(file('a.gif'), file('b.svg'), file('huge.png', FILE_BYTES_MAX + 1), file('d.png'));
  const refusals = field().getByRole('alert').textContent;
  expect(refusals).toContain(`a.gif: ${texts.faults.moves}`);
  expect(refusals).toContain(`b.svg: ${texts.faults.vector}`);
  expect(refusals).toContain(`huge.png: ${texts.tooLarge}`);
  expect(form.uploadPicture).toHaveBeenCalledTimes(3);
  expect(shown()).toEqual([urlOf('d.png')]);
});

test('no more than eight are taken', async () => {
  const form = await openForm();
  await choose(...Array.from({ length: 9 }, (_, n) => file(`${n}.png`)));
  expect(shown()).toHaveLength(8);
  expect(field().getByRole('alert').textContent).toContain(`8.png: ${texts.noRoom}`);
  expect(form.uploadPicture).toHaveBeenCalledTimes(8);
  expect(await form.sent()).toHaveLength(8);
});

test('while a file is on its way the form says so and is not sent', async () => {
  const { promise, resolve } =
    Promise.withResolvers<Awaited<ReturnType<AdminApi['uploadPicture']>>>();
  const form = await openForm({ uploadPicture: () => promise });
  await choose(file('a.png'), file('b.png'));
  expect(field().getByRole('status').textContent).toContain('a.png');
  expect(field().getByRole('status').textContent).toContain(texts.nthOf(1, 2));
  await press(texts.stillUploading);
  fireEvent.submit(screen.getByRole('button', { name: texts.stillUploading }));
  resolve(ok({ url: urlOf('a.png'), width: 8, height: 6 }));
  await settle();
  expect(await form.sent()).toEqual([urlOf('a.png')]);
});
