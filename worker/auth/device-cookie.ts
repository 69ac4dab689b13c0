/**
 * The cookie of a device that has signed in before: somebody else's wrong passwords do not hold it up.
 * It is a privilege and no credential, and only for the account it was made for. It is signed, so that
 * a device costs no row (OWASP, "Slow Down Online Guessing Attacks with Device Cookies").
 */
import { Buffer } from 'node:buffer';
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { FillRandom } from '../contract/ids.ts';

const COOKIE = 'swiftdrop_device';
/** Where passwords are given, and nowhere else. */
const PATH = '/api/v1/auth';
/** Signing in prolongs it; browsers keep none longer than 400 days. */
const COOKIE_SECONDS = 365 * 24 * 60 * 60;
/** Accounts of one device; another one takes the place of the one that signed in longest ago. */
export const DEVICE_ACCOUNTS_MAX = 4;
const ID_BYTES = 16;
const MARK = /^([\w-]{22})\.([\w-]{43})$/;
const SEPARATOR = '~';
const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])$/;

export interface Devices {
  /** The device's id for this account; undefined where it has not signed in to it before. */
  idOf(c: Context, email: string): string | undefined;
  /** Remembers in the answer that the device has signed in to this account. */
  remember(c: Context, email: string, fillRandom: FillRandom): void;
}

/** @param secrets what marks were signed with, the one for new ones first. */
export function createDevices(...secrets: [string, ...string[]]): Devices {
  const keys = secrets.map((secret) =>
    createHmac('sha256', secret).update('device cookie').digest(),
  );
  const signed = (id: string, email: string, key: Buffer | undefined = keys[0]) =>
    createHmac('sha256', key ?? '')
      .update(`${id} ${email}`)
      .digest('base64url');
  const idIn = (mark: string, email: string): string | undefined => {
    const [, id, signature] = MARK.exec(mark) ?? [];
    if (id === undefined || signature === undefined) return undefined;
    const isOurs = keys.some((key) =>
      timingSafeEqual(Buffer.from(signature), Buffer.from(signed(id, email, key))),
    );
    return isOurs ? id : undefined;
  };
  const idOf = (c: Context, email: string) =>
    marksOf(c)
      .map((mark) => idIn(mark, email))
      .find((id) => id !== undefined);
  return {
    idOf,
    remember(c, email, fillRandom) {
      const others = marksOf(c).filter((mark) => idIn(mark, email) === undefined);
      const id = idOf(c, email) ?? newId(fillRandom);
      const marks = [`${id}.${signed(id, email)}`, ...others].slice(0, DEVICE_ACCOUNTS_MAX);
      setCookie(c, COOKIE, marks.join(SEPARATOR), attributes(c));
    },
  };
}

function marksOf(c: Context): string[] {
  const marks = (getCookie(c, COOKIE) ?? '').split(SEPARATOR, DEVICE_ACCOUNTS_MAX);
  return marks.filter((mark) => MARK.test(mark));
}

function newId(fillRandom: FillRandom): string {
  return Buffer.from(fillRandom(new Uint8Array(ID_BYTES))).toString('base64url');
}

function attributes(c: Context) {
  const { protocol, hostname } = new URL(c.req.url);
  // Safari keeps no Secure cookie for http://localhost; nothing else is served without TLS.
  const secure = protocol !== 'http:' || !LOOPBACK.test(hostname);
  const maxAge = COOKIE_SECONDS;
  return { path: PATH, httpOnly: true, sameSite: 'Strict', secure, maxAge } as const;
}
