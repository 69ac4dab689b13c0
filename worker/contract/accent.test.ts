/** The shades of any colour are readable, and made of the grounds that the page really has. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CONTRAST_MIN, contrastOf, GROUNDS, shadesOf } from './accent.ts';

const TOKENS = readFileSync(new URL('../../client/styles/tokens.css', import.meta.url), 'utf8');
const [LIGHT = '', DARK = ''] = TOKENS.split('prefers-color-scheme: dark');
const tokenOf = (name: string, css: string) =>
  new RegExp(`--${name}: (#[0-9a-f]{6})`).exec(css)?.[1] ?? `no ${name}`;

const colours = fc
  .integer({ min: 0, max: 0xff_ff_ff })
  .map((bits) => `#${bits.toString(16).padStart(6, '0')}`);

test('contrast is what WCAG says of known pairs', () => {
  expect(contrastOf('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrastOf('#ffffff', '#777777')).toBeCloseTo(4.48, 2);
  expect(contrastOf('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
});

describe.each([
  ['light', LIGHT],
  ['dark', DARK],
] as const)('on %s', (scheme, css) => {
  test('the grounds are those of the page', () => {
    expect(GROUNDS[scheme]).toEqual(
      ['paper', 'surface', 'sunken'].map((name) => tokenOf(name, css)),
    );
  });

  test('of any colour, all text is readable', () => {
    const texts = ['ink', 'ink-soft'].map((name) => tokenOf(name, css));
    fc.assert(
      fc.property(colours, (colour) => {
        const { accent, fill, hover, ink, soft } = shadesOf(colour, scheme);
        const pairs = [
          ...[...GROUNDS[scheme], soft].map((ground) => [accent, ground] as const),
          ...[fill, hover].map((ground) => [ink, ground] as const),
          ...texts.map((text) => [text, soft] as const),
        ];
        for (const [one, other] of pairs) {
          expect(contrastOf(one, other), `${one} ${other}`).toBeGreaterThanOrEqual(CONTRAST_MIN);
        }
      }),
      {
        numRuns: 2_000,
        examples: ['#000000', '#ffffff', '#ffff00', '#0000ff', '#777777'].map((c) => [c]),
      },
    );
  });

  test('a colour that is readable as it is stays as it is', () => {
    const readable = scheme === 'light' ? '#7a0f3c' : '#ffd84d';
    expect(shadesOf(readable, scheme)).toMatchObject({ accent: readable, fill: readable });
  });
});
