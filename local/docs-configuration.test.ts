import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { faultsIn } from '../data-api/environment.ts';
import { VARIABLES } from '../worker/config/variables.ts';
import { CONFIGURATION_FILE, configurationDocument } from './docs-configuration.ts';
import { COMMAND_VARIABLES } from './variables.ts';

const ROOT = join(import.meta.dirname, '..');
/** Taken from the environment for other reasons than to be set by somebody. */
const NOT_OURS = new Set([
  'BENCH_BUNDLE',
  'BENCH_POSTGRES_URL',
  'CLIENT_BUILT',
  'EMPTY',
  'HASHERS',
  'OUTBOX',
  'SALES',
  'LIVE',
  'XDG_CACHE_HOME',
]);

it('the page about the configuration is what its tables say; `npm run docs:configuration` writes it', () => {
  expect(readFileSync(CONFIGURATION_FILE, 'utf8')).toBe(configurationDocument());
});

it('the example of .dev.vars names each variable of the shop once, with a value that it takes', () => {
  const lines = readFileSync(join(ROOT, '.dev.vars.example'), 'utf8').matchAll(
    /^(?:# )?([A-Z_]+)="(.*)"$/gm,
  );
  const entries = [...lines].map(([, name = '', value = '']): [string, string] => [name, value]);
  const names = entries.map(([name]) => name).toSorted();
  expect(names).toEqual(Object.keys(VARIABLES).toSorted());
  const faults = faultsIn(VARIABLES, Object.fromEntries(entries));
  // What only its owner can fill in is left empty.
  const left = new Set(['DATA_API_KEY', 'JWT_SECRET']);
  expect(faults.filter(({ name }) => !left.has(name))).toEqual([]);
});

it('the table of the commands has every variable that one of them reads', () => {
  const read = ['local', 'bench', 'simulation'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(ts|js)$/.test(file) && !file.endsWith('.test.ts'))
      .flatMap((file) => {
        const text = readFileSync(join(ROOT, folder, file), 'utf8');
        return [...text.matchAll(/\benv(?:\.|\[')([A-Z][A-Z_]+)/g)].map(([, name = '']) => name);
      }),
  );
  const unknown = new Set(read.filter((name) => !(name in COMMAND_VARIABLES)));
  expect([...unknown].filter((name) => !NOT_OURS.has(name))).toEqual([]);
});
