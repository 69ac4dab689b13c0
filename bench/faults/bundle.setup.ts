/** Vitest's global set-up of the drills: builds the measured Worker once for all of them. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildBundle } from '../speed/bundle.ts';

export default async function setUp(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'swiftdrop-drills-'));
  await buildBundle(folder);
  process.env['BENCH_BUNDLE'] = folder;
  return () => rm(folder, { recursive: true, force: true });
}
