import { describe, expect, it } from 'vitest';
import { AGE_MS_MAX, createRecentReads, FRESH_MS } from './recent-reads.ts';

/** A world with one thing to read, whose reads land when the test says so. */
function world() {
  const clock = { nowMs: 1_000_000 };
  const flights: { land(value: string | undefined): Promise<void>; fail(): Promise<void> }[] = [];
  const recent = createRecentReads({ nowMs: () => clock.nowMs, shares: true });
  const ask = (key = 'a', changesAtMs = Number.POSITIVE_INFINITY) =>
    recent.ask<string>({
      key,
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
    const asked = ask('a', clock.nowMs + 10);
    clock.nowMs += 10;
    await flights[0]?.land('locked');
    expect(flights).toHaveLength(2);
    await flights[1]?.land('live');
    expect(await asked).toBe('live');
  });

  it('of nothing is not kept', async () => {
    const { flights, ask } = world();
    const first = ask();
    await flights[0]?.land(undefined);
    expect(await first).toBeUndefined();
    void ask();
    expect(flights).toHaveLength(2);
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

/** Lets what waits for a promise that has just settled go on. */
async function settled(): Promise<void> {
  for (let n = 0; n < 10; n++) await Promise.resolve();
}
