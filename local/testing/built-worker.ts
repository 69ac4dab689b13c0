/**
 * The Worker as `wrangler deploy` builds it, in Miniflare, with the bindings, objects, limits and
 * assets of wrangler.toml. For tests that measure no speed.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import { unstable_getMiniflareWorkerOptions } from 'wrangler';
import { wrangler } from '../deploy/commands.ts';
import { UserError } from '../user-error.ts';

const CONFIG = fileURLToPath(new URL('../../wrangler.toml', import.meta.url));

export interface BuiltWorker {
  /** @param texts variables and secrets, besides those of wrangler.toml. */
  start(texts: Record<string, string>): Promise<RunningWorker>;
  remove(): Promise<void>;
}

export interface RunningWorker {
  url: URL;
  fetch(path: string, init?: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

/** Builds it once; each start is a runtime of its own. */
export async function buildWorker(): Promise<BuiltWorker> {
  const folder = await mkdtemp(join(tmpdir(), 'swiftdrop-worker-'));
  const args = ['deploy', '--dry-run', '--env', '', '--outdir', folder, '--config', CONFIG];
  const { ok, output } = await wrangler(args);
  if (!ok) throw new UserError(output);
  return {
    start: (texts) => startWorker(folder, texts),
    remove: () => rm(folder, { recursive: true }),
  };
}

async function startWorker(folder: string, texts: Record<string, string>): Promise<RunningWorker> {
  const { workerOptions } = unstable_getMiniflareWorkerOptions(CONFIG);
  // The bundle is a single module, and Miniflare takes no rules for others with it.
  const { modulesRules: _, bindings, ...options } = workerOptions;
  const worker = {
    ...options,
    modules: true as const,
    modulesRoot: folder,
    scriptPath: join(folder, 'index.js'),
    bindings: Object.assign({}, bindings, texts),
  };
  const miniflare = new Miniflare(
    // Its access log is of no use to a test.
    convertV4MiniflareOptions({ workers: [worker], handleStructuredLogs() {} }),
  );
  const url = await miniflare.ready;
  return {
    url,
    fetch: (path, init) => fetch(new URL(path, url), init),
    close: () => miniflare.dispose(),
  };
}
