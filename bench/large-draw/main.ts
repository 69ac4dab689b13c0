/**
 * `npm run draw:measure [-- ENTRIES]`: makes the public data of a draw with 100,000 entries, and shows its size
 * and how long both checkers take: docs/verify_draw.py by `PYTHON` (python3), and the page's checker in Node.
 */
import { spawnSync } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { checkDraw } from '../../client/draw/check/check-draw.ts';
import { linesOf as readLines } from '../../client/draw/check/lines.ts';
import { UserError } from '../../local/user-error.ts';
import { drandDraw, recordsOf } from '../../worker/draw/testing/honest-draws.ts';
import { linesOf, publishDraw, withReceipts } from '../../worker/draw/testing/publish-draw.ts';

const ENTRIES_DEFAULT = 100_000;
const PROGRAM = fileURLToPath(new URL('../../docs/verify_draw.py', import.meta.url));
const ALL_HOLDS = 0;
const SIGNATURE_UNCHECKED = 3;
const RUNS = 3;

interface Files {
  folder: string;
  draw: string;
  entries: string;
  keys: string;
}

export async function main([given]: string[]): Promise<void> {
  const many = given === undefined ? ENTRIES_DEFAULT : Number(given);
  if (!Number.isSafeInteger(many) || many < 1) throw new UserError(`${given} is no count`);
  const folder = await mkdtemp(join(tmpdir(), 'swiftdrop-draw-'));
  try {
    const files = await writeDraw(folder, many);
    const python = process.env['PYTHON'] ?? 'python3';
    for (let run = 0; run < RUNS; run++) {
      checkByProgram(python, [], files);
      checkByProgram(python, ['-S'], files);
      await checkByPage(files);
    }
    show('load', `${loadavg()[0]?.toFixed(1)}, while it ended`);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function writeDraw(folder: string, many: number): Promise<Files> {
  const plan = drandDraw();
  const published = publishDraw({ ...plan, records: recordsOf(plan.start, many) });
  const list = `${linesOf(published).join('\n')}\n`;
  const [receipt = ''] = withReceipts({
    ...published,
    records: published.records.slice(0, 1),
  }).receipts;
  const draw = JSON.stringify({ draw: published.draw });
  const files = {
    folder,
    draw: join(folder, 'draw.json'),
    entries: join(folder, 'entries.ndjson'),
    keys: join(folder, 'jwks.json'),
  };
  await writeFile(files.draw, draw);
  await writeFile(files.entries, list);
  await writeFile(files.keys, JSON.stringify(published.keys));
  show('records', `${published.draw.records} of ${published.draw.entries} entries`);
  show('the list', sizes(list));
  show('the draw', sizes(draw));
  show('a receipt', `${receipt.length} bytes`);
  return files;
}

function sizes(text: string): string {
  return `${Buffer.byteLength(text)} bytes, ${gzipSync(text).length} with gzip`;
}

/** @param flags `-S` leaves out packages that were installed, and with them the signature of the beacon. */
function checkByProgram(python: string, flags: readonly string[], files: Files): void {
  const { draw, entries, keys } = files;
  const saved = ['--draw', draw, '--entries', entries, '--keys', keys];
  const timed = ['-c', 'TIMEFORMAT="%R %U %S"; time "$@"', 'bash', python, ...flags];
  const ended = spawnSync('bash', [...timed, PROGRAM, ...saved], { encoding: 'utf8' });
  if (ended.status !== ALL_HOLDS && ended.status !== SIGNATURE_UNCHECKED) {
    throw new UserError(`${python} ended with ${ended.status}: ${ended.stdout}${ended.stderr}`);
  }
  const [wall, user, system] = ended.stderr.trim().split(/\s+/).map(Number);
  const name = ended.status === ALL_HOLDS ? 'Python' : 'without BLS';
  showTimes(name, wall ?? 0, (user ?? 0) + (system ?? 0));
}

async function checkByPage(files: Files): Promise<void> {
  const { draw } = JSON.parse(await readFile(files.draw, 'utf8'));
  const jwks = JSON.parse(await readFile(files.keys, 'utf8'));
  const begun = performance.now();
  const before = process.cpuUsage();
  const body = Readable.toWeb(createReadStream(files.entries));
  const lines = readLines(body as ReadableStream<Uint8Array<ArrayBuffer>>);
  const { eventId } = draw.start;
  const { findings } = await checkDraw({ eventId, draw, lines, jwks, subtle: crypto.subtle });
  if (findings.length > 0) throw new Error(`the page refused it: ${JSON.stringify(findings)}`);
  const { user, system } = process.cpuUsage(before);
  showTimes('page, in Node', (performance.now() - begun) / 1_000, (user + system) / 1_000_000);
}

function showTimes(name: string, seconds: number, cpuSeconds: number): void {
  show(name, `${seconds.toFixed(2)} s, ${cpuSeconds.toFixed(2)} s of a core`);
}

function show(name: string, text: string): void {
  console.log(`${name.padEnd(14)}${text}`);
}
