/** What people do with their accounts, in tests in workerd: by HTTP, with a cookie of their own. */
import { expect } from 'vitest';
import type { LoginEntry, LoginList, Session } from '../contract/accounts.ts';
import { isForRequest } from './request-context.ts';
import { call, deps } from './shop.ts';

export const PASSWORD = 'correct horse';

const COOKIE = 'swiftdrop_refresh';
const DEVICE_COOKIE = 'swiftdrop_device';

/** One device that is signed in. */
export interface Device extends Session {
  /** As the browser sends it: name and value. */
  cookie: string;
  /** The same for what it keeps when it is signed out; empty after a refresh. */
  deviceCookie: string;
}

export function newEmail(): string {
  return `${crypto.randomUUID()}@example.com`;
}

export async function signUp(email = newEmail()): Promise<Device> {
  const body = { email, password: PASSWORD, displayName: 'Grace' };
  const response = await call('POST', '/auth/register', { body });
  expect(response.status).toBe(201);
  return deviceOf(response);
}

export function signIn(
  email: string,
  password = PASSWORD,
  headers: Record<string, string> = {},
): Promise<Response> {
  return call('POST', '/auth/login', { body: { email, password }, headers });
}

export function refresh(cookie: string, headers: Record<string, string> = {}): Promise<Response> {
  return call('POST', '/auth/refresh', { headers: { Cookie: cookie, ...headers } });
}

export function changePassword(
  { accessToken }: Device,
  currentPassword: string,
  newPassword: string,
): Promise<Response> {
  const body = { currentPassword, newPassword };
  return call('PUT', '/auth/password', { token: accessToken, body });
}

export function readProfile({ accessToken }: Pick<Session, 'accessToken'>): Promise<Response> {
  return call('GET', '/profile', { token: accessToken });
}

export async function loginsOf({ accessToken }: Pick<Session, 'accessToken'>) {
  const answer = await call('GET', '/profile/logins', { token: accessToken });
  expect(answer.status).toBe(200);
  return (await answer.json<LoginList>()).logins;
}

/** The id of the login that a device acts by. */
export async function currentLoginOf(device: Device): Promise<LoginEntry['id']> {
  const current = (await loginsOf(device)).filter((login) => login.current);
  expect(current).toHaveLength(1);
  return current[0]?.id ?? ('' as LoginEntry['id']);
}

/** The device after an answer that signed it in. */
export async function deviceOf(response: Response): Promise<Device> {
  const cookie = setCookieOf(response).split(';')[0] ?? '';
  const deviceCookie = setCookiesOf(response, DEVICE_COOKIE)[0]?.split(';')[0] ?? '';
  return { ...(await response.json<Session>()), cookie, deviceCookie };
}

export function setCookieOf(response: Response, name = COOKIE): string {
  const found = setCookiesOf(response, name);
  expect(found).toHaveLength(1);
  return found[0] ?? '';
}

function setCookiesOf(response: Response, name: string): string[] {
  return response.headers.getSetCookie().filter((text) => text.startsWith(`${name}=`));
}

/** How the answer is refused; a problem whose code and status are these. */
export async function expectProblem(response: Response, status: number, code: string) {
  expect(await response.json()).toMatchObject({ status, code });
  expect(response.status).toBe(status);
}

/** How often Postgres is asked by the requests of `what`; objects work beside them. */
export async function roundTripsOf(what: () => Promise<unknown>): Promise<number> {
  const real = globalThis.fetch;
  let trips = 0;
  globalThis.fetch = (...args) => {
    if (isForRequest()) trips++;
    return real(...args);
  };
  try {
    await what();
  } finally {
    globalThis.fetch = real;
  }
  return trips;
}

export async function setActive(id: string, active: boolean): Promise<void> {
  await deps.stores.db.$client.query('UPDATE users SET active = $2 WHERE id = $1', [id, active]);
}

export async function countLogins(id: string): Promise<number> {
  const rows = await deps.stores.db.$client.query('SELECT id FROM logins WHERE user_id = $1', [id]);
  return rows.length;
}
