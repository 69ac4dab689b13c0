import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect, it, onTestFinished } from 'vitest';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
/** What only these say: MongoDB's driver, its types, and the embedded store's query engine. */
const STRANGERS = ['MongoServerSelectionError', '_bsontype', 'the embedded store has no stage'];

/**
 * Gzipped, as the platform counts it; 3 MB is its limit. What is here beyond the present size is for
 * features; each kilobyte is read by every isolate before its first answer. Of the present size 42 kB are the
 * library for the Markdown of legal pages and 28 kB the one for a beacon's signatures, which no isolate evaluates
 * before it checks one.
 */
const SHOP_BYTES_MAX = 544 * 1_024;
/** What only drawn pictures need: the shop reads some parts of pictures, and compresses text in another form. */
const PICTURE_WORDS = ['new CompressionStream("deflate")'];
const PREVIEWS_BYTES_MAX = 50 * 1_024;
const GATEWAY_BYTES_MAX = 290 * 1_024;

/** @returns what `wrangler deploy` would upload. */
async function bundle(config: string, main: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'swiftdrop-bundle-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const wrangler = dirname(createRequire(import.meta.url).resolve('wrangler/package.json'));
  const child = spawn(
    process.execPath,
    [join(wrangler, 'bin/wrangler.js'), 'deploy', '--dry-run', '--outdir', folder].concat(
      '--config',
      join(PROJECT, config),
    ),
    { cwd: PROJECT, stdio: 'ignore', env: { ...process.env, WRANGLER_SEND_METRICS: 'false' } },
  );
  await once(child, 'close');
  return readFile(join(folder, main), 'utf8');
}

it('keeps the shop’s bundle small, and MongoDB’s driver and pictures out of it', async () => {
  const shop = await bundle('wrangler.toml', 'index.js');
  expect(shop).toContain('SaleObject');
  expect([...STRANGERS, ...PICTURE_WORDS].filter((word) => shop.includes(word))).toEqual([]);
  expect(gzipSync(shop).byteLength).toBeLessThan(SHOP_BYTES_MAX);
});

it('has the drawing of pictures in the previews’ bundle, within its budget', async () => {
  const previews = await bundle('previews/wrangler.toml', 'index.js');
  expect(PICTURE_WORDS.filter((word) => previews.includes(word))).toEqual(PICTURE_WORDS);
  expect(gzipSync(previews).byteLength).toBeLessThan(PREVIEWS_BYTES_MAX);
});

it('has the driver in the gateway’s bundle, within its budget, and not the query engine', async () => {
  const gateway = await bundle('data-api/wrangler.toml', 'index.js');
  expect(STRANGERS.map((word) => gateway.includes(word))).toEqual([true, true, false]);
  expect(gzipSync(gateway).byteLength).toBeLessThan(GATEWAY_BYTES_MAX);
});
