import { describe, expect, it } from 'vitest';
import { circlesOf, graphOf, pairsIn } from './circles.ts';

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
