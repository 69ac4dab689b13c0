/** The runtime: plain `workerd serve` with the built Worker. Neither wrangler nor Miniflare is there. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { WRANGLER_CONFIG } from './bundle.ts';
import { capnpText, compatibilityDateOf, type RuntimeConfig } from './capnp.ts';
import { type ChildProgram, startChildProgram } from './child-program.ts';

/** The package of the runtime, a dependency of wrangler. */
const BROUGHT_BY_WRANGLER = 'workerd';

export interface Runtime extends ChildProgram {
  port: number;
}

/** What a Worker is, besides its code. */
export type Built = Pick<RuntimeConfig, 'objects' | 'compatibilityDate' | 'compatibilityFlags'>;

export interface RuntimeOptions {
  /** The measured Worker by default. */
  built?: Built;
  /** Is called with each line of its log. */
  onLine?: (line: string) => void;
}

/** @param texts the Worker's variables and secrets. */
export async function startRuntime(
  bundle: string,
  texts: Record<string, string>,
  { built, onLine }: RuntimeOptions = {},
): Promise<Runtime> {
  const folder = dirname(bundle);
  const storageFolder = join(folder, 'storage');
  await mkdir(storageFolder, { recursive: true });
  const configPath = join(folder, 'config.capnp');
  const config = capnpText({
    module: basename(bundle),
    ...(built ?? (await readMeasured())),
    texts,
    storageFolder,
  });
  // It holds the secrets.
  await writeFile(configPath, config, { mode: 0o600 });
  const process = await startChildProgram([findWorkerd(), 'serve', '--control-fd=1', configPath], {
    ...(onLine && { onLine }),
  });
  const { port } = JSON.parse(process.firstLine) as { port: number };
  return { ...process, port };
}

async function readMeasured(): Promise<Built> {
  return {
    compatibilityDate: compatibilityDateOf(await readFile(WRANGLER_CONFIG, 'utf8')),
    objects: {
      SALES: 'SaleObject',
      LIVE: 'LiveObject',
      HASHERS: 'HashObject',
      OUTBOX: 'OutboxObject',
      BEACONS: 'BeaconObject',
      EMPTY: 'EmptyObject',
    },
  };
}

/** The binary for this machine, of the version that wrangler brings. */
function findWorkerd(): string {
  const wrangler = createRequire(import.meta.url).resolve('wrangler/package.json');
  const require = createRequire(wrangler);
  return (require(BROUGHT_BY_WRANGLER) as { default: string }).default;
}
