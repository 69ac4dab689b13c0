import { cleanup, fireEvent, render } from '@testing-library/preact';
import { afterEach, expect, test } from 'vitest';
import { PictureTile } from './picture.tsx';

afterEach(cleanup);

const UPLOADED = `/pictures/pic_${'0'.repeat(26)}-1200x900-aa1100bb2200.webp`;

function draw(url: string | null, isFirst = false) {
  const tile = (of: string | null) => (
    <PictureTile class="item-picture" url={of} name="Lamp" sizes="50vw" isFirst={isFirst} />
  );
  const view = render(tile(url));
  return {
    picture: () => view.container.querySelector('img'),
    letter: () => view.container.querySelector('.picture-letter')?.textContent,
    stops: () => [...view.container.querySelectorAll('stop')].map((stop) => stop.outerHTML),
    another: (next: string) => view.rerender(tile(next)),
  };
}

test('a picture that cannot be reached leaves its place to a letter, and another one is tried', () => {
  const tile = draw('https://gone.example/a.png');
  expect(tile.letter()).toBeUndefined();
  fireEvent.error(tile.picture() as HTMLImageElement);
  expect(tile.picture()).toBeNull();
  expect(tile.letter()).toBe('L');
  tile.another('https://here.example/b.png');
  expect(tile.picture()?.src).toBe('https://here.example/b.png');
});

test('without a picture the first letter of the name stands there', () => {
  expect(draw(null).letter()).toBe('L');
});

test('one that was uploaded is offered in its widths, with its size and its colours', () => {
  const tile = draw(UPLOADED);
  const name = UPLOADED.slice('/pictures/'.length);
  expect(tile.picture()?.getAttribute('srcset')).toBe(
    `/pictures/400/${name} 400w, /pictures/800/${name} 800w, ${UPLOADED} 1200w`,
  );
  expect(tile.picture()?.getAttribute('sizes')).toBe('50vw');
  expect([tile.picture()?.width, tile.picture()?.height]).toEqual([1_200, 900]);
  expect(tile.stops().join()).toMatch(/#aa1100.*#bb2200/);
});

test('one from elsewhere is asked for as it is, once somebody comes near', () => {
  const tile = draw('https://here.example/b.png');
  expect(tile.picture()?.hasAttribute('srcset')).toBe(false);
  expect(tile.stops()).toEqual([]);
  expect(tile.picture()?.getAttribute('loading')).toBe('lazy');
});

test('one on the first screenful is asked for at once, before others', () => {
  const picture = draw(UPLOADED, true).picture();
  expect(picture?.getAttribute('loading')).toBeNull();
  expect(picture?.getAttribute('fetchpriority')).toBe('high');
});
