/**
 * Whether a message was sent by whoever has our secret, and not long ago: Standard Webhooks 1.0.0,
 * https://github.com/standard-webhooks/standard-webhooks. Pure.
 */
import { Buffer } from 'node:buffer';
import { createHmac, timingSafeEqual } from 'node:crypto';

/** How far the sender's clock may be away, to both sides; an older message may be a repeat of somebody's. */
export const SIGNED_MS_MAX = 5 * 60_000;
/** Several secrets are in use while they are rotated. */
const SIGNATURES_MAX = 10;
/** The standard's own names, and those that providers used before it. */
const PREFIXES = ['webhook', 'svix'];

export interface SignedMessage {
  header(name: string): string | undefined;
  /** As it was sent. */
  body: string;
}

/** @param secret `whsec_` and the key in base64. */
export function isSigned(
  { header, body }: SignedMessage,
  { secret, nowMs }: { secret: string; nowMs: number },
): boolean {
  const prefix = PREFIXES.find((one) => header(`${one}-signature`) !== undefined);
  const part = (name: string) => (prefix === undefined ? '' : (header(`${prefix}-${name}`) ?? ''));
  const [id, timestamp] = [part('id'), part('timestamp')];
  if (id === '' || !/^\d{1,11}$/.test(timestamp)) return false;
  if (Math.abs(nowMs - Number(timestamp) * 1_000) > SIGNED_MS_MAX) return false;
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const wanted = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest();
  const given = part('signature').split(' ').slice(0, SIGNATURES_MAX);
  return given.some((one) => isEqual(one, wanted));
}

function isEqual(signature: string, wanted: Buffer): boolean {
  const [version, encoded = ''] = signature.split(',');
  const bytes = Buffer.from(encoded, 'base64');
  return version === 'v1' && bytes.length === wanted.length && timingSafeEqual(bytes, wanted);
}
