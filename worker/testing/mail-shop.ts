/** A shop that sends mail, in tests in workerd: what it writes into the outbox, and the links of its mails. */
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
  { user }: Pick<Device, 'user'>,
  secrets: [string, ...string[]] = [shopEnv.JWT_SECRET],
): Promise<string | undefined> {
  const row = (await rowsFor(to, kind)).at(-1);
  const purpose = PURPOSES[kind];
  if (row === undefined || purpose === undefined)
    throw new Error(`no ${kind} with a link for ${to}`);
  const link = { secrets, purpose, rowKey: row.key, userId: user.id, email: to };
  return issueAccountToken(deps.stores.db, { ...link, nowMs: deps.platform.nowMs() });
}
