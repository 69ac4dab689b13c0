/** Access tokens for very many shoppers, the same as the Worker issues, a few microseconds each. */
import { createHmac } from 'node:crypto';
import { keyIdOf } from '../../worker/auth/tokens.ts';
import { shopperId } from './shopper-ids.ts';

const ISSUER = 'swiftdrop';
const LIFE_SECONDS = 3_600;

/** @param nowMs milliseconds since the epoch. @returns tokens by the shoppers' numbers. */
export function signTokens(count: number, secret: string, nowMs: number): string[] {
  const iat = Math.floor(nowMs / 1_000);
  const header = base64url({ alg: 'HS256', typ: 'JWT', kid: keyIdOf(secret) });
  return Array.from({ length: count }, (_, number) => {
    const claims = { role: 'customer', epoch: 0, iss: ISSUER, sub: shopperId(number), iat };
    const signed = `${header}.${base64url({ ...claims, exp: iat + LIFE_SECONDS })}`;
    return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
  });
}

function base64url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
