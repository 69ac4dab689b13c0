import { describe, expect, it } from 'vitest';
import { HASHERS } from '../../auth/hash-pool.ts';
import { hashPassword } from '../../auth/passwords.ts';
import { expectProblem, newEmail, PASSWORD, signUp } from '../../testing/accounts.ts';
import { appWith } from '../../testing/apps.ts';
import { deps, shopEnv } from '../../testing/shop.ts';
import { wire } from '../../wiring.ts';

const refuse = async () => ({ ok: false as const, retryAfterMs: 5_000 });
const BUSY = { hash: refuse, verify: refuse };

/** The real objects, with the names written down by which they are got. */
function noting() {
  const names: string[] = [];
  const noted = {
    getByName(name: string) {
      names.push(name);
      return shopEnv.HASHERS.getByName(name);
    },
  } as never;
  return { names, passwords: wire({ ...shopEnv, HASHERS: noted }).accounts.passwords };
}

function post(path: string, fields: object): [string, RequestInit] {
  const headers = { 'Content-Type': 'application/json' };
  return [path, { method: 'POST', headers, body: JSON.stringify(fields) }];
}

describe('passwords', () => {
  it('are hashed and compared by objects of the pool alone, whoever is asked for', async () => {
    const { names, passwords } = noting();
    const ask = appWith({ accounts: { passwords } });
    const email = newEmail();
    const account = { email, password: PASSWORD, displayName: 'Grace' };
    expect((await ask(...post('/auth/register', account))).status).toBe(201);
    expect((await ask(...post('/auth/login', { email, password: PASSWORD }))).status).toBe(200);
    const wrong = Array.from({ length: 2 * HASHERS }, async () => {
      const fields = { email: newEmail(), password: 'wrong horse' };
      expect((await ask(...post('/auth/login', fields))).status).toBe(401);
    });
    await Promise.all(wrong);
    expect(names).toHaveLength(2 + wrong.length);
    for (const name of names) expect(name).toMatch(/^hasher-\d+$/);
    expect(new Set(names).size).toBeLessThanOrEqual(HASHERS);
  });

  it('that nobody has the time to hash are refused as busy', async () => {
    const ask = appWith({ accounts: { passwords: BUSY } });
    const account = { email: newEmail(), password: PASSWORD };
    for (const [path, fields] of [
      ['/auth/register', { ...account, displayName: 'Grace' }],
      ['/auth/login', account],
    ] as const) {
      const refused = await ask(...post(path, fields));
      expect(refused.headers.get('Retry-After')).toBe('5');
      await expectProblem(refused, 503, 'busy');
    }
  });

  it('whose hash is outdated sign in also when nobody has the time to hash them anew', async () => {
    const { user } = await signUp();
    const old = await hashPassword(PASSWORD, { n: 512, r: 1, p: 1 });
    const set = 'UPDATE users SET password_hash = $2 WHERE id = $1';
    await deps.stores.db.$client.query(set, [user.id, old]);
    const passwords = { ...deps.accounts.passwords, hash: refuse };
    const ask = appWith({ accounts: { passwords } });
    const body = { email: user.email, password: PASSWORD };
    expect((await ask(...post('/auth/login', body))).status).toBe(200);
  });

  it('cannot be hashed where the object does not answer, which is a fault', async () => {
    const lost = { getByName: () => ({ run: () => Promise.reject(new Error('reset')) }) };
    const { passwords } = wire({ ...shopEnv, HASHERS: lost as never }).accounts;
    await expect(passwords.hash(PASSWORD)).rejects.toMatchObject({ retryable: true });
    expect((await deps.accounts.passwords.hash(PASSWORD)).ok).toBe(true);
  });
});
