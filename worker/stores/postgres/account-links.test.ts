/** Links for one use and mails about accounts, on a real Postgres, where things happen at one moment. */
import { sql } from 'drizzle-orm';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import {
  type MigratedPostgres,
  openMigratedPostgres,
} from '../../../local/testing/migrated-database.ts';
import {
  ACCOUNT_TOKEN_MS,
  type AccountToken,
  type AccountTokenPurpose,
  readAccountToken,
} from '../../auth/account-tokens.ts';
import { attemptKeys } from '../../auth/attempt-keys.ts';
import type { User } from '../../contract/accounts.ts';
import { makeUserId } from '../../contract/ids.ts';
import type { OutboxKind, OutboxPayload } from '../../contract/outbox.ts';
import { addUser, fillRandom } from '../../testing/rows.ts';
import { type AccountMail, accountMailStatements } from './account-mails.ts';
import { deleteOldLinksStatement, findLink, issueAccountToken } from './account-tokens.ts';
import { askForEmailChange, askForVerification, changeEmail } from './email-addresses.ts';
import { LINK_MAILS_OF_ASKER_PER_HOUR_MAX } from './link-mail-limits.ts';
import type { NewLogin } from './logins.ts';
import { askForReset, dropResetsOfNobody, resetPassword } from './password-resets.ts';
import { changePassword, register } from './sign-ins.ts';
import { credentialsOf } from './users.ts';

const NOW_MS = Date.UTC(2030, 0, 1);
const MINUTES_2 = 120_000;
const WAITS_LOOKED_FOR_MAX = 2_000;
const SECRETS: [string] = ['a secret of these tests, long enough'];

let database: MigratedPostgres;
/** A connection of its own, for a transaction that is held open. */
let held: pg.Client;
let user: User;

beforeAll(async () => {
  database = await openMigratedPostgres();
  held = await database.connect();
}, MINUTES_2);

afterAll(() => database?.close());

beforeEach(async () => {
  const id = await addUser(database.db, NOW_MS);
  const [found] = await credentialsOf(database.db, { id });
  if (found === undefined) throw new Error('the user was not made');
  user = found.user;
});

function newLogin(): NewLogin {
  const expiresAtMs = NOW_MS + MINUTES_2;
  const id = crypto.randomUUID();
  return { id, secretHash: 'first', createdAtMs: NOW_MS, expiresAtMs, device: null };
}

function newAddress(): string {
  return `${crypto.randomUUID()}@example.com`;
}

function mail<Kind extends OutboxKind>(
  kind: Kind,
  payload: OutboxPayload<Kind>,
  { to, isAbout = true }: { to: string; isAbout?: boolean },
): AccountMail<Kind> {
  const key = `${kind}/${crypto.randomUUID()}`;
  const about = isAbout ? { userId: user.id } : {};
  const recipientKey = `key of ${to}`;
  const countedBy = { mailboxKey: recipientKey, networkKey: `network for ${to}` };
  const row = { kind, key, payload, recipientKey, priority: 0 as const, nowMs: NOW_MS, ...about };
  // Those without a link take no notice of it.
  return { ...row, countedBy } as unknown as AccountMail<Kind>;
}

function resetMail() {
  const { email } = user;
  return mail('mail.reset_password', { email }, { to: email, isAbout: false });
}

function issue(
  rowKey: string,
  purpose: AccountTokenPurpose,
  more: { email?: string; nowMs?: number } = {},
): Promise<string | undefined> {
  const link = { secrets: SECRETS, purpose, rowKey, userId: user.id, email: user.email };
  return issueAccountToken(database.db, { ...link, nowMs: NOW_MS, ...more });
}

function tokenIn(text: string | undefined): AccountToken {
  const token = readAccountToken(text ?? '');
  if (token === undefined) throw new Error('there is no link');
  return token;
}

function reset(token: AccountToken, newPasswordHash: string): Promise<number | undefined> {
  const notice = mail('mail.password_changed', { userId: user.id }, { to: user.email });
  return resetPassword(database.db, {
    token,
    user,
    recipientKey: `key of ${user.email}`,
    newPasswordHash,
    keys: attemptKeys({ email: user.email, network: '192.0.2.1' }),
    login: newLogin(),
    notice,
    nowMs: NOW_MS,
  });
}

async function askForChange(to: string): Promise<string> {
  const toNext = mail('mail.change_email', { userId: user.id, email: to }, { to });
  const present = { to: user.email };
  const counted = {
    keys: attemptKeys({ email: user.email, network: '192.0.2.1', changedBy: user.id }),
    byDevice: false,
  };
  const isAsked = await askForEmailChange(database.db, {
    user,
    sessionEpoch: 0,
    counted,
    toNext,
    toPresent: mail('mail.email_change_asked', { userId: user.id }, present),
    nowMs: NOW_MS,
  });
  expect(isAsked).toBe(true);
  return toNext.key;
}

async function change(token: AccountToken, email: string) {
  const payload = { userId: user.id, email: user.email };
  const notice = mail('mail.email_changed', payload, { to: user.email });
  const shown = { token, userId: user.id, nowMs: NOW_MS };
  return changeEmail(database.db, { ...shown, email, notice });
}

/** Until so many wait for the transaction that is held open. */
async function untilWaiting(count = 1): Promise<void> {
  const waiting = "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock'";
  for (let n = 0; n < WAITS_LOOKED_FOR_MAX; n++) {
    if (((await held.query(waiting)).rowCount ?? 0) >= count) return;
  }
  throw new Error('they do not wait');
}

async function countRows(kind: OutboxKind, to = user.email): Promise<number> {
  const { rows } = await held.query(
    'SELECT id FROM outbox WHERE kind = $1 AND recipient_key = $2',
    [kind, `key of ${to}`],
  );
  return rows.length;
}

it('of eight new passwords by one link at once one counts, and the owner hears of one', async () => {
  const row = resetMail();
  await askForReset(database.db, row);
  const token = tokenIn(await issue(row.key, 'reset_password'));
  const hashes = Array.from({ length: 8 }, (_, n) => `hash ${n}`);
  const epochs = await Promise.all(hashes.map((hash) => reset(token, hash)));
  expect(epochs.filter((epoch) => epoch !== undefined)).toEqual([1]);
  const [now] = await credentialsOf(database.db, { id: user.id });
  const winner = epochs.findIndex((epoch) => epoch !== undefined);
  expect(now).toMatchObject({ passwordHash: `hash ${winner}`, sessionEpoch: 1 });
  expect(await countRows('mail.password_changed')).toBe(1);
  const { rows } = await held.query('SELECT id FROM logins WHERE user_id = $1', [user.id]);
  expect(rows).toHaveLength(1);
});

it('of two links of one account that are used at once one counts', async () => {
  const [one, two] = [resetMail(), resetMail()];
  await Promise.all([askForReset(database.db, one), askForReset(database.db, two)]);
  const tokens = [
    tokenIn(await issue(one.key, 'reset_password')),
    tokenIn(await issue(two.key, 'reset_password')),
  ];
  const epochs = await Promise.all(tokens.map((token, n) => reset(token, `hash ${n}`)));
  expect(epochs.filter((epoch) => epoch !== undefined)).toEqual([1]);
});

it('a link is not made that is asked for at the moment when a new password withdraws it', async () => {
  const to = newAddress();
  const key = await askForChange(to);
  await held.query('BEGIN');
  await held.query('SELECT FROM users WHERE id = $1 FOR UPDATE', [user.id]);
  const changing = changePassword(database.db, {
    user,
    sessionEpoch: 0,
    newPasswordHash: 'new',
    counted: { keys: attemptKeys({ email: user.email, network: '192.0.2.1' }), byDevice: false },
    login: newLogin(),
    recipientKey: `key of ${user.email}`,
    notice: undefined,
  });
  await untilWaiting();
  // Stands behind the change in the queue for the account.
  const issuing = issue(key, 'change_email', { email: to });
  await untilWaiting(2);
  await held.query('COMMIT');
  expect(await changing).toBe(1);
  expect(await issuing).toBeUndefined();
});

it('a row that was given up is withdrawn too, so that no admin has it sent again', async () => {
  const to = newAddress();
  const key = await askForChange(to);
  await held.query("UPDATE outbox SET outcome = 'given_up', ended_at = now() WHERE key = $1", [
    key,
  ]);
  await askForChange(newAddress());
  const { rows } = await held.query('SELECT outcome, payload FROM outbox WHERE key = $1', [key]);
  expect(rows).toEqual([{ outcome: 'dropped', payload: null }]);
});

it('an address that somebody registers at the moment of the change stays theirs', async () => {
  const to = newAddress();
  const token = tokenIn(await issue(await askForChange(to), 'change_email', { email: to }));
  const id = makeUserId(NOW_MS, fillRandom);
  await held.query('BEGIN');
  await held.query(
    "INSERT INTO users (id, email, display_name, password_hash) VALUES ($1, $2, 'A', 'none')",
    [id, to],
  );
  const changing = change(token, to);
  await untilWaiting();
  await held.query('COMMIT');
  expect(await changing).toBe('email_taken');
  const [now] = await credentialsOf(database.db, { id: user.id });
  expect(now?.user).toEqual(user);
  expect(await countRows('mail.email_changed')).toBe(0);
});

it('an account that is registered at the moment when its address becomes another’s is refused', async () => {
  const to = newAddress();
  const token = tokenIn(await issue(await askForChange(to), 'change_email', { email: to }));
  const names = { displayName: 'A', passwordHash: 'none', role: 'customer' as const };
  const newcomer = { id: makeUserId(NOW_MS, fillRandom), email: to, ...names };
  const [changed, registered] = await Promise.all([
    change(token, to),
    register(database.db, { user: newcomer, login: newLogin(), mail: undefined }),
  ]);
  expect([changed === 'done', registered !== undefined].filter(Boolean)).toHaveLength(1);
});

it('twenty requests at once write as many mails as an hour may have', async () => {
  await Promise.all(Array.from({ length: 20 }, () => askForReset(database.db, resetMail())));
  expect(await countRows('mail.reset_password')).toBe(LINK_MAILS_OF_ASKER_PER_HOUR_MAX);
  const links = Array.from({ length: 20 }, () =>
    mail('mail.verify_email', { userId: user.id }, { to: user.email }),
  );
  await Promise.all(links.map((link) => askForVerification(database.db, user.id, link)));
  expect(await countRows('mail.verify_email')).toBe(LINK_MAILS_OF_ASKER_PER_HOUR_MAX);
});

it('two accounts that ask for each other’s addresses at once do not wait for each other', async () => {
  const first = user;
  const [found] = await credentialsOf(database.db, { id: await addUser(database.db, NOW_MS) });
  const second = found?.user ?? first;
  const rounds = Array.from({ length: 10 }, async () => {
    user = first;
    const one = askForChange(second.email);
    user = second;
    return Promise.all([one, askForChange(first.email)]);
  });
  expect(await Promise.all(rounds)).toHaveLength(10);
});

it('a mail whose row has ended has no link', async () => {
  const row = resetMail();
  await askForReset(database.db, row);
  await held.query("UPDATE outbox SET outcome = 'dropped', ended_at = now() WHERE key = $1", [
    row.key,
  ]);
  expect(await issue(row.key, 'reset_password')).toBeUndefined();
});

it.each(['active = false', 'deleted_at = now()', "email = 'moved.' || email"])(
  'no link is made for an account with %s, and one that was made is not good',
  async (state) => {
    const row = resetMail();
    await askForReset(database.db, row);
    const token = tokenIn(await issue(row.key, 'reset_password'));
    await held.query(`UPDATE users SET ${state} WHERE id = $1`, [user.id]);
    expect(await issue(row.key, 'reset_password')).toBeUndefined();
    expect(await reset(token, 'new')).toBeUndefined();
    const [now] = await credentialsOf(database.db, { id: user.id });
    expect(now?.passwordHash).toBe('none');
  },
);

it('links that are long over are deleted a bounded number at a time, the oldest first', async () => {
  const made: AccountToken[] = [];
  for (const nowMs of [NOW_MS, NOW_MS + 1, NOW_MS + 2]) {
    const row = resetMail();
    await askForReset(database.db, row);
    made.push(tokenIn(await issue(row.key, 'reset_password', { nowMs })));
  }
  const isThere = async () =>
    Promise.all(made.map(async (token) => (await findLink(database.db, token, 0)) !== undefined));
  const weekMs = 7 * 24 * 60 * 60_000;
  const overMs = NOW_MS + 1 + ACCOUNT_TOKEN_MS.reset_password + weekMs;
  await held.query('DELETE FROM account_tokens WHERE user_id <> $1', [user.id]);
  for (const left of [
    [false, true, true],
    [false, false, true],
    [false, false, true],
  ]) {
    await deleteOldLinksStatement(database.db, { nowMs: overMs, limit: 1 });
    expect(await isThere()).toEqual(left);
  }
});

it('a shop that sends no mail writes no row', () => {
  expect(accountMailStatements(database.db, undefined)).toEqual([]);
});

it('new passwords that are asked for where nobody has an account take no mail’s turn', async () => {
  const shut = await addUser(database.db, NOW_MS);
  const rows = await database.db.execute<{ email: string }>(
    sql`UPDATE users SET active = false WHERE id = ${shut} RETURNING email`,
  );
  const emails = [user.email, rows.rows[0]?.email ?? '', `nobody-${user.id}@example.com`];
  const asked = emails.map((email) => ({
    kind: 'mail.reset_password' as const,
    key: `reset_password/${email}`,
    payload: { email },
    recipientKey: email,
    countedBy: { mailboxKey: email, networkKey: `network for ${email}` },
    priority: 0 as const,
    nowMs: NOW_MS,
  }));
  for (const row of asked) await askForReset(database.db, row);
  const outcomes = async () => {
    const found = await database.db.execute<{ outcome: string | null; payload: unknown }>(
      sql`SELECT outcome, payload FROM outbox WHERE recipient_key = ANY (${sql.param(emails)}) ORDER BY id`,
    );
    return found.rows;
  };
  await dropResetsOfNobody(database.db, { nowMs: NOW_MS - 1, limit: 10 });
  expect(await outcomes()).toMatchObject(Array.from({ length: 3 }, () => ({ outcome: null })));
  await dropResetsOfNobody(database.db, { nowMs: NOW_MS, limit: 10 });
  expect(await outcomes()).toEqual([
    { outcome: null, payload: { email: user.email } },
    { outcome: 'dropped', payload: null },
    { outcome: 'dropped', payload: null },
  ]);
});
