import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type CachedRead, TooManyReads } from './cached-read.ts';
import { CLIENT_KEY_READS_MAX } from './in-flight-reads.ts';
import { AGE_MS_MAX, createReadCache, FRESH_MS } from './read-cache.ts';

/** A cache and one thing to read, whose reads end when the test ends them. */
function setUp() {
  const clock = { nowMs: 1_000_000 };
  const reads: { succeed(value: string | undefined): Promise<void>; fail(): Promise<void> }[] = [];
  const readCache = createReadCache({ nowMs: () => clock.nowMs, shares: true });
  const get = (
    key = 'a',
    {
      changesAtMs = Number.POSITIVE_INFINITY,
      ...how
    }: Partial<CachedRead<string>> & { changesAtMs?: number } = {},
  ) =>
    readCache.get<string>({
      key,
      ...how,
      keepAlive: () => {},
      read: () =>
        new Promise((resolve, reject) => {
          reads.push({
            succeed: (value) => {
              resolve(value === undefined ? undefined : { value, changesAtMs });
              return settled();
            },
            fail: () => {
              reject(new Error('away'));
              return settled();
            },
          });
        }),
    });
  return { clock, reads, get };
}

// A read that a test leaves without an answer must not fail in a later file of the same process.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});

afterEach(() => {
  vi.useRealTimers();
});

describe('a cached read', () => {
  it('is made once while it is under way, and not at all while it is fresh', async () => {
    const { clock, reads, get } = setUp();
    const given = [get(), get(), get()];
    expect(reads).toHaveLength(1);
    await reads[0]?.succeed('one');
    expect(await Promise.all(given)).toEqual(['one', 'one', 'one']);
    clock.nowMs += FRESH_MS - 1;
    expect(await get()).toBe('one');
    expect(reads).toHaveLength(1);
  });

  it('is used while the next is under way, and is then replaced by it', async () => {
    const { clock, reads, get } = setUp();
    const first = get();
    await reads[0]?.succeed('one');
    await first;
    clock.nowMs += FRESH_MS;
    expect(await get()).toBe('one');
    expect(await get()).toBe('one');
    expect(reads).toHaveLength(2);
    await reads[1]?.succeed('two');
    expect(await get()).toBe('two');
  });

  it('is never used past its age, not even where no newer one succeeds', async () => {
    const { clock, reads, get } = setUp();
    const first = get();
    await reads[0]?.succeed('one');
    await first;
    clock.nowMs += AGE_MS_MAX;
    const late = get();
    void reads[1]?.fail();
    await expect(late).rejects.toThrow('away');
  });

  it('is not shared by those who come a second after it began', async () => {
    const { clock, reads, get } = setUp();
    const early = get();
    clock.nowMs += FRESH_MS;
    const late = get();
    expect(reads).toHaveLength(2);
    await reads[1]?.succeed('younger');
    expect(await late).toBe('younger');
    await reads[0]?.succeed('older');
    expect(await early).toBe('older');
    expect(await get()).toBe('younger');
  });

  it('is repeated where the clock has outdated it meanwhile', async () => {
    const { clock, reads, get } = setUp();
    const given = get('a', { changesAtMs: clock.nowMs + 10 });
    clock.nowMs += 10;
    await reads[0]?.succeed('locked');
    expect(reads).toHaveLength(2);
    await reads[1]?.succeed('live');
    expect(await given).toBe('live');
  });

  it('that found nothing is kept while it is fresh, and no longer', async () => {
    const { clock, reads, get } = setUp();
    const first = get();
    await reads[0]?.succeed(undefined);
    expect(await first).toBeUndefined();
    clock.nowMs += FRESH_MS - 1;
    expect(await get()).toBeUndefined();
    expect(reads).toHaveLength(1);
    clock.nowMs += 1;
    const next = get();
    await reads[1]?.succeed('there now');
    expect(await next).toBe('there now');
    expect(await get()).toBe('there now');
  });

  it('is never used past an age of its own, where that is less', async () => {
    const { clock, reads, get } = setUp();
    const first = get('a', { ageMsMax: FRESH_MS });
    await reads[0]?.succeed('one');
    await first;
    clock.nowMs += FRESH_MS;
    const second = get('a', { ageMsMax: FRESH_MS });
    await reads[1]?.succeed('two');
    expect(await second).toBe('two');
  });

  it('is used as it is for longer, where a read may be older', async () => {
    const { clock, reads, get } = setUp();
    const older = { freshMs: 10 * FRESH_MS, ageMsMax: 20 * FRESH_MS };
    const first = get('a', older);
    await reads[0]?.succeed('one');
    await first;
    clock.nowMs += 10 * FRESH_MS - 1;
    expect(await get('a', older)).toBe('one');
    expect(reads).toHaveLength(1);
    clock.nowMs += 1;
    expect(await get('a', older)).toBe('one');
    expect(reads).toHaveLength(2);
  });

  it('is dropped where the clock was set back, and where there are too many others', async () => {
    const { clock, reads, get } = setUp();
    for (let n = 0; n <= 200; n++) {
      const given = get(`key ${n}`);
      await reads[n]?.succeed('kept');
      await given;
    }
    void get('key 200');
    expect(reads).toHaveLength(201);
    void get('key 0');
    expect(reads).toHaveLength(202);
    clock.nowMs -= 1;
    void get('key 200');
    expect(reads).toHaveLength(203);
  });
});

describe('an uncached read', () => {
  const uncached = { isUncached: true };

  it('begins after the call, once for all calls meanwhile', async () => {
    const { reads, get } = setUp();
    const first = get('a', uncached);
    const others = Array.from({ length: 99 }, () => get('a', uncached));
    expect(reads).toHaveLength(1);
    await reads[0]?.succeed('before');
    expect(await first).toBe('before');
    expect(reads).toHaveLength(2);
    await reads[1]?.succeed('after');
    expect(new Set(await Promise.all(others))).toEqual(new Set(['after']));
    const late = get('a', uncached);
    expect(reads).toHaveLength(3);
    await reads[2]?.succeed('last');
    expect(await late).toBe('last');
  });

  it('begins when the one before it has failed, too', async () => {
    const { reads, get } = setUp();
    const first = get('a', uncached);
    const second = get('a', uncached);
    void reads[0]?.fail();
    await expect(first).rejects.toThrow('away');
    await settled();
    await reads[1]?.succeed('after');
    expect(await second).toBe('after');
  });
});

describe('a read whose key clients may invent', () => {
  const admitted = { isClientKey: true, admit: async () => {} };
  const refusing = { isClientKey: true, admit: () => Promise.reject(new Error('too often')) };

  it('is one of a few at one time, and delays no other', async () => {
    const { reads, get } = setUp();
    const given = Array.from({ length: 100 }, (_, n) => get(`free ${n}`, admitted));
    const outcomes = Promise.allSettled(given);
    await settled();
    expect(reads).toHaveLength(CLIENT_KEY_READS_MAX);
    void get('named');
    expect(reads).toHaveLength(CLIENT_KEY_READS_MAX + 1);
    for (const read of reads) await read.succeed('found');
    const refused = (await outcomes).flatMap((one) =>
      one.status === 'rejected' ? one.reason : [],
    );
    expect(refused).toHaveLength(100 - CLIENT_KEY_READS_MAX);
    expect(refused.every((reason) => reason instanceof TooManyReads)).toBe(true);
    void get('free 100', admitted);
    await settled();
    expect(reads).toHaveLength(CLIENT_KEY_READS_MAX + 2);
  });

  it('displaces no other, nor an older one of its kind that may still be used', async () => {
    const { clock, reads, get } = setUp();
    const put = async (key: string, how: Partial<CachedRead<string>> = {}) => {
      const given = get(key, how);
      await settled();
      await reads.at(-1)?.succeed('kept');
      await given;
    };
    await put('named');
    for (let n = 0; n < 500; n++) await put(`free ${n}`, admitted);
    expect(reads).toHaveLength(501);
    await Promise.all([get('named'), get('free 0', admitted)]);
    expect(reads).toHaveLength(501);
    clock.nowMs += AGE_MS_MAX;
    await put('free later', admitted);
    expect(await get('free later', admitted)).toBe('kept');
    expect(reads).toHaveLength(502);
  });

  it('is refused to a caller with too many, and to no other that waits for it', async () => {
    const { reads, get } = setUp();
    const flood = get('a', refusing);
    const other = get('a', admitted);
    await expect(flood).rejects.toThrow('too often');
    await settled();
    expect(reads).toHaveLength(1);
    await reads[0]?.succeed('found');
    expect(await other).toBe('found');
    expect(await get('a', refusing)).toBe('found');
  });
});

/** Lets what waits for a promise that has just settled go on. */
async function settled(): Promise<void> {
  for (let n = 0; n < 10; n++) await Promise.resolve();
}
