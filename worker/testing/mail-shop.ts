/** A shop that sends mail, in tests in workerd: what it writes into the outbox, and the links of its mails. */
import { vi } from 'vitest';
import type { AccountTokenPurpose } from '../auth/account-tokens.ts';
import type { UserId } from '../contract/ids.ts';
import type { OutboxKind } from '../contract/outbox.ts';
import { issueAccountToken } from '../stores/postgres/account-tokens.ts';
import { type Device, deviceOf, newEmail, PASSWORD } from './accounts.ts';
import { expectDescribed } from './answers.ts';
import { callsTo, depsWith } from './apps.ts';
import { type CallOptions, deps, shopEnv } from './shop.ts';

export interface OutboxRow {
  kind: OutboxKind;
  key: string;
  payload: Record<string, unknown> | null;
  userId: UserId | null;
  outcome: string | null;
}

const YEAR_MS = 365 * 24 * 60 * 60_000;

const PURPOSES: Partial<Record<OutboxKind, AccountTokenPurpose>> = {
  'mail.verify_email': 'verify_email',
  'mail.change_email': 'change_email',
  'mail.reset_password': 'reset_password',
};

/** @returns a call as that of shop.ts, and how often the outbox was woken by such calls. */
export function openMailShop() {
  const counts = { woken: 0 };
  const wake = () => {
    counts.woken += 1;
  };
  const ask = callsTo(depsWith({ outbox: { sendsMail: true, wake } }));
  const send = async (method: string, path: string, options: CallOptions = {}) => {
    const { token, body, headers = {} } = options;
    const answer = await ask(`/api/v1${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    await expectDescribed({ method, path }, answer);
    return answer;
  };
  const join = async (email = newEmail()): Promise<Device> => {
    const body = { email, password: PASSWORD, displayName: 'Grace' };
    return deviceOf(await send('POST', '/auth/register', { body }));
  };
  return { send, join, counts };
}

/**
 * For the tests of one file: a clock so far ahead that nothing else works off their rows, each file in years
 * of its own.
 */
export function clockAhead(years: number): { enter(): void; leave(): Promise<void> } {
  return {
    enter() {
      vi.useFakeTimers({ toFake: ['Date'] });
      vi.setSystemTime(Date.now() + years * YEAR_MS);
    },
    /** Takes along what other tests of the database would find waiting. */
    async leave() {
      vi.useRealTimers();
      const range = [years - 0.5, years + 0.5].map((n) => new Date(Date.now() + n * YEAR_MS));
      const { $client } = deps.stores.db;
      const [outbox, failures] = ['outbox WHERE created_at', 'sign_in_failures WHERE last_at'];
      await $client.query(`DELETE FROM ${outbox} BETWEEN $1 AND $2`, range);
      await $client.query(`DELETE FROM ${failures} BETWEEN $1 AND $2`, range);
    },
  };
}

/** Rows for an address, the oldest first. */
export async function rowsFor(email: string, kind?: OutboxKind): Promise<OutboxRow[]> {
  const rows = await deps.stores.db.$client.query(
    `SELECT kind, key, payload, user_id AS "userId", outcome FROM outbox
      WHERE recipient_key = $1 AND kind = coalesce($2, kind) ORDER BY id`,
    [deps.accounts.recipientKeyOf(email), kind ?? null],
  );
  return rows as OutboxRow[];
}

/** The token of the link in the last mail of a kind, as it would be sent now; undefined where it would not. */
export async function linkIn(
  kind: OutboxKind,
  to: string,
  options: Pick<Device, 'user'> & { secrets?: [string, ...string[]] },
): Promise<string | undefined> {
  const { user, secrets = [shopEnv.JWT_SECRET] } = options;
  const row = (await rowsFor(to, kind)).at(-1);
  const purpose = PURPOSES[kind];
  if (row === undefined || purpose === undefined)
    throw new Error(`no ${kind} with a link for ${to}`);
  const link = { secrets, purpose, rowKey: row.key, userId: user.id, email: to };
  return issueAccountToken(deps.stores.db, { ...link, nowMs: deps.platform.nowMs() });
}
