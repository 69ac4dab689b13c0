import { existsSync, readFileSync, statSync } from 'node:fs';
import { expect, it } from 'vitest';
import { TYPEFACES } from './face.ts';
import { FONT_STACKS, faceStyle, OWN_FONTS } from './face-style.ts';

/** A page loads one of them; more would be felt on a phone. */
const FONT_BYTES_MAX = 64_000;
const OWN = Object.entries(OWN_FONTS);

it('names no family that must be fetched, unless the shop sends it itself', () => {
  for (const typeface of TYPEFACES) {
    const style = faceStyle({ colour: null, typeface });
    expect(style.includes('@font-face'), typeface).toBe(OWN_FONTS[typeface] !== undefined);
    expect(FONT_STACKS[typeface] ?? 'sans-serif').toMatch(/(?:sans-serif|serif|monospace)$/);
  }
});

it.each(OWN)(
  '%s is used at once where it is there, and moves no text where it is late',
  (typeface, own) => {
    const style = faceStyle({ colour: null, typeface: typeface as keyof typeof OWN_FONTS });
    expect(style).toContain(`src:url(/fonts/${own.file})`);
    expect(style).toContain('font-display:optional');
    expect(style).toContain(`--font:"${own.family}",`);
  },
);

it.each(OWN)(
  '%s is a small file of the client, with its licence beside it',
  (_, { family, file }) => {
    const path = `client/public/fonts/${file}`;
    expect(existsSync(path)).toBe(true);
    expect(readFileSync(path).subarray(0, 4).toString()).toBe('wOF2');
    expect(statSync(path).size).toBeLessThan(FONT_BYTES_MAX);
    expect(readFileSync('client/public/fonts/LICENSE.txt', 'utf8')).toContain(
      `${family}: Copyright`,
    );
    expect(readFileSync('client/styles/admin/face.css', 'utf8')).toContain(`url("/fonts/${file}")`);
  },
);
