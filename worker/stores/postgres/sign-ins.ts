/**
 * What a sign-in, a registration and a new password write, each in one transaction and one round
 * trip. Knows no passwords.
 */
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { AttemptKeys } from '../../auth/attempt-keys.ts';
import type { User } from '../../contract/accounts.ts';
import type { LoginId, UserId } from '../../contract/ids.ts';
import { type AccountMail, accountMailStatements } from './account-mails.ts';
import { withdrawLinksStatements } from './account-tokens.ts';
import { isFurtherSignIn, logNewPasswordStatement, logSignInStatement } from './account-trail.ts';
import { type Db, guarded } from './client.ts';
import { endOldestLoginsStatement, loginGoesOn } from './ended-logins.ts';
import { insertLoginStatement, type NewLogin } from './logins.ts';
import { users } from './schema.ts';
import {
  type Counted,
  countAttemptStatement,
  forgetFailuresStatements,
  lockAttemptsStatement,
  uncountStatements,
} from './sign-in-failures.ts';
import { logins } from './sign-in-schema.ts';
import { type Credentials, credentialsOf, insertUserStatement, type NewUser } from './users.ts';

export type Admission =
  | { admitted: true; credentials: Credentials | undefined; counted: Counted }
  | { admitted: false; retryAfterMs: number };

/**
 * Counts an attempt and reads what its password is compared with: the same work for an address
 * without an account.
 */
export async function admitAttempt(
  db: Db,
  attempt: { who: { email: string } | { id: UserId }; keys: AttemptKeys; nowMs: number },
): Promise<Admission> {
  const { who, keys, nowMs } = attempt;
  const [, counted, found] = await guarded(() =>
    db.batch([
      lockAttemptsStatement(db, keys),
      countAttemptStatement(db, keys, nowMs),
      credentialsOf(db, who),
    ]),
  );
  const [verdict] = counted.rows;
  const { by_device: byDevice = false, wait_ms: retryAfterMs = 0 } = verdict ?? {};
  if (retryAfterMs > 0) return { admitted: false, retryAfterMs };
  return { admitted: true, credentials: found[0], counted: { keys, byDevice } };
}

/** For an attempt whose password was not compared. */
export async function uncountAttempt(db: Db, counted: Counted): Promise<void> {
  await guarded(() => db.batch(uncountStatements(db, counted)));
}

export interface Registration {
  user: NewUser;
  login: NewLogin;
  /** With a link that verifies the address; undefined where the shop sends no mail. */
  mail: AccountMail<'mail.verify_email'> | undefined;
}

/** Adds an account and its first login. @returns undefined if the address has an account already. */
export async function register(
  db: Db,
  { user, login, mail }: Registration,
): Promise<User | undefined> {
  const isMade = sql`EXISTS (SELECT FROM users WHERE id = ${user.id})`;
  const [rows] = await guarded(() =>
    db.batch([
      insertUserStatement(db, user),
      // Where the address was taken, no user has this id, and there is no login either.
      insertLoginStatement(db, { userId: user.id, sessionEpoch: 0 }, login),
      ...accountMailStatements(db, mail, isMade),
    ]),
  );
  return rows[0];
}

export interface SignIn {
  credentials: Credentials;
  counted: Counted;
  login: NewLogin;
  /** The same password hashed anew, where the stored hash is outdated. */
  rehashed: string | undefined;
  /** That a device signs in which has not before; undefined for one that has. */
  notice: AccountMail<'mail.new_device'> | undefined;
}

/** After a correct password. @returns false if the account's logins were ended meanwhile. */
export async function completeSignIn(db: Db, signIn: SignIn): Promise<boolean> {
  const { credentials, counted, login, rehashed, notice } = signIn;
  const { user, sessionEpoch, passwordHash } = credentials;
  const isBegun = sql`EXISTS (SELECT FROM logins WHERE id = ${login.id})`;
  const [added] = await guarded(() =>
    db.batch([
      insertLoginStatement(db, { userId: user.id, sessionEpoch }, login),
      endOldestLoginsStatement(db, user.id, login.createdAtMs),
      logSignInStatement(db, { userId: user.id, loginId: login.id }),
      ...forgetFailuresStatements(db, counted),
      ...(rehashed === undefined
        ? []
        : [
            db
              .update(users)
              .set({ passwordHash: rehashed })
              .where(and(eq(users.id, user.id), eq(users.passwordHash, passwordHash))),
          ]),
      ...accountMailStatements(db, notice, sql`${isBegun} AND ${isFurtherSignIn(user.id)}`),
    ]),
  );
  return added.length > 0;
}

export interface NewPassword {
  user: User;
  /** As it was when the current password was found correct. */
  sessionEpoch: number;
  /** By which it is changed; it must not have ended either. */
  loginId?: LoginId | undefined;
  newPasswordHash: string;
  counted: Counted;
  login: NewLogin;
  /** See auth/account-tokens.ts. */
  recipientKey: string;
  /** That the password was changed. */
  notice: AccountMail<'mail.password_changed'> | undefined;
}

/**
 * Replaces the password, ends all logins and begins one anew.
 * @returns the new epoch; undefined, with nothing changed, if the logins were ended meanwhile.
 */
export async function changePassword(db: Db, change: NewPassword): Promise<number | undefined> {
  const { user, newPasswordHash: passwordHash, counted, login, recipientKey, notice } = change;
  const userId = user.id;
  const sessionEpoch = change.sessionEpoch + 1;
  const nowMs = login.createdAtMs;
  // A salted hash is like no other: where it is, the first statement has put it.
  const isChanged = db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.id, userId), eq(users.passwordHash, passwordHash)));
  const [changed] = await guarded(() =>
    db.batch([
      db
        .update(users)
        .set({ passwordHash, sessionEpoch })
        .where(
          and(
            eq(users.id, userId),
            eq(users.sessionEpoch, change.sessionEpoch),
            loginGoesOn(change.loginId),
            users.active,
          ),
        )
        .returning({ id: users.id }),
      db.delete(logins).where(inArray(logins.userId, isChanged)),
      insertLoginStatement(db, { userId, sessionEpoch, passwordHash }, login),
      logNewPasswordStatement(db, { userId, passwordHash, action: 'user.password' }),
      ...forgetFailuresStatements(db, counted),
      ...withdrawLinksStatements(db, { userId, passwordHash, recipientKey, nowMs }),
      ...accountMailStatements(db, notice, sql`EXISTS ${isChanged}`),
    ]),
  );
  return changed.length > 0 ? sessionEpoch : undefined;
}
