/** Proves on a real Postgres, with its many connections, what a single one could not show. */
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import {
  type MigratedPostgres,
  openMigratedPostgres,
} from '../../../local/testing/migrated-database.ts';
import { attemptKeys } from '../../auth/attempt-keys.ts';
import { ACCESS_TOKEN_MS } from '../../auth/tokens.ts';
import { addUser } from '../../testing/rows.ts';
import {
  ENDED_LOGIN_MS,
  ENDED_LOGINS_MAX,
  endLogin,
  endLoginsStatements,
  endReusedLogin,
  LOGINS_PER_USER_MAX,
} from './ended-logins.ts';
import {
  deleteExpiredLoginsStatement,
  insertLoginStatement,
  listLogins,
  type NewLogin,
  REFRESH_GRACE_MS,
  rotateLogin,
} from './logins.ts';
import { FAILURE_WAIT_MS_MAX, FAILURES_FREE } from './sign-in-failures.ts';
import { admitAttempt, changePassword, completeSignIn, uncountAttempt } from './sign-ins.ts';
import { type Credentials, credentialsOf } from './users.ts';

const NOW_MS = Date.UTC(2030, 0, 1);
const MINUTES_2 = 120_000;
const WAITS_LOOKED_FOR_MAX = 2_000;

let database: MigratedPostgres;
/** A connection of its own, for a transaction that is held open. */
let held: pg.Client;
let credentials: Credentials;

beforeAll(async () => {
  database = await openMigratedPostgres();
  held = await database.connect();
}, MINUTES_2);

afterAll(() => database?.close());

beforeEach(async () => {
  const id = await addUser(database.db, NOW_MS);
  const [found] = await credentialsOf(database.db, { id });
  if (found === undefined) throw new Error('the user was not made');
  credentials = found;
});

function newLogin(): NewLogin {
  const expiresAtMs = NOW_MS + MINUTES_2;
  const id = crypto.randomUUID();
  return { id, secretHash: 'first', createdAtMs: NOW_MS, expiresAtMs, device: null };
}

function counted() {
  const { email } = credentials.user;
  return { keys: attemptKeys({ email, network: '192.0.2.1' }), byDevice: false };
}

function signIn(login = newLogin()): Promise<boolean> {
  return completeSignIn(database.db, {
    credentials,
    counted: counted(),
    login,
    rehashed: undefined,
    notice: undefined,
  });
}

function hold(statement: { toSQL(): { sql: string; params: unknown[] } }) {
  const { sql, params } = statement.toSQL();
  return held.query(sql, params);
}

async function countLogins(): Promise<number> {
  const { rows } = await held.query('SELECT id FROM logins WHERE user_id = $1', [
    credentials.user.id,
  ]);
  return rows.length;
}

/** Until somebody waits for the transaction that is held open. */
async function untilSomebodyWaits(): Promise<void> {
  const waiting = "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock'";
  for (let n = 0; n < WAITS_LOOKED_FOR_MAX; n++) {
    if ((await held.query(waiting)).rowCount) return;
  }
  throw new Error('nobody waits');
}

it('a sign-in at the moment when all logins are ended begins none', async () => {
  const [raise, remove] = endLoginsStatements(database.db, credentials.user.id);
  await held.query('BEGIN');
  await hold(raise);
  const signingIn = signIn();
  await untilSomebodyWaits();
  await hold(remove);
  await held.query('COMMIT');
  expect(await signingIn).toBe(false);
  expect(await countLogins()).toBe(0);
});

it('ending all logins ends the one that is being begun at the same moment', async () => {
  const { id: userId } = credentials.user;
  await held.query('BEGIN');
  await hold(insertLoginStatement(database.db, { userId, sessionEpoch: 0 }, newLogin()));
  const ending = database.db.batch(endLoginsStatements(database.db, userId));
  await untilSomebodyWaits();
  await held.query('COMMIT');
  await ending;
  expect(await countLogins()).toBe(0);
});

function rotate(id: string, [secretHash, secret]: [string, string], nowMs = NOW_MS) {
  const next = { secretHash: secret, salt: `salt of ${secret}` };
  return rotateLogin(database.db, { id, secretHash, next, nowMs });
}

function shown(id: string, secretHash: string) {
  return { id, secretHash, nowMs: NOW_MS };
}

it('twenty refreshes with one secret at once all find one successor', async () => {
  const login = newLogin();
  await signIn(login);
  const rotations = await Promise.all(
    Array.from({ length: 20 }, (_, n) => rotate(login.id, [login.secretHash, `next-${n}`])),
  );
  const [first] = rotations;
  expect(first?.salt).toBe(`salt of ${first?.secretHash}`);
  for (const rotation of rotations) expect(rotation).toEqual(first);
  expect(await rotate(login.id, [first?.secretHash ?? '', 'third'])).toBeDefined();
  expect(await rotate(login.id, [login.secretHash, 'late'])).toBeUndefined();
});

it('a secret is good for its grace after the exchange, and not a millisecond longer', async () => {
  const login = newLogin();
  await signIn(login);
  await rotate(login.id, ['first', 'second']);
  const last = await rotate(login.id, ['first', 'other'], NOW_MS + REFRESH_GRACE_MS - 1);
  expect(last?.secretHash).toBe('second');
  expect(await rotate(login.id, ['first', 'other'], NOW_MS + REFRESH_GRACE_MS)).toBeUndefined();
});

it('a secret that is shown too late ends its login once, and no other', async () => {
  const [login, other] = [newLogin(), newLogin()];
  await signIn(login);
  await signIn(other);
  await rotate(login.id, ['first', 'second']);
  await rotate(login.id, ['second', 'third']);
  expect(await endReusedLogin(database.db, shown(login.id, 'third'))).toBeUndefined();
  const ended = await Promise.all(
    [1, 2, 3].map(() => endReusedLogin(database.db, shown(login.id, 'first'))),
  );
  expect(ended.filter((id) => id !== undefined)).toEqual([credentials.user.id]);
  expect(await countLogins()).toBe(1);
  expect(await rotate(other.id, ['first', 'second'])).toMatchObject({ sessionEpoch: 0 });
});

async function endListed(nowMs: number): Promise<void> {
  const userId = credentials.user.id;
  const [listed] = await listLogins(database.db, userId, NOW_MS);
  if (listed === undefined) throw new Error('there is no login');
  expect(await endLogin(database.db, { userId, loginId: listed.id, nowMs })).toBe(true);
  expect(await endLogin(database.db, { userId, loginId: listed.id, nowMs })).toBe(false);
}

async function endedOnes(): Promise<{ count: number; session_epoch: number }> {
  const { rows } = await held.query(
    `SELECT session_epoch, (SELECT count(*)::int FROM jsonb_object_keys(ended_logins)) AS count
       FROM users WHERE id = $1`,
    [credentials.user.id],
  );
  return rows[0];
}

it('ended logins are remembered for as long as a token may live, and then forgotten', async () => {
  expect(ENDED_LOGIN_MS).toBeGreaterThan(ACCESS_TOKEN_MS);
  for (const [nowMs, count] of [
    [NOW_MS, 1],
    [NOW_MS + ENDED_LOGIN_MS - 1, 2],
    [NOW_MS + ENDED_LOGIN_MS, 2],
  ] as const) {
    await signIn();
    await endListed(nowMs);
    expect(await endedOnes()).toEqual({ count, session_epoch: 0 });
  }
});

it('where too many ended, all tokens end in their place, and logins that go on do so', async () => {
  for (let n = 0; n < ENDED_LOGINS_MAX; n++) {
    await signIn();
    await endListed(NOW_MS);
  }
  expect(await endedOnes()).toEqual({ count: ENDED_LOGINS_MAX, session_epoch: 0 });
  await signIn();
  const kept = newLogin();
  await signIn({ ...kept, createdAtMs: NOW_MS - 1 });
  await endListed(NOW_MS);
  expect(await endedOnes()).toEqual({ count: 0, session_epoch: 1 });
  expect(await rotate(kept.id, ['first', 'second'])).toMatchObject({ sessionEpoch: 1 });
});

it('a refresh while logins are being ended gets nothing that lasts', async () => {
  const login = newLogin();
  await signIn(login);
  const [raise, remove] = endLoginsStatements(database.db, credentials.user.id);
  await held.query('BEGIN');
  await hold(raise);
  await hold(remove);
  const rotating = rotate(login.id, [login.secretHash, 'next']);
  await untilSomebodyWaits();
  await held.query('COMMIT');
  expect(await rotating).toBeUndefined();
});

it('however many sign in at once, a user has no more logins than allowed', async () => {
  await Promise.all(Array.from({ length: LOGINS_PER_USER_MAX + 5 }, () => signIn()));
  expect(await countLogins()).toBe(LOGINS_PER_USER_MAX);
});

it('of twenty wrong passwords at once, five are looked at', async () => {
  const { id } = credentials.user;
  const attempt = { who: { id }, keys: counted().keys, nowMs: NOW_MS };
  const admissions = await Promise.all(
    Array.from({ length: 20 }, () => admitAttempt(database.db, attempt)),
  );
  expect(admissions.filter(({ admitted }) => admitted)).toHaveLength(FAILURES_FREE);
});

it('right and wrong passwords at once, from one network, wait for each other and never for good', async () => {
  const { id } = credentials.user;
  const { keys } = counted();
  const rounds = Array.from({ length: 40 }, async (_, n) => {
    // So late that nobody waits for the failures before.
    const nowMs = NOW_MS + n * FAILURE_WAIT_MS_MAX;
    await admitAttempt(database.db, { who: { id }, keys, nowMs });
    if (n % 2 === 0) await signIn();
    else await uncountAttempt(database.db, counted());
  });
  const outcomes = await Promise.allSettled(rounds);
  expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([]);
});

it('a password that is changed after the logins were ended is not changed', async () => {
  const { id: userId } = credentials.user;
  await database.db.batch(endLoginsStatements(database.db, userId));
  const change = {
    user: credentials.user,
    sessionEpoch: credentials.sessionEpoch,
    newPasswordHash: 'new',
    counted: counted(),
    login: newLogin(),
    recipientKey: 'nobody',
    notice: undefined,
  };
  expect(await changePassword(database.db, change)).toBeUndefined();
  expect(await countLogins()).toBe(0);
  const [now] = await credentialsOf(database.db, { id: userId });
  expect(now).toMatchObject({ passwordHash: 'none', sessionEpoch: 1 });
});

it('a password that is changed by a login that has just ended is not changed', async () => {
  const { id: userId } = credentials.user;
  await signIn();
  const [listed] = await listLogins(database.db, userId, NOW_MS);
  await endListed(NOW_MS);
  const change = {
    user: credentials.user,
    sessionEpoch: credentials.sessionEpoch,
    loginId: listed?.id,
    newPasswordHash: 'new',
    counted: counted(),
    login: newLogin(),
    recipientKey: 'nobody',
    notice: undefined,
  };
  expect(await changePassword(database.db, change)).toBeUndefined();
  expect(await countLogins()).toBe(0);
});

it('logins that ran out are deleted a bounded number at a time, the oldest first', async () => {
  const [older, newer] = [newLogin(), newLogin()];
  await signIn({ ...older, expiresAtMs: NOW_MS - 2 });
  await signIn({ ...newer, expiresAtMs: NOW_MS - 1 });
  await signIn();
  for (const left of [[newer.id], []]) {
    await deleteExpiredLoginsStatement(database.db, { nowMs: NOW_MS, limit: 1 });
    const { rows } = await held.query('SELECT id FROM logins WHERE expires_at <= $1', [
      new Date(NOW_MS),
    ]);
    expect(rows.map(({ id }) => id)).toEqual(left);
  }
  expect(await countLogins()).toBe(1);
});
