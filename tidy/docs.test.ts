/** What the documents name exists: files, folders and commands. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const DOCUMENTS = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'docs/architecture.md',
  'docs/deployment.md',
  'docs/observability.md',
  'docs/operations.md',
  'docs/performance.md',
];
const TOP =
  /^(worker|client|data-api|previews|migrations|local|bench|simulation|tidy|docs|\.ci)\/[\w./-]*$/;

const { scripts } = JSON.parse(text('package.json')) as { scripts: Record<string, string> };

describe.each(DOCUMENTS)('%s', (document) => {
  const words = text(document);

  it('names only files and folders that exist', () => {
    const quoted = matches(words, /`([^`\s]+)`/g).filter((path) => TOP.test(path));
    const linked = matches(words, /\]\(([^)#]+)\)/g)
      .filter((target) => !target.includes('://'))
      .map((target) => join(dirname(document), target));
    const named = [...quoted, ...linked, ...treeIn(words)];
    expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it('names only commands that exist', () => {
    const named = matches(words, /\bnpm run ([\w:-]+)/g);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});

it('README.md shows each folder of the project in its tree', () => {
  const folders = readdirSync(ROOT, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !/^\.|^(node_modules|dist)$/.test(entry.name))
    .map((entry) => `${entry.name}/`);
  expect(treeIn(text('README.md'))).toEqual(expect.arrayContaining([...folders, 'worker/sale/']));
});

it('docs/architecture.md follows a purchase through at most twelve files, each once', () => {
  const steps = matches(text('docs/architecture.md'), /^\d+\. `([^`]+)`/gm);
  expect(steps.length).toBeGreaterThan(8);
  expect(steps.length).toBeLessThanOrEqual(12);
  expect(new Set(steps).size).toBe(steps.length);
});

/** The paths of the block under "The tree": folders at a line's beginning, those in them indented. */
function treeIn(words: string): string[] {
  const block = /^## The tree\n+```\n([\s\S]*?)```/m.exec(words)?.[1] ?? '';
  let top = '';
  return block.split('\n').flatMap((line) => {
    const [, indent = '', names = ''] = /^( *)((?:[\w-]+\/ ?)+)/.exec(line) ?? [];
    const paths = names
      .trim()
      .split(' ')
      .filter((name) => name !== '');
    if (indent !== '') return paths.map((path) => `${top}${path}`);
    top = paths[0] ?? '';
    return paths;
  });
}

function matches(words: string, pattern: RegExp): string[] {
  return [...words.matchAll(pattern)].map(([, found]) => found ?? '');
}

function text(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}
