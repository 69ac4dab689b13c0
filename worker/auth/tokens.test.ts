import { createHmac, generateKeyPairSync } from 'node:crypto';
import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import type { User } from '../contract/accounts.ts';
import type { UserId } from '../contract/ids.ts';
import { ACCESS_TOKEN_MS, createTokens, keyIdOf } from './tokens.ts';

const SECRET = 'a-secret-that-is-long-enough-for-hs256';
const OTHER_SECRET = 'a-second-secret-just-as-long-as-the-first';
const NOW_MS = 1_800_000_000_000;
const REFUSED = { ok: false, expired: false };
const user: User = {
  id: 'usr_000000000000000000' as UserId,
  email: 'ada@example.com',
  displayName: 'Ada',
  role: 'customer',
  emailVerified: false,
};
const account = { user, sessionEpoch: 3 };
const header = { alg: 'HS256', typ: 'JWT', kid: keyIdOf(SECRET) };
const claims = {
  sub: user.id,
  role: 'customer',
  epoch: 3,
  exp: NOW_MS / 1_000 + 60,
  iss: 'swiftdrop',
};
const tokens = createTokens(SECRET);

interface Forgery {
  header?: Record<string, unknown>;
  claims?: Record<string, unknown>;
  secret?: string;
}

function signed({ header: changed, claims: wanted = claims, secret = SECRET }: Forgery) {
  return new SignJWT(wanted)
    .setProtectedHeader({ ...header, ...changed })
    .sign(new TextEncoder().encode(secret));
}

function base64url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

describe('an access token', () => {
  it('names its user, role and session epoch for ten minutes', async () => {
    const { accessToken, expiresAtMs } = await tokens.issue(account, NOW_MS);
    expect(ACCESS_TOKEN_MS).toBe(600_000);
    expect(expiresAtMs).toBe(NOW_MS + ACCESS_TOKEN_MS);
    const caller = { userId: user.id, role: 'customer', sessionEpoch: 3 };
    expect(await tokens.read(accessToken, expiresAtMs - 1_000)).toEqual({ ok: true, caller });
    expect(await tokens.read(accessToken, expiresAtMs)).toEqual({ ok: false, expired: true });
  });

  it('is refused when it is forged: other secret, no signature, changed claims', async () => {
    expect((await tokens.read(await signed({}), NOW_MS)).ok).toBe(true);
    const { accessToken } = await tokens.issue(account, NOW_MS);
    const [head = '', , signature = ''] = accessToken.split('.');
    const admin = base64url({ ...claims, role: 'admin' });
    const none = base64url({ ...header, alg: 'none' });
    const forged = [
      await signed({ secret: OTHER_SECRET }),
      `${none}.${admin}.`,
      `${none}.${admin}.${signature}`,
      `${head}.${admin}.${signature}`,
      `${head}.${admin}.`,
      'not-a-token',
    ];
    for (const token of forged) expect(await tokens.read(token, NOW_MS)).toEqual(REFUSED);
  });

  it('is refused under any other algorithm, whoever signed it', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
    const byRsa = await new SignJWT(claims)
      .setProtectedHeader({ ...header, alg: 'RS256' })
      .sign(privateKey);
    const confused = `${base64url({ ...header, alg: 'RS256' })}.${(await signed({})).split('.').slice(1).join('.')}`;
    const wider = await signed({ header: { alg: 'HS512' }, secret: SECRET.repeat(2) });
    for (const token of [byRsa, confused, wider]) {
      expect(await tokens.read(token, NOW_MS)).toEqual(REFUSED);
    }
  });

  it('is refused with a key that is not known, none, or a strange one', async () => {
    for (const kid of [keyIdOf(OTHER_SECRET), '', undefined, '__proto__', '../../dev/null']) {
      const token = await signed({ header: { kid } });
      expect(await tokens.read(token, NOW_MS)).toEqual(REFUSED);
    }
  });

  it('is refused with another type', async () => {
    for (const typ of [undefined, 'refresh+jwt']) {
      expect(await tokens.read(await signed({ header: { typ } }), NOW_MS)).toEqual(REFUSED);
    }
  });

  it('is refused without an expiry, an issuer, a known role, an epoch or a subject', async () => {
    const broken = [
      { exp: undefined },
      { exp: 'tomorrow' },
      { iss: 'other' },
      { role: 'root' },
      { epoch: undefined },
      { epoch: '3' },
      { epoch: -1 },
      { sub: undefined },
      { sub: 'usr_1' },
    ];
    for (const wrong of broken) {
      const token = `${base64url(header)}.${base64url({ ...claims, ...wrong })}`;
      const signature = createHmac('sha256', SECRET).update(token).digest('base64url');
      expect(await tokens.read(`${token}.${signature}`, NOW_MS)).toEqual(REFUSED);
    }
  });
});

describe('a signing secret', () => {
  it('that was replaced is accepted as long as it is named, and signs nothing', async () => {
    const before = await createTokens(OTHER_SECRET).issue(account, NOW_MS);
    const rotated = createTokens(SECRET, OTHER_SECRET);
    expect((await rotated.read(before.accessToken, NOW_MS)).ok).toBe(true);
    const after = await rotated.issue(account, NOW_MS);
    expect((await tokens.read(after.accessToken, NOW_MS)).ok).toBe(true);
    expect(await tokens.read(before.accessToken, NOW_MS)).toEqual(REFUSED);
  });

  it('does not verify what names the other one', async () => {
    const rotated = createTokens(SECRET, OTHER_SECRET);
    const crossed = await signed({ header: { kid: keyIdOf(OTHER_SECRET) } });
    expect(await rotated.read(crossed, NOW_MS)).toEqual(REFUSED);
  });

  it('is named by a short text that is not it', () => {
    expect(keyIdOf(SECRET)).toMatch(/^[\w-]{11}$/);
    expect(SECRET).not.toContain(keyIdOf(SECRET));
  });
});
