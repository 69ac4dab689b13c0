import { describe, expect, it } from 'vitest';
import { crossingImports, layerOf, upwardImports } from './layers.ts';

const layers = [{ prefix: 'a/pure/' }, { prefix: 'a/' }, { prefix: 'b/' }];
const file = (path: string, ...imports: string[]) => ({
  path,
  imports: imports.map((to) => ({ path: to })),
});

describe('the layer of a file', () => {
  it('is that of its longest prefix', () => {
    expect(layerOf('a/pure/x.ts', layers)).toBe(0);
    expect(layerOf('a/x.ts', layers)).toBe(1);
  });

  it('is an error where there is none, and where there are two', () => {
    expect(() => layerOf('c/x.ts', layers)).toThrow('no layer');
    expect(() => layerOf('b/x.ts', [...layers, { prefix: 'b/' }])).toThrow('twice');
  });
});

it('an import may point to the same layer or a lower one, and not to a higher one', () => {
  const files = [
    file('a/pure/x.ts', 'a/y.ts'),
    file('a/y.ts', 'a/pure/x.ts', 'a/z.ts', 'b/w.ts'),
    file('a/z.ts', '../elsewhere.json'),
    file('b/w.ts', 'a/y.ts'),
  ];
  expect(upwardImports(files, layers)).toEqual(['a/pure/x.ts -> a/y.ts', 'a/y.ts -> b/w.ts']);
});

it('an import may cross into another package only where that package is open to it', () => {
  const packages = { a: ['b/open/'], b: [] };
  const files = [
    file('a/x.ts', 'a/y.ts', 'b/open/z.ts', 'b/closed/z.ts'),
    file('b/closed/z.ts', 'a/x.ts'),
  ];
  const crossing = ['a/x.ts -> b/closed/z.ts', 'b/closed/z.ts -> a/x.ts'];
  expect(crossingImports(files, packages)).toEqual(crossing);
});
