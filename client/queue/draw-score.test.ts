import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { rankMinOf, scoreOf } from './draw-score.ts';

const DRAW = { seed: '00ff'.repeat(16), entryId: 'ent_000000000001_000000000000000001' };

it('is the HMAC of the entry’s id with the seed’s bytes as key', async () => {
  const key = Buffer.from(DRAW.seed, 'hex');
  const expected = createHmac('sha256', key).update(DRAW.entryId).digest('hex');
  expect(await scoreOf(crypto.subtle, DRAW)).toBe(expected);
});

it('is nobody’s to say where the browser works nothing out', async () => {
  expect(await scoreOf(undefined, DRAW)).toBeNull();
  expect(rankMinOf(null, [])).toBe(1);
});

function step(score: string, rank: number) {
  return { score: score.padEnd(64, '0'), rank, entriesBefore: rank - 1, unitsBefore: rank - 1 };
}

it('tells the rank that an entry has at least', () => {
  const steps = [step('04', 1), step('40', 101), step('c0', 201)];
  const min = (score: string) => rankMinOf(score.padEnd(64, '0'), steps);
  expect([min('03'), min('04'), min('3f'), min('40'), min('ff')]).toEqual([1, 1, 1, 101, 201]);
});
