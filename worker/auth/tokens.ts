/** Access tokens: signed JWTs that name the caller. The algorithm is fixed; nothing is looked up. */
import { createHmac } from 'node:crypto';
import { errors, type JWTHeaderParameters, jwtVerify, SignJWT } from 'jose';
import * as z from 'zod';
import { roleSchema, type User } from '../contract/accounts.ts';
import { type LoginId, loginIdSchema, userIdSchema } from '../contract/ids.ts';

const ALGORITHM = 'HS256';
const TYPE = 'JWT';
/** No audience besides: only the issuer of these tokens accepts them. */
const ISSUER = 'swiftdrop';
/** Short, since for a purchase only the sale itself can revoke a token. */
export const ACCESS_TOKEN_MS = 10 * 60 * 1_000;
const KEY_ID_CHARS = 11;

const claimsSchema = z.object({
  sub: userIdSchema,
  role: roleSchema,
  epoch: z.int().min(0),
  // Tokens from before there was such a claim are good until they run out.
  login: loginIdSchema.optional(),
});

/** Who calls, by their token. */
export interface Caller {
  userId: z.infer<typeof userIdSchema>;
  role: z.infer<typeof roleSchema>;
  /** The user's `session_epoch` when the token was made; once that is raised, the token is invalid. */
  sessionEpoch: number;
  /** The login that the token was made for; once that has ended, the token is invalid. */
  loginId?: LoginId | undefined;
}

/** Whom a token is made for. */
export interface Account {
  user: User;
  sessionEpoch: number;
  loginId?: LoginId | undefined;
}

export type TokenReading = { ok: true; caller: Caller } | { ok: false; expired: boolean };

export interface Tokens {
  issue(account: Account, nowMs: number): Promise<{ accessToken: string; expiresAtMs: number }>;
  read(token: string, nowMs: number): Promise<TokenReading>;
}

/**
 * @param secret signs and verifies; at least 32 characters.
 * @param previousSecret only verifies, while tokens that it signed are still valid.
 */
export function createTokens(secret: string, previousSecret?: string): Tokens {
  const signing = { alg: ALGORITHM, typ: TYPE, kid: keyIdOf(secret) };
  const keys = new Map([secret, previousSecret ?? secret].map((text) => [keyIdOf(text), text]));
  const imported = new Map<string, Promise<CryptoKey>>();
  // Imported once: jose would import raw bytes anew for every token.
  const keyOf = ({ kid = '' }: Pick<JWTHeaderParameters, 'kid'>): Promise<CryptoKey> => {
    const known = imported.get(kid);
    if (known !== undefined) return known;
    const text = keys.get(kid);
    if (text === undefined) throw new errors.JWSInvalid('unknown kid');
    const key = importKey(text);
    imported.set(kid, key);
    return key;
  };
  return {
    async issue({ user, sessionEpoch, loginId }, nowMs) {
      // A JWT counts whole seconds.
      const expiresAtMs = Math.floor((nowMs + ACCESS_TOKEN_MS) / 1_000) * 1_000;
      const accessToken = await new SignJWT({
        role: user.role,
        epoch: sessionEpoch,
        login: loginId,
      })
        .setProtectedHeader(signing)
        .setIssuer(ISSUER)
        .setSubject(user.id)
        .setIssuedAt(Math.floor(nowMs / 1_000))
        .setExpirationTime(expiresAtMs / 1_000)
        .sign(await keyOf(signing));
      return { accessToken, expiresAtMs };
    },
    async read(token, nowMs) {
      try {
        const { payload } = await jwtVerify(token, keyOf, {
          algorithms: [ALGORITHM],
          typ: TYPE,
          issuer: ISSUER,
          requiredClaims: ['exp', 'sub'],
          currentDate: new Date(nowMs),
        });
        const { sub, role, epoch, login } = claimsSchema.parse(payload);
        return { ok: true, caller: { userId: sub, role, sessionEpoch: epoch, loginId: login } };
      } catch (error) {
        return { ok: false, expired: error instanceof errors.JWTExpired };
      }
    },
  };
}

/** Names a secret in the header of what it signs; reveals nothing about it that a signature does not. */
export function keyIdOf(secret: string): string {
  return createHmac('sha256', secret).update('kid').digest('base64url').slice(0, KEY_ID_CHARS);
}

function importKey(secret: string): Promise<CryptoKey> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const bytes = new TextEncoder().encode(secret);
  return crypto.subtle.importKey('raw', bytes, algorithm, false, ['sign', 'verify']);
}
