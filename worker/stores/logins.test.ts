/** Proves on a real Postgres, with its many connections, what a single one could not show. */
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../local/database.ts';
import { migrate } from '../../local/migrate.ts';
import { startRealPostgres } from '../../local/neon/real-postgres.ts';
import { attemptKeys } from '../auth/attempt-keys.ts';
import { makeUserId } from '../contract/ids.ts';
import {
  deleteExpiredLoginsStatement,
  endLoginsStatements,
  endReusedLogin,
  insertLoginStatement,
  LOGINS_PER_USER_MAX,
  type NewLogin,
  rotateLogin,
} from './logins.ts';
import { FAILURE_WAIT_MS_MAX, FAILURES_FREE } from './sign-in-failures.ts';
import { admitAttempt, changePassword, completeSignIn, uncountAttempt } from './sign-ins.ts';
import { type Credentials, credentialsOf, insertUser } from './users.ts';

const NOW_MS = Date.UTC(2030, 0, 1);
const MINUTES_2 = 120_000;
const WAITS_LOOKED_FOR_MAX = 2_000;

let postgres: Awaited<ReturnType<typeof startRealPostgres>>;
let database: Database;
/** A connection of its own, for a transaction that is held open. */
let held: pg.Client;
let credentials: Credentials;

beforeAll(async () => {
  postgres = await startRealPostgres();
  database = await openDatabase({ databaseUrl: postgres.connectionString });
  await migrate(database.db);
  held = new pg.Client({ connectionString: postgres.connectionString });
  await held.connect();
}, MINUTES_2);

afterAll(async () => {
  await held?.end();
  await database?.close();
  await postgres?.stop();
});

beforeEach(async () => {
  const id = makeUserId(NOW_MS, (bytes) => crypto.getRandomValues(bytes));
  const fields = { displayName: 'Ada', passwordHash: 'none', role: 'customer' } as const;
  await insertUser(database.db, { id, email: `${id}@example.com`, ...fields });
  const [found] = await credentialsOf(database.db, { id });
  if (found === undefined) throw new Error('the user was not made');
  credentials = found;
});

function newLogin(): NewLogin {
  const expiresAtMs = NOW_MS + MINUTES_2;
  return { id: crypto.randomUUID(), secretHash: 'first', createdAtMs: NOW_MS, expiresAtMs };
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

it('of ten refreshes with one secret at once, one gets the next secret', async () => {
  const login = newLogin();
  await signIn(login);
  const { id, secretHash } = login;
  const rotations = await Promise.all(
    Array.from({ length: 10 }, (_, n) =>
      rotateLogin(database.db, { id, secretHash, nextSecretHash: `next-${n}`, nowMs: NOW_MS }),
    ),
  );
  expect(rotations.filter((holder) => holder !== undefined)).toHaveLength(1);
  const shown = { id, secretHash, nowMs: NOW_MS };
  const ended = await Promise.all([1, 2, 3].map(() => endReusedLogin(database.db, shown)));
  expect(ended).toContain(credentials.user.id);
  expect(await endReusedLogin(database.db, shown)).toBeUndefined();
  expect(await countLogins()).toBe(0);
});

it('a refresh while logins are being ended gets nothing that lasts', async () => {
  const login = newLogin();
  await signIn(login);
  const [raise, remove] = endLoginsStatements(database.db, credentials.user.id);
  await held.query('BEGIN');
  await hold(raise);
  await hold(remove);
  const { id, secretHash } = login;
  const rotating = rotateLogin(database.db, {
    id,
    secretHash,
    nextSecretHash: 'next',
    nowMs: NOW_MS,
  });
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
  };
  expect(await changePassword(database.db, change)).toBeUndefined();
  expect(await countLogins()).toBe(0);
  const [now] = await credentialsOf(database.db, { id: userId });
  expect(now).toMatchObject({ passwordHash: 'none', sessionEpoch: 1 });
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
