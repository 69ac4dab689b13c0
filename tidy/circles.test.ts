import { describe, expect, it } from 'vitest';
import { circlesOf, graphOf, pairsIn } from './circles.ts';
import { layerOf } from './layers.ts';
import { importsOf } from './sources.ts';

const files = (imports: Record<string, string[]>) =>
  Object.entries(imports).map(([from, to]) => ({
    path: from,
    imports: to.map((path) => ({ path })),
  }));

const ofFiles = (path: string) => path;
const ofFolders = (path: string) => path.split('/').slice(0, -1).join('/');

describe('circles of imports', () => {
  it('are found with everybody who is in them, the largest first', () => {
    const graph = graphOf(
      files({
        'a.ts': ['b.ts', 'd.ts'],
        'b.ts': ['c.ts'],
        'c.ts': ['a.ts'],
        'd.ts': ['e.ts'],
        'e.ts': ['d.ts'],
        'f.ts': ['a.ts', 'react'],
      }),
      ofFiles,
    );
    const circles = circlesOf(graph);
    expect(circles).toEqual([
      ['a.ts', 'b.ts', 'c.ts'],
      ['d.ts', 'e.ts'],
    ]);
    expect(pairsIn(graph, circles)).toEqual([
      'a.ts <-> b.ts',
      'a.ts <-> c.ts',
      'b.ts <-> c.ts',
      'd.ts <-> e.ts',
    ]);
  });

  it('may be of folders whose files are in none', () => {
    const tree = files({ 'x/a.ts': ['y/b.ts'], 'y/b.ts': [], 'y/c.ts': ['x/d.ts'], 'x/d.ts': [] });
    expect(circlesOf(graphOf(tree, ofFiles))).toEqual([]);
    expect(circlesOf(graphOf(tree, ofFolders))).toEqual([['x', 'y']]);
  });

  it('are none where a file imports its neighbours', () => {
    const tree = files({ 'x/a.ts': ['x/b.ts'], 'x/b.ts': [] });
    expect(circlesOf(graphOf(tree, ofFolders))).toEqual([]);
  });
});

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

describe('the layer of a file', () => {
  const layers = [{ prefix: 'a/pure/' }, { prefix: 'a/' }, { prefix: 'b/' }];

  it('is that of its longest prefix', () => {
    expect(layerOf('a/pure/x.ts', layers)).toBe(0);
    expect(layerOf('a/x.ts', layers)).toBe(1);
  });

  it('is an error where there is none, and where there are two', () => {
    expect(() => layerOf('c/x.ts', layers)).toThrow('no layer');
    expect(() => layerOf('b/x.ts', [...layers, { prefix: 'b/' }])).toThrow('twice');
  });
});
