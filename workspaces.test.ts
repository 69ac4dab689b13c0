/** The npm workspaces: each folder works on its own, for whoever has no shop, and fits the shop too. */
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

interface Manifest {
  name: string;
  license: string;
  engines: Record<string, string>;
  workspaces: string[];
  exports: Record<string, string>;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}

interface TypeScriptConfig {
  compilerOptions: Record<string, unknown>;
}

const ROOT = import.meta.dirname;
/** Made by the runtime, which has no package. */
const BUILT_IN = new Set([...builtinModules, 'cloudflare:workers']);

const root = read('package.json') as Manifest;
const { packages } = read('package-lock.json') as {
  packages: Record<string, { version?: string }>;
};

describe.each(root.workspaces)('%s', (folder) => {
  const manifest = read(join(folder, 'package.json')) as Manifest;
  const declared = { ...manifest.dependencies, ...manifest.devDependencies };
  const sources = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !/node_modules|\.d\.ts$/.test(path))
    .map((path) => ({ path, imports: importsOf(join(ROOT, folder, path)) }));

  it('has the licence and the Node of the whole project', () => {
    expect(manifest.license).toBe(root.license);
    expect(manifest.engines).toEqual(root.engines);
    expect(text(join(folder, 'LICENSE'))).toBe(text('LICENSE'));
  });

  it('names its packages by the exact versions that the whole project has', () => {
    const installed = Object.keys(declared).map((name) => [
      name,
      packages[`node_modules/${name}`]?.version,
    ]);
    expect(Object.fromEntries(installed)).toEqual(declared);
  });

  it('imports only its own files', () => {
    // Those tests need a MongoDB that the repository builds, whose connections they break.
    const alone = sources.filter(({ path }) => !path.endsWith('.mongodb.test.ts'));
    const outside = alone.flatMap(({ path, imports }) =>
      imports
        .filter((name) => name.startsWith('.'))
        .map((name) => resolve(ROOT, folder, path, '..', name))
        .filter((file) => relative(join(ROOT, folder), file).startsWith('..'))
        .map((file) => `${path} -> ${file}`),
    );
    expect(outside).toEqual([]);
  });

  it('imports only packages that it declares, and all of what it ships with', () => {
    const imported = new Set(sources.flatMap(({ imports }) => imports.flatMap(packageOf)));
    const shipped = sources.filter(({ path }) => isShipped(path));
    const needed = new Set(shipped.flatMap(({ imports }) => imports.flatMap(packageOf)));
    expect([...imported].filter((name) => !(name in declared))).toEqual([]);
    expect(Object.keys(manifest.dependencies).filter((name) => !needed.has(name))).toEqual([]);
  });

  it('offers files that exist', () => {
    const offered = Object.values(manifest.exports).map((path) => path.replace('./', ''));
    expect(offered.filter((path) => !sources.some((source) => source.path === path))).toEqual([]);
  });
});

it('data-api/tsconfig.json repeats the options that all folders share', () => {
  const shared = read('tsconfig.base.json') as TypeScriptConfig;
  const own = read('data-api/tsconfig.json') as TypeScriptConfig;
  const { types: _, ...options } = shared.compilerOptions;
  expect(own.compilerOptions).toMatchObject(options);
});

function isShipped(path: string): boolean {
  return !/\.test\.ts$|^testing\//.test(path);
}

function importsOf(file: string): string[] {
  const found = readFileSync(file, 'utf8').matchAll(
    /^(?:import|export)\s[^'";]*?from '([^']+)'|^import '([^']+)'/gm,
  );
  return [...found].map(([, from, bare]) => from ?? bare ?? '');
}

/** The package's name, in a list; an empty one for a file and for a module of the runtime. */
function packageOf(name: string): string[] {
  if (/^(\.|node:)/.test(name) || BUILT_IN.has(name)) return [];
  return [name.split('/', name.startsWith('@') ? 2 : 1).join('/')];
}

function text(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

function read(path: string): unknown {
  return JSON.parse(text(path));
}
