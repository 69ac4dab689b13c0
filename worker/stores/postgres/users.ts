/** Accounts in Postgres. Knows no passwords, only their hashes. */
import { and, eq, sql } from 'drizzle-orm';
import type { Role, User } from '../../contract/accounts.ts';
import type { LoginId, UserId } from '../../contract/ids.ts';
import type { Language } from '../../contract/languages.ts';
import { type Db, guarded } from './client.ts';
import { loginGoesOn } from './ended-logins.ts';
import { users } from './schema.ts';

export const userColumns = {
  id: users.id,
  email: users.email,
  displayName: users.displayName,
  role: users.role,
  emailVerified: sql<boolean>`${users.emailVerifiedAt} IS NOT NULL`.as('email_verified'),
};

export interface NewUser {
  id: UserId;
  /** In lower case. */
  email: string;
  displayName: string;
  passwordHash: string;
  role: Role;
  /** In which mails are written to them; English unless it is given. */
  language?: Language | undefined;
  /** When the address was shown to be theirs, where it was. */
  emailVerifiedAt?: Date;
}

/** What a password is compared with, of an account that may be deactivated. */
export interface Credentials {
  user: User;
  sessionEpoch: number;
  passwordHash: string;
  active: boolean;
}

/** @returns undefined if the e-mail address has an account already. */
export async function insertUser(db: Db, user: NewUser): Promise<User | undefined> {
  const [row] = await guarded(() => insertUserStatement(db, user));
  return row;
}

/** Adds no row and returns none if the e-mail address has an account already. */
export function insertUserStatement(db: Db, user: NewUser) {
  return db
    .insert(users)
    .values(user)
    .onConflictDoNothing({ target: users.email })
    .returning(userColumns);
}

/** As a statement, so that it can share a round trip. */
export function credentialsOf(db: Db, who: { email: string } | { id: UserId }) {
  return db
    .select({
      user: userColumns,
      sessionEpoch: users.sessionEpoch,
      passwordHash: users.passwordHash,
      active: users.active,
    })
    .from(users)
    .where('id' in who ? eq(users.id, who.id) : eq(users.email, who.email));
}

/** The account of whoever may act: active, by a token whose login has not ended since. */
export async function findCaller(
  db: Db,
  caller: { userId: UserId; sessionEpoch: number; loginId?: LoginId | undefined },
): Promise<User | undefined> {
  const { userId, sessionEpoch, loginId } = caller;
  const [user] = await guarded(() =>
    db
      .select(userColumns)
      .from(users)
      .where(
        and(
          eq(users.id, userId),
          users.active,
          eq(users.sessionEpoch, sessionEpoch),
          loginGoesOn(loginId),
        ),
      ),
  );
  return user;
}

/** In which mails are written from now on, also those that wait. */
export async function updateLanguage(db: Db, id: UserId, language: Language): Promise<void> {
  await guarded(() =>
    db
      .update(users)
      .set({ language })
      .where(and(eq(users.id, id), users.active)),
  );
}

/** @returns undefined if the account is not there or not active. */
export async function updateProfile(
  db: Db,
  id: UserId,
  change: { displayName: string; language?: Language | undefined },
): Promise<User | undefined> {
  const [row] = await guarded(() =>
    db
      .update(users)
      .set(change)
      .where(and(eq(users.id, id), users.active))
      .returning(userColumns),
  );
  return row;
}
