/** What the project is built of: exact versions, one runtime, and licences that let it be passed on. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

interface Package {
  version?: string;
  license?: string;
  integrity?: string;
  dependencies?: Record<string, string>;
  /** Needed to build and to test, and never shipped. */
  dev?: boolean;
  optional?: boolean;
  devOptional?: boolean;
  /** Of a workspace: a folder of this repository. */
  link?: boolean;
}

interface Manifest {
  license: string;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  workspaces: string[];
}

const EXACT = /^\d+\.\d+\.\d+(-[\w.]+)?$/;
/** Of what runs in the shop or in a shopper's browser: nothing that asks more than to be named. */
const SHIPPED = new Set([
  'MIT',
  'Apache-2.0',
  'MIT OR Apache-2.0',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
]);
/** Of tools, which are used as they are and passed on to nobody, these too. */
const USED = new Set([
  ...SHIPPED,
  'MIT-0',
  'MPL-2.0',
  'LGPL-3.0-or-later',
  'Apache-2.0 AND LGPL-3.0-or-later',
  'Apache-2.0 AND LGPL-3.0-or-later AND MIT',
]);

/** Installed with what is shipped, and no part of it: the options of markdown-it's own command. */
const UNSHIPPED = new Map([['node_modules/argparse', 'PSF-2.0']]);

const manifest = read('package.json') as Manifest;
const { packages } = read('package-lock.json') as { packages: Record<string, Package> };
const own = new Set(['', ...manifest.workspaces]);
const installed = Object.entries(packages).filter(([path, { link }]) => !link && !own.has(path));

describe('the packages', () => {
  it('are named by exact versions, the same ones as in the lock file', () => {
    const named = { ...manifest.dependencies, ...manifest.devDependencies };
    expect(Object.entries(named).filter(([, version]) => !EXACT.test(version))).toEqual([]);
    const locked = Object.keys(named).map((name) => [
      name,
      packages[`node_modules/${name}`]?.version,
    ]);
    expect(Object.fromEntries(locked)).toEqual(named);
  });

  it('are checked against their digests when they are installed', () => {
    const unchecked = installed.filter(([, { integrity }]) => integrity === undefined);
    expect(unchecked.map(([path]) => path)).toEqual([]);
  });

  it('bring one copy of the runtime, so that tests, bench and development run the same', () => {
    const copies = installed.filter(([path]) => path.endsWith('node_modules/workerd'));
    expect(copies.map(([path]) => path)).toEqual(['node_modules/workerd']);
  });

  it('have the Miniflare that wrangler brings, which another one would bring a second runtime with', () => {
    const brought = packages['node_modules/wrangler']?.dependencies?.['miniflare'];
    expect(manifest.devDependencies['miniflare']).toBe(brought);
    const copies = installed.filter(([path]) => path.endsWith('node_modules/miniflare'));
    expect(copies.map(([path]) => path)).toEqual(['node_modules/miniflare']);
  });

  it('have licences that let the shop be passed on', () => {
    const refused = installed.filter(([path, one]) => {
      if (one.license !== undefined && UNSHIPPED.get(path) === one.license) return false;
      const allowed = isTool(one) ? USED : SHIPPED;
      return !allowed.has(one.license ?? 'none');
    });
    expect(refused.map(([path, { license }]) => `${path}: ${license}`)).toEqual([]);
    expect(installed.filter(([, one]) => !isTool(one)).length).toBeGreaterThan(10);
  });
});

it('the project itself has the licence that it says', () => {
  expect(manifest.license).toBe('MIT');
  expect(readFileSync(join(import.meta.dirname, 'LICENSE'), 'utf8')).toMatch(/^MIT License\n/);
});

function isTool({ dev, optional, devOptional }: Package): boolean {
  return Boolean(dev || optional || devOptional);
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(join(import.meta.dirname, file), 'utf8'));
}
