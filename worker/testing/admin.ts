/** What admins do in tests in workerd: their calls, the audit log that they read, times of their plans. */
import type { AuditList } from '../contract/audit.ts';
import { call, deps, makeShopper, type Shopper } from './shop.ts';

export interface Admin extends Shopper {
  /** Below /api/v1/admin, with a token of this moment, since tests move the clock by hours. */
  call(method: string, path: string, body?: unknown): Promise<Response>;
  /** A call without a body, with headers such as an If-Match. */
  callWith(headers: Record<string, string>, method: string, path: string): Promise<Response>;
  /** What was done to a subject, newest first. */
  auditOf(subject: string): Promise<AuditList['entries']>;
}

export async function makeAdmin(): Promise<Admin> {
  const shopper = await makeShopper('admin');
  const issued = { user: shopper.user, sessionEpoch: 0 };
  const tokenNow = async () => (await deps.accounts.tokens.issue(issued, Date.now())).accessToken;
  const callNow: Admin['call'] = async (method, path, body) =>
    call(method, `/admin${path}`, { token: await tokenNow(), body });
  return {
    ...shopper,
    call: callNow,
    callWith: async (headers, method, path) =>
      call(method, `/admin${path}`, { token: await tokenNow(), headers }),
    async auditOf(subject) {
      const answer = await callNow('GET', `/audit?subject=${subject}`);
      return (await answer.json<AuditList>()).entries;
    },
  };
}

export function inFuture(ms: number): string {
  return new Date(Date.now() + ms).toISOString();
}
