import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const FOLDERS = [import.meta.dirname, join(import.meta.dirname, '../public')];

/** Rules with `:hover` that a touch would leave behind, as the finger has no place to be. */
it('shows what a pointer is over only where there is a pointer', () => {
  const sheets = FOLDERS.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.css'))
      .map((name) => join(folder, name)),
  );
  expect(sheets.length).toBeGreaterThan(30);
  const outside = sheets.flatMap((sheet) => hoverOutsideOfMedia(readFileSync(sheet, 'utf8')));
  expect(outside).toEqual([]);
});

function hoverOutsideOfMedia(css: string): string[] {
  const open: string[] = [];
  const found: string[] = [];
  for (const [, before = '', brace] of css.matchAll(/([^{}]*)([{}])/g)) {
    if (brace === '}') open.pop();
    else {
      if (before.includes(':hover') && !open.some((rule) => rule.includes('hover: hover'))) {
        found.push(before.trim());
      }
      open.push(before);
    }
  }
  return found;
}
