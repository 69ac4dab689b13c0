import { describe, expect, it } from 'vitest';
import { isAllowed, scryptCostSchema } from '../config/scrypt-cost.ts';
import { hashPassword, isOutdated, verifyPassword } from './passwords.ts';

const cheap = { n: 16, r: 1, p: 1 };

describe('a password', () => {
  it('is verified by its own hash and by no other', async () => {
    const stored = await hashPassword('correct horse', cheap);
    expect(await verifyPassword('correct horse', stored, cheap)).toBe(true);
    expect(await verifyPassword('correct horsf', stored, cheap)).toBe(false);
  });

  it('never hashes to the same text twice, and carries its parameters', async () => {
    const [one, two] = await Promise.all([
      hashPassword('same', cheap),
      hashPassword('same', cheap),
    ]);
    expect(one).not.toBe(two);
    expect(one).toMatch(/^scrypt\$16\$1\$1\$[\w-]{22}\$[\w-]{43}$/);
  });

  it('is the same however its letters were composed', async () => {
    const stored = await hashPassword('caf\u00e9 creme', cheap);
    expect(await verifyPassword('cafe\u0301 creme', stored, cheap)).toBe(true);
  });

  it('is refused, not thrown at, when the stored hash is damaged', async () => {
    for (const stored of [
      undefined,
      '',
      'scrypt$16$1$1$$',
      'md5$16$1$1$AA$AA',
      'scrypt$17$1$1$AAAA$AAAA',
    ]) {
      expect(await verifyPassword('any', stored, cheap)).toBe(false);
    }
  });

  it('is refused at the same cost whatever is stored, so that time reveals nothing', async () => {
    const wanted = { n: 16_384, r: 8, p: 2 };
    const cheaper = await hashPassword('correct horse', { n: 4_096, r: 8, p: 1 });
    const now = await hashPassword('correct horse', wanted);
    const costs = { now: await cpuMsOf(now), cheaper: 0, none: 0, damaged: 0 };
    costs.cheaper = await cpuMsOf(cheaper);
    costs.none = await cpuMsOf(undefined);
    costs.damaged = await cpuMsOf('damaged');
    for (const [stored, cpuMs] of Object.entries(costs)) {
      expect(cpuMs, `${stored} of ${JSON.stringify(costs)}`).toBeGreaterThan(costs.now / 2);
      expect(cpuMs, `${stored} of ${JSON.stringify(costs)}`).toBeLessThan(costs.now * 2);
    }

    /** The least of three: what else the process does only adds to it. */
    async function cpuMsOf(stored: string | undefined): Promise<number> {
      const took: number[] = [];
      for (let n = 0; n < 3; n++) {
        const before = process.cpuUsage();
        expect(await verifyPassword('wrong horse', stored, wanted)).toBe(false);
        took.push(process.cpuUsage(before).user / 1_000);
      }
      return Math.min(...took);
    }
  });

  it('is hashed again at the next login once the wanted cost has changed', async () => {
    const stored = await hashPassword('correct horse', cheap);
    expect(isOutdated(stored, cheap)).toBe(false);
    expect(isOutdated(stored, { ...cheap, n: 32 })).toBe(true);
  });
});

describe('the cost of a hash', () => {
  it('is read from N:r:p and kept within what the runtime allows', () => {
    expect(scryptCostSchema.parse('16384:8:5')).toEqual({ n: 16_384, r: 8, p: 5 });
    for (const text of ['16384', '0:8:1', '15:8:1', '1048576:8:1', 'a:b:c']) {
      expect(scryptCostSchema.safeParse(text).success).toBe(false);
    }
    expect(isAllowed({ n: 131_072, r: 8, p: 1 })).toBe(true);
    expect(isAllowed({ n: 131_072, r: 8, p: 2 })).toBe(false);
  });
});
