/** Access tokens: signed JWTs that say who calls. The algorithm is pinned; nothing is looked up. */
import { errors, jwtVerify, SignJWT } from 'jose';
import * as z from 'zod';
import { roleSchema, type User } from '../contract/accounts.ts';
import { userIdSchema } from '../contract/ids.ts';

const ALGORITHM = 'HS256';
const ISSUER = 'swiftdrop';
/** Half a day: longer than a sale and its holds, short enough to forget a lost phone. */
export const ACCESS_TOKEN_MS = 12 * 60 * 60 * 1_000;

const claimsSchema = z.object({ sub: userIdSchema, role: roleSchema, epoch: z.int().min(0) });

/** Who calls, as their token says. */
export interface Caller {
  userId: z.infer<typeof userIdSchema>;
  role: z.infer<typeof roleSchema>;
  /** The user's `session_epoch` when the token was made; once that was raised, the token is dead. */
  sessionEpoch: number;
}

/** Whom a token is made for. */
export interface Account {
  user: User;
  sessionEpoch: number;
}

export type TokenReading = { ok: true; caller: Caller } | { ok: false; expired: boolean };

export interface Tokens {
  issue(account: Account, nowMs: number): Promise<{ accessToken: string; expiresAtMs: number }>;
  read(token: string, nowMs: number): Promise<TokenReading>;
}

/** @param secret at least 32 characters. */
export function createTokens(secret: string): Tokens {
  // Imported once: jose would import raw bytes anew for every token.
  let imported: Promise<CryptoKey> | undefined;
  const key = () => {
    imported ??= importKey(secret);
    return imported;
  };
  return {
    async issue({ user, sessionEpoch }, nowMs) {
      // A JWT counts whole seconds.
      const expiresAtMs = Math.floor((nowMs + ACCESS_TOKEN_MS) / 1_000) * 1_000;
      const accessToken = await new SignJWT({ role: user.role, epoch: sessionEpoch })
        .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' })
        .setIssuer(ISSUER)
        .setSubject(user.id)
        .setIssuedAt(Math.floor(nowMs / 1_000))
        .setExpirationTime(expiresAtMs / 1_000)
        .sign(await key());
      return { accessToken, expiresAtMs };
    },
    async read(token, nowMs) {
      try {
        const { payload } = await jwtVerify(token, await key(), {
          algorithms: [ALGORITHM],
          issuer: ISSUER,
          requiredClaims: ['exp', 'sub'],
          currentDate: new Date(nowMs),
        });
        const { sub, role, epoch } = claimsSchema.parse(payload);
        return { ok: true, caller: { userId: sub, role, sessionEpoch: epoch } };
      } catch (error) {
        return { ok: false, expired: error instanceof errors.JWTExpired };
      }
    },
  };
}

function importKey(secret: string): Promise<CryptoKey> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const bytes = new TextEncoder().encode(secret);
  return crypto.subtle.importKey('raw', bytes, algorithm, false, ['sign', 'verify']);
}
