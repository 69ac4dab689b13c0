import { describe, expect, it } from 'vitest';
import { importsOf, isTest } from './sources.ts';

describe('the imports of a file', () => {
  it('are those of values, of types, for effect, late, and passed on', () => {
    const text = [
      "import { readFileSync } from 'node:fs';",
      "import { a,\n  b } from './ab.ts';",
      "import type { C } from '../c.ts';",
      "import './style.css';",
      "export { d } from './d.ts';",
      "const late = await import('./late.ts');",
      "type E = import('./e.ts').E;",
    ].join('\n');
    expect(importsOf(text, 'x/y')).toEqual([
      { path: 'x/y/ab.ts', typeOnly: false },
      { path: 'x/c.ts', typeOnly: true },
      { path: 'x/y/style.css', typeOnly: false },
      { path: 'x/y/d.ts', typeOnly: false },
      { path: 'x/y/late.ts', typeOnly: false },
      { path: 'x/y/e.ts', typeOnly: false },
    ]);
  });
});

describe('a file', () => {
  it('is a test by its name or by its folder', () => {
    expect(isTest('worker/x.worker.test.ts')).toBe(true);
    expect(isTest('worker/testing/shop.ts')).toBe(true);
    expect(isTest('worker/contest.ts')).toBe(false);
  });
});
