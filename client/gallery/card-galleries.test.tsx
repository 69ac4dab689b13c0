import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { anEvent, anItem, EVENT_ID } from '../testing/builders.ts';
import { fakeApi, ok } from '../testing/fake-api.ts';
import { openShop, settle } from '../testing/fake-shop.tsx';
import { LAZY_EN } from '../texts/lazy/en.ts';
import { showIn, steppedTo } from './gallery-list.ts';

const PICTURES = ['/images/headphones.svg', '/images/case.svg', '/images/cable.svg'];
const WIDTH_PX = 300;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  document.body.replaceChildren();
  vi.useRealTimers();
});

async function openDrop() {
  const api = fakeApi();
  api.getEvent.mockResolvedValue(ok(anEvent({ items: [anItem({ pictures: PICTURES })] })));
  await openShop({ api, path: `/events/${EVENT_ID}` });
  return screen.getByRole('button', { name: 'Pictures: Headphones' });
}

test('a press on the picture of a card shows all of them, and closing leads back to it', async () => {
  const tile = await openDrop();
  fireEvent.click(tile);
  await settle();
  const dialog = screen.getByRole('dialog', { name: LAZY_EN.gallery.title });
  expect(dialog.querySelectorAll('.zoom-picture')).toHaveLength(PICTURES.length);
  fireEvent.click(screen.getByRole('button', { name: LAZY_EN.gallery.close }));
  await settle();
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(document.activeElement).toBe(tile);
});

test('the keyboard opens them too', async () => {
  const tile = await openDrop();
  fireEvent.keyDown(tile, { key: 'a' });
  await settle();
  expect(screen.queryByRole('dialog')).toBeNull();
  fireEvent.keyDown(tile, { key: 'Enter' });
  await settle();
  expect(screen.getByRole('dialog', { name: LAZY_EN.gallery.title })).toBeTruthy();
});

/** The middle one of three is shown. */
function listIn(direction: 'ltr' | 'rtl') {
  const list = document.createElement('ul');
  list.append(...PICTURES.map(() => document.createElement('li')));
  list.style.direction = direction;
  document.body.append(list);
  const scrollLeft = direction === 'rtl' ? -WIDTH_PX : WIDTH_PX;
  Object.defineProperties(list, {
    clientWidth: { value: WIDTH_PX },
    scrollLeft: { value: scrollLeft },
  });
  return list;
}

test.each([
  ['ltr', { ArrowRight: 2, ArrowLeft: 0 }],
  ['rtl', { ArrowRight: 0, ArrowLeft: 2 }],
] as const)('the arrow keys go on in the direction of reading: %s', (direction, next) => {
  const list = listIn(direction);
  expect(steppedTo(list, 'ArrowRight')).toBe(next.ArrowRight);
  expect(steppedTo(list, 'ArrowLeft')).toBe(next.ArrowLeft);
  expect(steppedTo(list, 'End')).toBe(2);
  expect(steppedTo(list, 'a')).toBeNull();
});

test('what comes later lies to the left where one reads from there', () => {
  const list = listIn('rtl');
  const scrollTo = vi.fn<(options: ScrollToOptions) => void>();
  Object.defineProperty(list, 'scrollTo', { value: scrollTo });
  showIn(list, 2);
  expect(scrollTo).toHaveBeenCalledWith({ left: -2 * WIDTH_PX });
});
