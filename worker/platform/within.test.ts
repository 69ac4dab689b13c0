import { describe, expect, it } from 'vitest';
import { within } from './within.ts';

const MINUTE_MS = 60_000;
const never = new Promise<string>(() => {});

describe('work that is waited for', () => {
  it('gives what it ends with, or throws', async () => {
    expect(await within(MINUTE_MS, Promise.resolve('done'))).toBe('done');
    await expect(within(MINUTE_MS, Promise.reject(new Error('a bug')))).rejects.toThrow('a bug');
  });

  it('gives nothing where it takes longer', async () => {
    expect(await within(1, never)).toBeUndefined();
  });

  it('that throws too late is nobody’s rejection', async () => {
    const { promise, reject } = Promise.withResolvers<string>();
    const rejections: unknown[] = [];
    const note = (reason: unknown) => rejections.push(reason);
    process.on('unhandledRejection', note);
    expect(await within(1, promise)).toBeUndefined();
    reject(new Error('too late'));
    await new Promise((done) => setImmediate(done));
    process.off('unhandledRejection', note);
    expect(rejections).toEqual([]);
  });
});
