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
const account = { user, sessionEpoch: 3 };
const tokens = createTokens(SECRET);

function signed(claims: Record<string, unknown>, secret = SECRET): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .sign(new TextEncoder().encode(secret));
}

describe('an access token', () => {
  it('names its user and role until it expires', async () => {
    const { accessToken, expiresAtMs } = await tokens.issue(account, NOW_MS);
    expect(expiresAtMs).toBe(NOW_MS + ACCESS_TOKEN_MS);
    const caller = { userId: user.id, role: 'customer', sessionEpoch: 3 };
    expect(await tokens.read(accessToken, expiresAtMs - 1_000)).toEqual({ ok: true, caller });
    expect(await tokens.read(accessToken, expiresAtMs)).toEqual({ ok: false, expired: true });
  });

  it('is refused with another secret, without a signature, and with a changed role', async () => {
    const { accessToken } = await tokens.issue(account, NOW_MS);
    const [header, payload = '', signature] = accessToken.split('.');
    const claims = JSON.parse(atob(payload));
    const admin = btoa(JSON.stringify({ ...claims, role: 'admin' }));
    const none = btoa(JSON.stringify({ alg: 'none' }));
    const forged = [
      await createTokens(`${SECRET}!`)
        .issue(account, NOW_MS)
        .then((made) => made.accessToken),
      `${none}.${admin}.`,
      `${header}.${admin}.${signature}`,
      'not-a-token',
    ];
    for (const token of forged) {
      expect(await tokens.read(token, NOW_MS)).toEqual({ ok: false, expired: false });
    }
  });

  it('is refused without an expiry, an issuer, a known role or an epoch', async () => {
    const exp = NOW_MS / 1_000 + 60;
    const whole = { sub: user.id, role: 'customer', epoch: 0, exp, iss: 'swiftdrop' };
    expect((await tokens.read(await signed(whole), NOW_MS)).ok).toBe(true);
    const { exp: _exp, ...endless } = whole;
    const { epoch: _epoch, ...timeless } = whole;
    const broken = [
      endless,
      timeless,
      { ...whole, iss: 'other' },
      { ...whole, role: 'root' },
      { ...whole, epoch: '0' },
    ];
    for (const claims of broken) {
      expect((await tokens.read(await signed(claims), NOW_MS)).ok).toBe(false);
    }
  });
});
