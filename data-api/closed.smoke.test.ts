/** The gateway with each of its variables taken away and malformed in turn, in the real runtime. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { unstable_getMiniflareWorkerOptions } from 'wrangler';
import type { Variable } from './environment.ts';
import { VARIABLES } from './variables.ts';

const CONFIG = fileURLToPath(new URL('./wrangler.toml', import.meta.url));
const SECRETS = { MONGODB_URI: 'mongodb://127.0.0.1:1/', DATA_API_KEY: 'k'.repeat(32) };
const ASK = 'http://localhost/app/shop/endpoint/data/v1/action/findOne';
/** No variable takes it: a line break fits none of them. */
const MALFORMED = 'no such\nvalue';
const RIGHT = 'right';

const variables: [string, Variable][] = Object.entries(VARIABLES);
const needed = variables.filter(([, variable]) => variable.needed === 'always');

// The bundle is a single module, and Miniflare takes no rules for others with it.
const {
  modulesRules: _,
  bindings,
  ...options
} = unstable_getMiniflareWorkerOptions(CONFIG).workerOptions;

let folder = '';
let runtime: Miniflare | undefined;

/** Built once; each fault is a Worker of its own, all of them in one runtime. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'data-api-closed-'));
  await build(folder);
  const faulty = [
    ...variables.map(([name]) => worker(`malformed ${name}`, { [name]: MALFORMED })),
    ...needed.map(([name]) => worker(`missing ${name}`, { [name]: '' })),
  ];
  const workers = [worker(RIGHT, {}), ...faulty];
  runtime = new Miniflare(convertV4MiniflareOptions({ workers, handleStructuredLogs() {} }));
  await runtime.ready;
});

afterAll(async () => {
  await runtime?.dispose();
  await rm(folder, { recursive: true, force: true });
});

/** As `wrangler deploy` builds it. */
async function build(outFolder: string): Promise<void> {
  const wrangler = dirname(createRequire(import.meta.url).resolve('wrangler/package.json'));
  const args = ['deploy', '--dry-run', '--env', '', '--config', CONFIG, '--outdir', outFolder];
  const child = spawn(process.execPath, [join(wrangler, 'bin/wrangler.js'), ...args], {
    stdio: 'ignore',
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false' },
  });
  expect(await once(child, 'close')).toEqual([0, null]);
}

function worker(name: string, change: Record<string, string>) {
  return {
    ...options,
    name,
    modules: true as const,
    modulesRoot: folder,
    scriptPath: join(folder, 'index.js'),
    bindings: Object.assign({}, bindings, SECRETS, change),
  };
}

async function ask(name: string) {
  if (runtime === undefined) throw new Error('the runtime is not open');
  // Its type is made from those of the runtime, which are not those of Node.
  const asked: unknown = await runtime.getWorker(name);
  return (asked as { fetch: typeof fetch }).fetch(ASK, { method: 'POST', body: '{}' });
}

async function expectClosed(name: string, fault: 'malformed' | 'missing'): Promise<void> {
  const answer = await ask(`${fault} ${name}`);
  expect(answer.status).toBe(503);
  const { error, error_code } = (await answer.json()) as Record<string, string>;
  expect(error_code).toBe('ServiceUnavailable');
  expect(error).toMatch(new RegExp(`^Configuration: ${name} is ${fault}; it must be [^;]+$`));
  expect(error).not.toContain('no such');
}

it('asks for a key where nothing is wrong', async () => {
  expect((await ask(RIGHT)).status).toBeLessThan(500);
});

it.each(variables)('names %s where it is malformed', async (name) => {
  await expectClosed(name, 'malformed');
});

it.each(needed)('names %s where it is missing', async (name) => {
  await expectClosed(name, 'missing');
});
