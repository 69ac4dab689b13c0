import { spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { usageOf } from '../speed/process-usage.ts';
import { withShareOf } from './slow-process.ts';

const RUN_MS = 2_000;

it('lets a process run for a share of the time, and goes on afterwards', async () => {
  const busy = spawn(process.execPath, ['-e', 'for (;;) ;'], { stdio: 'ignore' });
  const { pid } = busy;
  if (pid === undefined) throw new Error('it did not start');
  const spentIn = async (share: number) => {
    const before = usageOf([pid]).cpuSeconds;
    await withShareOf(
      share,
      () => [pid],
      () => pause(RUN_MS),
    );
    return usageOf([pid]).cpuSeconds - before;
  };
  try {
    const slowed = await spentIn(0.25);
    expect(slowed).toBeGreaterThan(0);
    // A busy machine gives it less, and never more.
    expect(slowed).toBeLessThan((RUN_MS / 1_000) * 0.45);
    expect(await spentIn(1)).toBeGreaterThan(slowed);
  } finally {
    busy.kill('SIGKILL');
  }
});

it('lets go of what it stopped where the use of it fails', async () => {
  const busy = spawn(process.execPath, ['-e', 'for (;;) ;'], { stdio: 'ignore' });
  const { pid = 0 } = busy;
  try {
    const failing = withShareOf(
      0.25,
      () => [pid],
      () => Promise.reject(new Error('failed')),
    );
    await expect(failing).rejects.toThrow('failed');
    const before = usageOf([pid]).cpuSeconds;
    await pause(RUN_MS);
    expect(usageOf([pid]).cpuSeconds).toBeGreaterThan(before);
  } finally {
    busy.kill('SIGKILL');
  }
});
