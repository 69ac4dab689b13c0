/** Builds a measured Worker as `wrangler deploy` would build the shop, minified. Starts nothing. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UserError } from '../../local/user-error.ts';

export const WRANGLER_CONFIG = fileURLToPath(new URL('./wrangler.toml', import.meta.url));
const BUILD_MS_MAX = 60_000;

/** @returns the path of the one module that makes up the Worker. */
export async function buildBundle(outFolder: string, config = WRANGLER_CONFIG): Promise<string> {
  const built = process.env['BENCH_BUNDLE'];
  // A run of drills builds it once for all of them.
  if (built !== undefined && config === WRANGLER_CONFIG)
    await cp(built, outFolder, { recursive: true });
  else await runWrangler(outFolder, config);
  const main = /^main = "(.+)\.ts"$/m.exec(await readFile(config, 'utf8'))?.[1];
  return join(outFolder, `${main}.js`);
}

async function runWrangler(outFolder: string, config: string): Promise<void> {
  const wrangler = createRequire(import.meta.url).resolve('wrangler/package.json');
  const child = spawn(
    process.execPath,
    [join(dirname(wrangler), 'bin/wrangler.js'), 'deploy', '--dry-run', '--minify'].concat(
      ['--config', config],
      ['--outdir', outFolder],
    ),
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, WRANGLER_SEND_METRICS: 'false' },
      timeout: BUILD_MS_MAX,
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text) => {
      output += text;
    });
  }
  const [code] = await once(child, 'close');
  if (code !== 0) throw new UserError(`The bundle was not built:\n${output}`);
}
