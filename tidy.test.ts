/** The shape of the tree, kept by a test: which way imports may point, and what may not be left behind. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = import.meta.dirname;
const ROOMS = ['worker', 'client', 'local', 'data-api', 'bench', 'simulation'].filter((room) =>
  existsSync(join(ROOT, room)),
);

/** From the bottom up: a file imports from its own storey or from below. First match wins. */
const STOREYS: [RegExp, number][] = [
  [/^worker\/(contract|platform)\//, 0],
  [/^worker\/config\//, 1],
  [/^worker\/sale\/(rules|edge)\//, 1],
  [
    /^worker\/sale\/object\/(group-commit|admission|sale|refusal-counts|commit-metrics|histogram)\.ts$/,
    1,
  ],
  [/^worker\/sale\/ledger\/wire\.ts$/, 1],
  [/^worker\/live\/(throttle|shards|snapshot|feed|hub|listening)\.ts$/, 1],
  [/^worker\/auth\/scrypt-cost\.ts$/, 1],
  [/^worker\/(sale|live|stores|auth|http|openapi)\//, 2],
  [/^worker\/deps\.ts$/, 2],
  [/^worker\/(routes\/|pages\/|sweep\.ts$)/, 3],
  [/^worker\/app\.ts$/, 4],
  [/^worker\/wiring\.ts$/, 5],
  [/^worker\/(index|entrypoint)\.ts$/, 6],
];

/** What a room may import from another room besides its own; tests may also use local/. */
const DOORS: Record<string, RegExp> = {
  worker: /^(migrations\/meta\/_journal\.json|client\/server\.js|data-api\/environment\.ts)$/,
  client: /^worker\/(app\.ts$|contract\/)/,
  local: /^(worker|data-api)\/|^migrations\/meta\/_journal\.json$/,
  // Alone, so that it can be deployed by somebody who has no shop.
  'data-api': /^$/,
  bench: /^(worker|local|data-api)\//,
  simulation: /^(worker|local)\//,
};

const PURE =
  /^worker\/(contract\/|sale\/(rules|edge)\/|sale\/ledger\/wire\.ts|sale\/object\/(group-commit|admission|sale|refusal-counts|commit-metrics|histogram)\.ts|live\/(throttle|shards|snapshot|feed|hub|listening)\.ts)/;
const WORLD =
  /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|(?<![.\w])fetch\(|\bcrypto\.getRandomValues\(/;

interface Source {
  path: string;
  text: string;
  imports: { path: string; typeOnly: boolean }[];
}

const sources = ROOMS.flatMap((room) => walk(join(ROOT, room))).map(readSource);
const shipped = sources.filter(({ path }) => !isTest(path));
const inWorker = shipped.filter(({ path }) => roomOf(path) === 'worker');

describe('the tree', () => {
  it('imports downwards only inside the Worker', () => {
    const upward = inWorker.flatMap(({ path, imports }) =>
      imports
        .filter((to) => storeyOf(to.path) > storeyOf(path))
        .map((to) => `${path} -> ${to.path}`),
    );
    expect(upward).toEqual([]);
  });

  it('gives every file of the Worker a storey', () => {
    const homeless = inWorker.filter(({ path }) => !STOREYS.some(([room]) => room.test(path)));
    expect(homeless.map(({ path }) => path)).toEqual([]);
  });

  it('goes from room to room by the doors', () => {
    const throughWalls = shipped.flatMap(({ path, imports }) => {
      const room = roomOf(path);
      return imports
        .filter((to) => roomOf(to.path) !== room && !DOORS[room]?.test(to.path))
        .map((to) => `${path} -> ${to.path}`);
    });
    expect(throughWalls).toEqual([]);
  });

  it('sends the browser none of the Worker’s code, only its types', () => {
    const bundled = shipped.flatMap(({ path, imports }) =>
      path.startsWith('client/')
        ? imports.filter((to) => roomOf(to.path) === 'worker' && !to.typeOnly).map(() => path)
        : [],
    );
    expect(bundled).toEqual([]);
  });

  it('keeps the clock, chance and the network out of the rules', () => {
    const impure = shipped.filter(({ path, text }) => PURE.test(path) && WORLD.test(code(text)));
    expect(impure.map(({ path }) => path)).toEqual([]);
  });

  it('says at the top of each file what it is for', () => {
    const silent = shipped.filter(
      ({ path, text }) => /\.tsx?$/.test(path) && !/^(\/\*\*|\/\/)/.test(text),
    );
    expect(silent.map(({ path }) => path)).toEqual([]);
  });

  it('leaves nothing behind', () => {
    const leftover =
      /\b(TODO|FIXME|XXX)\b|\bdebugger\b|\.(only|skip)\(|@ts-(ignore|nocheck)|\/home\//;
    const left = sources.filter(({ path, text }) => path !== 'tidy.test.ts' && leftover.test(text));
    expect(left.map(({ path }) => path)).toEqual([]);
  });

  it('has no drawer for things without a place', () => {
    const drawers = sources.filter(({ path }) =>
      /\b(utils?|helpers?|common|managers?|misc)\b/.test(path),
    );
    expect(drawers.map(({ path }) => path)).toEqual([]);
  });
});

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx|js)$/.test(entry.name))
    .filter((entry) => !entry.name.endsWith('.d.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
}

function readSource(file: string): Source {
  const text = readFileSync(file, 'utf8');
  const statements = text.matchAll(
    /^(?:import|export)\s+(type\s)?[^'";]*?from\s+'(\.[^']+)'|(?:^import\s+|\bimport\()'(\.[^']+)'/gm,
  );
  const imports = [...statements].map(([, type, from, bare]) => ({
    path: relative(ROOT, resolve(dirname(file), from ?? bare ?? '')),
    typeOnly: type !== undefined,
  }));
  return { path: relative(ROOT, file), text, imports };
}

function storeyOf(path: string): number {
  return STOREYS.find(([room]) => room.test(path))?.[1] ?? -1;
}

function roomOf(path: string): string {
  return path.split('/')[0] ?? '';
}

function isTest(path: string): boolean {
  return /\.test\.tsx?$|\/testing\//.test(path);
}

function code(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
}
