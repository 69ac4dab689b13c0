import { describe, expect, it } from 'vitest';
import { type Asking, TooManyReads } from './asking.ts';
import { FREE_AT_ONCE_MAX } from './flights.ts';
import { AGE_MS_MAX, createRecentReads, FRESH_MS } from './read-cache.ts';

/** A world with one thing to read, whose reads land when the test says so. */
function world() {
  const clock = { nowMs: 1_000_000 };
  const flights: { land(value: string | undefined): Promise<void>; fail(): Promise<void> }[] = [];
  const recent = createRecentReads({ nowMs: () => clock.nowMs, shares: true });
  const ask = (
    key = 'a',
    {
      changesAtMs = Number.POSITIVE_INFINITY,
      ...how
    }: Partial<Asking<string>> & { changesAtMs?: number } = {},
  ) =>
    recent.ask<string>({
      key,
      ...how,
      keepAlive: () => {},
      read: () =>
        new Promise((resolve, reject) => {
          flights.push({
            land: (value) => {
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
  return { clock, flights, ask };
}

describe('a read that many ask for', () => {
  it('is made once while it is under way, and not at all while it is fresh', async () => {
    const { clock, flights, ask } = world();
    const asked = [ask(), ask(), ask()];
    expect(flights).toHaveLength(1);
    await flights[0]?.land('one');
    expect(await Promise.all(asked)).toEqual(['one', 'one', 'one']);
    clock.nowMs += FRESH_MS - 1;
    expect(await ask()).toBe('one');
    expect(flights).toHaveLength(1);
  });

  it('is given while the next is under way, and is then replaced by it', async () => {
    const { clock, flights, ask } = world();
    const first = ask();
    await flights[0]?.land('one');
    await first;
    clock.nowMs += FRESH_MS;
    expect(await ask()).toBe('one');
    expect(await ask()).toBe('one');
    expect(flights).toHaveLength(2);
    await flights[1]?.land('two');
    expect(await ask()).toBe('two');
  });

  it('is never given past its age, not even where nothing newer can be had', async () => {
    const { clock, flights, ask } = world();
    const first = ask();
    await flights[0]?.land('one');
    await first;
    clock.nowMs += AGE_MS_MAX;
    const late = ask();
    void flights[1]?.fail();
    await expect(late).rejects.toThrow('away');
  });

  it('is not shared by those who come a second after it began', async () => {
    const { clock, flights, ask } = world();
    const early = ask();
    clock.nowMs += FRESH_MS;
    const late = ask();
    expect(flights).toHaveLength(2);
    await flights[1]?.land('younger');
    expect(await late).toBe('younger');
    await flights[0]?.land('older');
    expect(await early).toBe('older');
    expect(await ask()).toBe('younger');
  });

  it('that the clock overtook on its way is made again', async () => {
    const { clock, flights, ask } = world();
    const asked = ask('a', { changesAtMs: clock.nowMs + 10 });
    clock.nowMs += 10;
    await flights[0]?.land('locked');
    expect(flights).toHaveLength(2);
    await flights[1]?.land('live');
    expect(await asked).toBe('live');
  });

  it('of nothing is kept while it is fresh, and no longer', async () => {
    const { clock, flights, ask } = world();
    const first = ask();
    await flights[0]?.land(undefined);
    expect(await first).toBeUndefined();
    clock.nowMs += FRESH_MS - 1;
    expect(await ask()).toBeUndefined();
    expect(flights).toHaveLength(1);
    clock.nowMs += 1;
    const next = ask();
    await flights[1]?.land('there now');
    expect(await next).toBe('there now');
    expect(await ask()).toBe('there now');
  });

  it('is never given older than it may be, where that is less', async () => {
    const { clock, flights, ask } = world();
    const first = ask('a', { ageMsMax: FRESH_MS });
    await flights[0]?.land('one');
    await first;
    clock.nowMs += FRESH_MS;
    const second = ask('a', { ageMsMax: FRESH_MS });
    await flights[1]?.land('two');
    expect(await second).toBe('two');
  });

  it('is forgotten where the clock was set back, and where too many others were asked for', async () => {
    const { clock, flights, ask } = world();
    for (let n = 0; n <= 200; n++) {
      const asked = ask(`key ${n}`);
      await flights[n]?.land('kept');
      await asked;
    }
    void ask('key 200');
    expect(flights).toHaveLength(201);
    void ask('key 0');
    expect(flights).toHaveLength(202);
    clock.nowMs -= 1;
    void ask('key 200');
    expect(flights).toHaveLength(203);
  });
});

describe('a read that must be made anew', () => {
  const anew = { isAnew: true };

  it('begins after it was asked for, once for all who ask meanwhile', async () => {
    const { flights, ask } = world();
    const first = ask('a', anew);
    const others = Array.from({ length: 99 }, () => ask('a', anew));
    expect(flights).toHaveLength(1);
    await flights[0]?.land('before');
    expect(await first).toBe('before');
    expect(flights).toHaveLength(2);
    await flights[1]?.land('after');
    expect(new Set(await Promise.all(others))).toEqual(new Set(['after']));
    const late = ask('a', anew);
    expect(flights).toHaveLength(3);
    await flights[2]?.land('last');
    expect(await late).toBe('last');
  });

  it('begins when the one before it has failed, too', async () => {
    const { flights, ask } = world();
    const first = ask('a', anew);
    const second = ask('a', anew);
    void flights[0]?.fail();
    await expect(first).rejects.toThrow('away');
    await settled();
    await flights[1]?.land('after');
    expect(await second).toBe('after');
  });
});

describe('a read whose key is free', () => {
  const admitted = { isFree: true, admit: async () => {} };
  const refusing = { isFree: true, admit: () => Promise.reject(new Error('too often')) };

  it('is one of a few at one time; those of other keys go on', async () => {
    const { flights, ask } = world();
    const asked = Array.from({ length: 100 }, (_, n) => ask(`free ${n}`, admitted));
    const outcomes = Promise.allSettled(asked);
    await settled();
    expect(flights).toHaveLength(FREE_AT_ONCE_MAX);
    void ask('named');
    expect(flights).toHaveLength(FREE_AT_ONCE_MAX + 1);
    for (const flight of flights) await flight.land('found');
    const refused = (await outcomes).flatMap((one) =>
      one.status === 'rejected' ? one.reason : [],
    );
    expect(refused).toHaveLength(100 - FREE_AT_ONCE_MAX);
    expect(refused.every((reason) => reason instanceof TooManyReads)).toBe(true);
    void ask('free 100', admitted);
    await settled();
    expect(flights).toHaveLength(FREE_AT_ONCE_MAX + 2);
  });

  it('takes no place from a named one, nor from an older one that is still good', async () => {
    const { clock, flights, ask } = world();
    const put = async (key: string, how: Partial<Asking<string>> = {}) => {
      const asked = ask(key, how);
      await settled();
      await flights.at(-1)?.land('kept');
      await asked;
    };
    await put('named');
    for (let n = 0; n < 500; n++) await put(`free ${n}`, admitted);
    expect(flights).toHaveLength(501);
    await Promise.all([ask('named'), ask('free 0', admitted)]);
    expect(flights).toHaveLength(501);
    clock.nowMs += AGE_MS_MAX;
    await put('free later', admitted);
    expect(await ask('free later', admitted)).toBe('kept');
    expect(flights).toHaveLength(502);
  });

  it('is refused to whoever asks too often, and to nobody who waits with them', async () => {
    const { flights, ask } = world();
    const flood = ask('a', refusing);
    const other = ask('a', admitted);
    await expect(flood).rejects.toThrow('too often');
    await settled();
    expect(flights).toHaveLength(1);
    await flights[0]?.land('found');
    expect(await other).toBe('found');
    expect(await ask('a', refusing)).toBe('found');
  });
});

/** Lets what waits for a promise that has just settled go on. */
async function settled(): Promise<void> {
  for (let n = 0; n < 10; n++) await Promise.resolve();
}
