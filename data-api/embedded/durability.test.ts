import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toCanonical } from '../protocol/ejson.ts';
import type { Outcome } from '../store.ts';
import { openEmbeddedStore } from './embedded-store.ts';

const WRITER = fileURLToPath(new URL('../testing/writer.ts', import.meta.url));
const KILLS = 6;
const WRITES_BEFORE_KILL_MIN = 3;

let folder = '';
let file = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'data-api-'));
  file = join(folder, 'documents.sqlite');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** Lets a process write and kills it in the middle. @returns the last write it spoke of. */
async function writeUntilKilled(round: number): Promise<number> {
  const child = spawn(process.execPath, [WRITER, file, String(round)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  let last = -1;
  for await (const line of createInterface(child.stdout)) {
    last = Number(line);
    if (last >= WRITES_BEFORE_KILL_MIN + round) child.kill('SIGKILL');
  }
  await ended;
  return last;
}

/** With a store that is opened for it and closed again. */
async function runOnce(operation: object): Promise<Outcome> {
  const store = openEmbeddedStore(file);
  const outcome = await store.run({ collection: 'reviews', ...operation } as never);
  store.close();
  return outcome;
}

async function idsIn(path: string): Promise<string[]> {
  const store = openEmbeddedStore(path);
  try {
    const find = { action: 'find', collection: 'reviews', filter: {}, limit: 10_000, skip: 0 };
    const outcome = await store.run({ ...find, projection: { _id: 1 } } as never);
    if ('refusal' in outcome) throw new Error(outcome.refusal.message);
    return (outcome.answer['documents'] as { _id: string }[]).map(({ _id }) => _id);
  } finally {
    store.close();
  }
}

async function modeOf(path: string): Promise<number> {
  return (await stat(path)).mode & 0o777;
}

describe('the embedded store on disk', () => {
  it('killed in the middle of writes keeps all of each that it spoke of, and no half of one', async () => {
    for (let round = 0; round < KILLS; round++) {
      const last = await writeUntilKilled(round);
      const ids = new Set(await idsIn(file));
      for (let n = 0; n <= last; n++) expect(ids).toContain(`${round}:${n}:a`);
      for (const id of ids) expect(ids).toContain(id.replace(/.$/, id.endsWith('a') ? 'b' : 'a'));
    }
  });

  it('keeps order, types and replaced documents over a restart', async () => {
    await runOnce({ action: 'insertMany', documents: [{ _id: 2, at: new Date(5) }, { _id: 1 }] });
    const update = { $set: { n: 1.5 } };
    await runOnce({ action: 'updateOne', filter: { _id: 2 }, update, upsert: false });
    const documents = [{ _id: 2, at: new Date(5), n: 1.5 }, { _id: 1 }];
    const outcome = await runOnce({ action: 'find', filter: {}, limit: 9, skip: 0 });
    expect(toCanonical(outcome)).toBe(toCanonical({ answer: { documents } }));
  });

  it('does not grow with what was overwritten', async () => {
    const store = openEmbeddedStore(file);
    for (let n = 0; n < 300; n++) {
      const replacement = { text: String(n).padEnd(50_000, 'x') };
      const filter = { _id: 'a' };
      const action = 'replaceOne';
      await store.run({ action, collection: 'reviews', filter, replacement, upsert: true });
    }
    const sizes = await Promise.all(
      [file, `${file}-wal`].map(async (path) => (await stat(path)).size),
    );
    store.close();
    // 15 MB were written.
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(6_000_000);
  });

  it('is its owner’s alone, with what stands beside it, also where it was not', async () => {
    const nested = join(folder, 'made for it', 'documents.sqlite');
    for (const path of [file, nested]) {
      const store = openEmbeddedStore(path);
      await store.run({ action: 'insertOne', collection: 'reviews', document: {} });
      const modes = await Promise.all([path, `${path}-wal`].map(modeOf));
      store.close();
      expect(modes).toEqual([0o600, 0o600]);
    }
    expect(await modeOf(join(folder, 'made for it'))).toBe(0o700);
    await chmod(file, 0o644);
    await writeFile(`${file}-wal`, '', { mode: 0o644 });
    openEmbeddedStore(file).close();
    expect(await modeOf(file)).toBe(0o600);
  });

  it('refuses a file that is none of its own', async () => {
    await writeFile(file, 'not a database'.repeat(100));
    expect(() => openEmbeddedStore(file)).toThrow('not a database');
  });
});
