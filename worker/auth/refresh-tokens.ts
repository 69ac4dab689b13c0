/**
 * Refresh tokens: `<handle>.<secret>` in a cookie that only the account routes are sent. Only the
 * secret's hash is kept, and each secret is exchanged for the next one. The handle is the login's row;
 * what others may know of a login is its id, see loginIdOf.
 */
import { Buffer } from 'node:buffer';
import { createHash, createHmac } from 'node:crypto';
import type { Context } from 'hono';
import { generateCookie, getCookie, setCookie } from 'hono/cookie';
import type { FillRandom, LoginId } from '../contract/ids.ts';

/** From a sign-in to the next one; refreshing does not prolong it. */
export const LOGIN_MS = 30 * 24 * 60 * 60 * 1_000;

/**
 * Without a `__Host-` or `__Secure-` prefix: the one would need the path `/` and so travel with
 * every purchase and image, and both are refused on http://localhost by some browsers.
 */
const COOKIE = 'swiftdrop_refresh';
const PATH = '/api/v1/auth';
const HANDLE_BYTES = 16;
const SECRET_BYTES = 32;
const LOGIN_ID_CHARS = 32;
const FORM = /^([\w-]{22})\.([\w-]{43})$/;
const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])$/;

export interface RefreshToken {
  handle: string;
  secret: string;
}

export function makeRefreshToken(fillRandom: FillRandom): RefreshToken {
  return { handle: randomText(HANDLE_BYTES, fillRandom), secret: makeSecret(fillRandom) };
}

export function makeSecret(fillRandom: FillRandom): string {
  return randomText(SECRET_BYTES, fillRandom);
}

/** In hex. A secret has 256 random bits, so a fast hash is enough. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/**
 * The secret after this one, which can be made again while its first answer may have been lost, and is
 * stored nowhere. It is made of the secret before it and the salt, which only the database has: a reader
 * of the database has no secret to start with, and a thief of a secret must call this API for the next
 * one, where a second use is noticed. No key of the Worker is part of it, so that a new JWT_SECRET
 * between the two answers changes nothing.
 */
export function successorOf({ handle, secret }: RefreshToken, salt: string): string {
  return createHmac('sha256', secret).update(`refresh ${handle} ${salt}`).digest('base64url');
}

/** The same as LOGIN_ID of stores/ended-logins.ts. */
export function loginIdOf({ handle }: Pick<RefreshToken, 'handle'>): LoginId {
  return `lgn_${hashOf(handle).slice(0, LOGIN_ID_CHARS)}` as LoginId;
}

/** The request's refresh token; undefined if it has none, or what cannot be one. */
export function refreshTokenOf(c: Context): RefreshToken | undefined {
  const [, handle, secret] = FORM.exec(getCookie(c, COOKIE) ?? '') ?? [];
  return handle === undefined || secret === undefined ? undefined : { handle, secret };
}

/** @param restMs until the login ends, in milliseconds. */
export function setRefreshToken(c: Context, { handle, secret }: RefreshToken, restMs: number) {
  setCookie(c, COOKIE, `${handle}.${secret}`, { ...attributes(c), maxAge: restMs / 1_000 });
}

/** A Set-Cookie header that makes the browser forget its refresh token. */
export function forgettingCookie(c: Context): { 'Set-Cookie': string } {
  return { 'Set-Cookie': generateCookie(COOKIE, '', { ...attributes(c), maxAge: 0 }) };
}

function attributes(c: Context) {
  const { protocol, hostname } = new URL(c.req.url);
  // Safari keeps no Secure cookie for http://localhost; nothing else is served without TLS.
  const secure = protocol !== 'http:' || !LOOPBACK.test(hostname);
  return { path: PATH, httpOnly: true, sameSite: 'Strict', secure } as const;
}

function randomText(bytes: number, fillRandom: FillRandom): string {
  return Buffer.from(fillRandom(new Uint8Array(bytes))).toString('base64url');
}
