/** Which passwords may be chosen, over HTTP; the rules themselves have tests of their own. */
import { describe, expect, it } from 'vitest';
import { hashPassword } from '../../auth/passwords.ts';
import type { PasswordFault } from '../../contract/password-rules.ts';
import type { Problem } from '../../contract/problems.ts';
import { changePassword, newEmail, PASSWORD, signIn, signUp } from '../../testing/accounts.ts';
import { call, deps } from '../../testing/shop.ts';

const WEAK: [string, PasswordFault][] = [
  ['Password1', 'too_common'],
  ['12345678', 'too_common'],
  ['abcdefgh', 'too_simple'],
  ['SwiftDrop1', 'too_personal'],
  ['        ', 'too_short'],
  ['\u200b'.repeat(8), 'too_short'],
];

async function expectRefused(response: Response, path: string, reason: PasswordFault) {
  expect(response.status).toBe(400);
  const { code, errors } = await response.json<Problem>();
  expect({ code, errors }).toEqual({
    code: 'malformed',
    errors: [{ path, message: expect.any(String), reason }],
  });
}

describe('a weak password', () => {
  it.each(WEAK)('like %j is refused at a registration and at a change', async (weak, reason) => {
    const body = { email: newEmail(), password: weak, displayName: 'Grace' };
    await expectRefused(await call('POST', '/auth/register', { body }), 'password', reason);
    const device = await signUp();
    await expectRefused(await changePassword(device, PASSWORD, weak), 'newPassword', reason);
    expect((await signIn(device.user.email)).status).toBe(200);
  });

  it('is one that is made of the account’s own name or address', async () => {
    const email = `lovelace-${crypto.randomUUID().slice(0, 8)}@analytical.example`;
    const account = { email, displayName: 'Ada Lovelace' };
    for (const weak of ['AdaLovelace1', 'analytical', email, 'Lovelace.1815']) {
      const body = { ...account, password: weak };
      const refused = await call('POST', '/auth/register', { body });
      await expectRefused(refused, 'password', 'too_personal');
    }
    // Whoever is called Grace in the tests has given that name at the registration.
    const change = await changePassword(await signUp(), PASSWORD, 'grace 1906 grace');
    await expectRefused(change, 'newPassword', 'too_personal');
  });

  it('is the old one once more, however it is composed', async () => {
    const device = await signUp();
    const same = await changePassword(device, PASSWORD, PASSWORD);
    await expectRefused(same, 'newPassword', 'unchanged');
    const wide = await changePassword(device, PASSWORD, '\uff43orrect horse');
    await expectRefused(wide, 'newPassword', 'unchanged');
  });

  it('still signs in whoever has it already', async () => {
    const { user } = await signUp();
    const hash = await hashPassword('password', deps.accounts.scryptCost);
    await deps.stores.db.$client.query('UPDATE users SET password_hash = $2 WHERE id = $1', [
      user.id,
      hash,
    ]);
    expect((await signIn(user.email, 'password')).status).toBe(200);
  });
});
