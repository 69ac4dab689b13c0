import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EventId } from '../../contract/ids.ts';
import { TooManyReads } from '../cache/cached-read.ts';
import { FRESH_MS } from '../cache/read-cache.ts';
import type { Db } from './client.ts';
import { createKnownEvents } from './known-ids.ts';

const idOf = (n: number) => `evt_${String(n).padStart(12, '0')}` as EventId;
const GENUINE = idOf(999_999);

/** A database that has some events, and answers each look-up when the test lets it. */
function world(existing: EventId[]) {
  const clock = { nowMs: 1_000_000 };
  const statements: { answer(): Promise<void> }[] = [];
  const execute = () =>
    new Promise((resolve) => {
      statements.push({
        answer: async () => {
          resolve({ rows: existing.map((id) => ({ id })) });
          for (let n = 0; n < 20; n++) await Promise.resolve();
        },
      });
    });
  const { has: isKnown, ...known } = createKnownEvents(
    {
      db: { execute } as unknown as Db,
      nowMs: () => clock.nowMs,
      shares: true,
      keepAlive: () => {},
    },
    (id) => id === GENUINE,
  );
  return { clock, statements, isKnown, known };
}

// A read that a test leaves without an answer must not fail in a later file of the same process.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});

afterEach(() => {
  vi.useRealTimers();
});

describe('an event’s id', () => {
  it('whose own mark shows that the shop made it is not looked up', () => {
    const { statements, isKnown } = world([]);
    expect(isKnown(GENUINE)).toBe(true);
    expect(statements).toHaveLength(0);
  });

  it('from before is looked up once', async () => {
    const { clock, statements, isKnown } = world([idOf(1)]);
    const asked = isKnown(idOf(1));
    await statements[0]?.answer();
    expect(await asked).toBe(true);
    clock.nowMs += 3_600_000;
    expect(isKnown(idOf(1))).toBe(true);
    expect(statements).toHaveLength(1);
  });

  it('that another read has found is not looked up', () => {
    const { statements, isKnown, known } = world([]);
    expect(known.isNoted(idOf(1))).toBe(false);
    known.note(idOf(1));
    expect(known.isNoted(idOf(1))).toBe(true);
    expect(isKnown(idOf(1))).toBe(true);
    expect(statements).toHaveLength(0);
  });

  it('that was invented costs two statements, with two hundred others', async () => {
    const { clock, statements, isKnown } = world([idOf(7)]);
    const asked = Array.from({ length: 200 }, (_, n) => isKnown(idOf(n)));
    await statements[0]?.answer();
    await statements[1]?.answer();
    const found = await Promise.all(asked.map((one) => Promise.resolve(one)));
    expect(found.flatMap((is, n) => (is ? n : []))).toEqual([7]);
    expect(statements).toHaveLength(2);
    for (let n = 0; n < 200; n++) expect(isKnown(idOf(n))).toBe(n === 7);
    clock.nowMs += FRESH_MS;
    void isKnown(idOf(1));
    expect(statements).toHaveLength(3);
  });

  it('finds no place behind more than a statement takes', async () => {
    const { isKnown } = world([]);
    const asked = Array.from({ length: 502 }, (_, n) => isKnown(idOf(n)));
    await expect(asked.at(-1)).rejects.toBeInstanceOf(TooManyReads);
  });
});
