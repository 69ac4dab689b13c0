import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import type { User } from '../contract/accounts.ts';
import type { UserId } from '../contract/ids.ts';
import { ACCESS_TOKEN_MS, createTokens } from './tokens.ts';

const SECRET = 'a-secret-that-is-long-enough-for-hs256';
const NOW_MS = 1_800_000_000_000;
const user: User = {
  id: 'usr_000000000000000000' as UserId,
  email: 'ada@example.com',
  displayName: 'Ada',
  role: 'customer',
};
const tokens = createTokens(SECRET);

function signed(claims: Record<string, unknown>, secret = SECRET): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .sign(new TextEncoder().encode(secret));
}

describe('an access token', () => {
  it('names its user and role until it expires', async () => {
    const { accessToken, expiresAtMs } = await tokens.issue(user, NOW_MS);
    expect(expiresAtMs).toBe(NOW_MS + ACCESS_TOKEN_MS);
    const caller = { userId: user.id, role: 'customer' };
    expect(await tokens.read(accessToken, expiresAtMs - 1_000)).toEqual({ ok: true, caller });
    expect(await tokens.read(accessToken, expiresAtMs)).toEqual({ ok: false, expired: true });
  });

  it('is refused with another secret, without a signature, and with a changed role', async () => {
    const { accessToken } = await tokens.issue(user, NOW_MS);
    const [header, , signature] = accessToken.split('.');
    const admin = btoa(JSON.stringify({ sub: user.id, role: 'admin', exp: 2e9, iss: 'swiftdrop' }));
    const none = btoa(JSON.stringify({ alg: 'none' }));
    const forged = [
      await createTokens(`${SECRET}!`)
        .issue(user, NOW_MS)
        .then((made) => made.accessToken),
      `${none}.${admin}.`,
      `${header}.${admin}.${signature}`,
      'not-a-token',
    ];
    for (const token of forged) {
      expect(await tokens.read(token, NOW_MS)).toEqual({ ok: false, expired: false });
    }
  });

  it('is refused without an expiry, an issuer or a known role', async () => {
    const whole = { sub: user.id, role: 'customer', exp: NOW_MS / 1_000 + 60, iss: 'swiftdrop' };
    expect((await tokens.read(await signed(whole), NOW_MS)).ok).toBe(true);
    const { exp: _exp, ...endless } = whole;
    for (const claims of [endless, { ...whole, iss: 'other' }, { ...whole, role: 'root' }]) {
      expect((await tokens.read(await signed(claims), NOW_MS)).ok).toBe(false);
    }
  });
});
