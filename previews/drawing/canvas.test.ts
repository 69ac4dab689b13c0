import { expect, it } from 'vitest';
import { decodePng, inkIn } from '../testing/decoded-png.ts';
import { Canvas } from './canvas.ts';
import { encodePng } from './png.ts';

const SIZE = { width: 20, height: 10 };

function blank() {
  return new Canvas(SIZE, [255, 255, 255], { black: [0, 0, 0], red: [255, 0, 0] });
}

it('is all background, until something is drawn', async () => {
  const png = decodePng(await encodePng(blank().image()));
  expect(png.colourAt(0, 0)).toBe('#ffffff');
  expect(inkIn(png, { left: 0, top: 0, right: 20, bottom: 10 })).toBe(0);
});

it('fills a rectangle to its edges, and what of it is inside', async () => {
  const canvas = blank();
  canvas.fill('black', { x: 2, y: 1, width: 3, height: 2 });
  canvas.fill('red', { x: 18, y: -5, width: 99, height: 7 });
  const png = decodePng(await encodePng(canvas.image()));
  expect([png.colourAt(2, 1), png.colourAt(4, 2)]).toEqual(['#000000', '#000000']);
  expect([png.colourAt(5, 2), png.colourAt(4, 3)]).toEqual(['#ffffff', '#ffffff']);
  expect([png.colourAt(19, 0), png.colourAt(18, 1)]).toEqual(['#ff0000', '#ff0000']);
  expect(inkIn(png, { left: 0, top: 0, right: 20, bottom: 10 })).toBe(6 + 4);
});

it('draws a line with smooth edges, and none of it beyond the picture', async () => {
  const canvas = blank();
  canvas.stroke('black', { from: { x: -50, y: 5 }, to: { x: 50, y: 5 } }, 3);
  canvas.stroke('red', { from: { x: 500, y: 500 }, to: { x: 900, y: 900 } }, 3);
  const png = decodePng(await encodePng(canvas.image()));
  const column = Array.from({ length: 10 }, (_, y) => png.colourAt(10, y));
  expect(column.slice(4, 6)).toEqual(['#000000', '#000000']);
  expect(column[3]).toMatch(/^#(?!ffffff|000000)(..)\1\1$/);
  expect(column[0]).toBe('#ffffff');
});
