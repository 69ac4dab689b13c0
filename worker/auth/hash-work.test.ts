import { expect, it } from 'vitest';
import { SCRYPT_COST_DEFAULT, workOf } from '../config/scrypt-cost.ts';
import { createPasswords, HASH_CALLS_MAX, HASHERS, runInPool } from './hash-pool.ts';
import { createHashQueue, HASHING_BUSY_MS, type HashAnswer, type HashTask } from './hash-work.ts';

const cost = { n: 16, r: 1, p: 1 };
/** In hashes at the default cost: what three of those here cost. */
const THREE = (3 * workOf(cost)) / workOf(SCRYPT_COST_DEFAULT);
const TASK: HashTask = { kind: 'hash', password: 'correct horse', cost };
const BUSY = { ok: false, retryAfterMs: HASHING_BUSY_MS };

it('a queue does its tasks in order, refuses those beyond its bound, and takes others later', async () => {
  const run = createHashQueue({ atOnce: 1, waitingMax: THREE, breathe: async () => {} });
  const ended: number[] = [];
  const answers = await Promise.all(
    Array.from({ length: 6 }, async (_, n) => {
      const answer = await run(TASK);
      ended.push(n);
      return answer;
    }),
  );
  expect(answers.map(({ ok }) => ok)).toEqual([true, true, true, true, false, false]);
  expect(answers[5]).toEqual(BUSY);
  expect(ended).toEqual([4, 5, 0, 1, 2, 3]);
  expect((await run(TASK)).ok).toBe(true);
});

it('a task that fails leaves its place to the next one', async () => {
  const run = createHashQueue({ atOnce: 1, waitingMax: THREE, breathe: async () => {} });
  const failing = run({ ...TASK, cost: { n: 3, r: 1, p: 1 } });
  const next = run(TASK);
  await expect(failing).rejects.toThrow('Invalid scrypt params');
  expect((await next).ok).toBe(true);
});

it('the pool is of fixed size, shares what comes at once evenly, and knows nobody by name', async () => {
  const asked: string[] = [];
  const pool = runInPool(
    async (name) => {
      asked.push(name);
      await Promise.resolve();
      return { ok: true, value: 'hash' };
    },
    () => 250,
  );
  for (let n = 0; n < 3; n++) await pool(TASK);
  expect(asked.splice(0)).toEqual(Array(3).fill(`hasher-${250 % HASHERS}`));
  const tasks = Array.from({ length: 3 * HASHERS }, (_, n) => ({ ...TASK, password: `word ${n}` }));
  await Promise.all(tasks.map(pool));
  const counts = Map.groupBy(asked, (name) => name);
  expect([...counts.values()].map(({ length }) => length)).toEqual(Array(HASHERS).fill(3));
  for (const name of counts.keys()) expect(name).toMatch(/^hasher-\d+$/);
});

it('a full object is passed over once, and a full pool answers busy', async () => {
  let left = 1;
  const pool = runInPool(
    async () => (left-- > 0 ? { ok: false, retryAfterMs: 1 } : { ok: true, value: true }),
    () => 0,
  );
  expect(await pool(TASK)).toEqual({ ok: true, value: true });
  left = 2;
  expect(await pool(TASK)).toEqual({ ok: false, retryAfterMs: 1 });
});

it('an isolate sends no more calls than its bound, and a call that fails is a fault', async () => {
  const { promise, resolve } = Promise.withResolvers<HashAnswer>();
  let sent = 0;
  const passwords = createPasswords(() => {
    sent += 1;
    return promise;
  }, cost);
  const asked = Array.from({ length: HASH_CALLS_MAX }, () => passwords.hash('correct horse'));
  expect(await passwords.verify('correct horse', undefined)).toEqual(BUSY);
  expect(sent).toBe(HASH_CALLS_MAX);
  resolve({ ok: true, value: 'hash' });
  await Promise.all(asked);
  expect(await passwords.hash('correct horse')).toEqual({ ok: true, value: 'hash' });

  const away = createPasswords(() => Promise.reject(new Error('gone')), cost);
  await expect(away.hash('correct horse')).rejects.toMatchObject({ retryable: true });
});
