/** Proves that processes are kept on cores, and let go. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startChildProgram } from '../speed/child-program.ts';
import { allowedCpus, canPin, cpusOf, pin } from './pinned-processes.ts';

test('a list of cores is read as Linux writes it', () => {
  expect(cpusOf('0-2,5')).toEqual([0, 1, 2, 5]);
  expect(cpusOf('3')).toEqual([3]);
  expect(cpusOf('')).toEqual([]);
  expect(cpusOf('all')).toEqual([]);
});

test.skipIf(!canPin())('a process is kept on one core, and let go again', async () => {
  const program = 'console.log("ready"); setInterval(() => {}, 1_000)';
  const child = await startChildProgram([process.execPath, '-e', program]);
  const { pid } = child;
  if (pid === undefined) throw new Error('no pid was given');
  const kept = () => /Cpus_allowed_list:\s*(\S+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  try {
    const release = pin({ first: [], second: [pid] });
    expect(cpusOf(kept()?.[1] ?? '')).toEqual([allowedCpus()[1]]);
    release();
    expect(cpusOf(kept()?.[1] ?? '')).toEqual(allowedCpus());
  } finally {
    await child.stop();
  }
});
