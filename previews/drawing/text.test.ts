import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Canvas } from './canvas.ts';
import { cutToFit, drawText, linesOf, plainText, widthOf } from './text.ts';

const STYLE = { height: 20, weight: 0.15 };
const WIDTH = 300;
const RIGHT = 20 + WIDTH;
const ASCII = Array.from({ length: 94 }, (_, place) => String.fromCodePoint(33 + place));
const WESTERN = Array.from(
  'ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿŒœŠšŽžŸẞ',
);
const UNKNOWN = '\u65e5';

const SIZE = { width: 400, height: 80 };

function drawn(text: string): Uint8Array {
  const canvas = new Canvas(SIZE, [255, 255, 255], { black: [0, 0, 0] });
  drawText(canvas, text, { colour: 'black', at: { x: 20, y: 45 }, style: STYLE });
  return canvas.image().pixels;
}

/** What a text looks like, to tell it from others. */
function shapeOf(text: string): string {
  return Buffer.from(drawn(text)).toString('base64');
}

/** Whether anything is drawn there. */
function isInked(pixels: Uint8Array, { left = 0, top = 0, bottom = SIZE.height }) {
  return pixels.some((shade, at) => {
    const [x, y] = [at % SIZE.width, Math.floor(at / SIZE.width)];
    return shade > 0 && x >= left && y >= top && y < bottom;
  });
}

describe('the letters', () => {
  it('are there for all of ASCII and of Western Europe, each another one', () => {
    const all = [...ASCII, ...WESTERN];
    const shapes = new Set([...all, UNKNOWN, ' '].map(shapeOf));
    expect(shapes.size).toBe(all.length + 2);
  });

  it('stay in their line, from below a g to above an accent', () => {
    for (const text of [...ASCII, ...WESTERN, UNKNOWN]) {
      const pixels = drawn(text);
      expect(isInked(pixels, { bottom: 10 }), text).toBe(false);
      expect(isInked(pixels, { top: 56 }), text).toBe(false);
    }
  });

  it('are drawn in place of those that only look different', () => {
    expect(shapeOf('\u{1d401}\uff22\ufb01\u00b2\u00bd')).toBe(shapeOf('BBfi21\u20442'));
    expect(shapeOf('u\u0308')).toBe(shapeOf('ü'));
  });

  it('that are not known are replaced by one box each, an emoji of many parts too', () => {
    const fireman = '\u{1f469}\u{1f3fd}\u200d\u{1f692}';
    expect(shapeOf(`${fireman}${UNKNOWN}`)).toBe(shapeOf('\u30c9\u05d0'));
    expect(shapeOf(`e${'\u0301'.repeat(30)}`)).toBe(shapeOf(UNKNOWN));
  });
});

describe('a text', () => {
  it('loses what is not seen', () => {
    expect(plainText(' \u202eA\u0000\n\t B\u200b\u{e0041}\ud800 ')).toBe('A B');
    expect(plainText('x'.repeat(100_000)).length).toBeLessThan(1_000);
  });

  it('is as wide as it is measured', () => {
    for (const text of ['Night drop', 'HH', 'nnn', 'il|']) {
      const pixels = drawn(text);
      const right = Math.ceil(20 + widthOf(text, STYLE));
      expect(isInked(pixels, { left: right + 1 }), text).toBe(false);
      expect(isInked(pixels, { left: right - 8 }), text).toBe(true);
    }
  });

  it('stays as it is where it fits, and is cut with an ellipsis where it does not', () => {
    expect(cutToFit('Night drop', STYLE, WIDTH)).toBe('Night drop');
    const cut = cutToFit('Night drop '.repeat(20), STYLE, WIDTH);
    expect(cut).toMatch(/^Night drop Night .*…$/);
    expect(widthOf(cut, STYLE)).toBeLessThanOrEqual(WIDTH);
    expect(WIDTH - widthOf(cut, STYLE)).toBeLessThan(40);
  });

  it('is broken between words, and the last line is cut', () => {
    const room = { widthMax: WIDTH, linesMax: 2 };
    expect(linesOf('Night drop', STYLE, room)).toEqual(['Night drop']);
    const lines = linesOf('Night drop '.repeat(20).trim(), STYLE, room);
    expect(lines[0]).toMatch(/^(Night|drop)( Night| drop)+$/);
    expect(lines[1]).toMatch(/…$/);
    expect(linesOf(`${'W'.repeat(90)} end`, STYLE, room)).toEqual([
      expect.stringMatching(/^W+…$/),
      'end',
    ]);
  });

  it('of any characters stays inside of its room', () => {
    const anyText = fc.string({ unit: 'binary', maxLength: 200 });
    fc.assert(
      fc.property(anyText, (text) => {
        for (const line of linesOf(plainText(text), STYLE, { widthMax: WIDTH, linesMax: 2 })) {
          expect(widthOf(line, STYLE)).toBeLessThanOrEqual(WIDTH);
          const pixels = drawn(line);
          // An accent or a slanted sign may reach a little beyond its letter.
          expect(isInked(pixels, { left: RIGHT + 8 })).toBe(false);
        }
      }),
      { numRuns: 40 },
    );
  });
});
