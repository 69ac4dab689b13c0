/** Accounts in Postgres. Knows no passwords, only their hashes. */
import { eq } from 'drizzle-orm';
import type { Role, User } from '../contract/accounts.ts';
import type { UserId } from '../contract/ids.ts';
import { type Db, guarded } from './postgres.ts';
import { users } from './schema.ts';

const userColumns = {
  id: users.id,
  email: users.email,
  displayName: users.displayName,
  role: users.role,
};

export interface NewUser {
  id: UserId;
  /** In lower case. */
  email: string;
  displayName: string;
  passwordHash: string;
  role: Role;
}

/** @returns undefined if the e-mail address has an account already. */
export async function insertUser(db: Db, user: NewUser): Promise<User | undefined> {
  const [row] = await guarded(() =>
    db
      .insert(users)
      .values(user)
      .onConflictDoNothing({ target: users.email })
      .returning(userColumns),
  );
  return row;
}

/** Active accounts only, with what a login compares. */
export async function findCredentials(
  db: Db,
  email: string,
): Promise<{ user: User; sessionEpoch: number; passwordHash: string } | undefined> {
  const [row] = await guarded(() =>
    db
      .select({
        user: userColumns,
        sessionEpoch: users.sessionEpoch,
        passwordHash: users.passwordHash,
        active: users.active,
      })
      .from(users)
      .where(eq(users.email, email)),
  );
  if (!row?.active) return undefined;
  const { active: _, ...found } = row;
  return found;
}

/** Active accounts only. */
export async function findUser(db: Db, id: UserId): Promise<User | undefined> {
  const [row] = await guarded(() =>
    db
      .select({ ...userColumns, active: users.active })
      .from(users)
      .where(eq(users.id, id)),
  );
  if (!row?.active) return undefined;
  const { active: _, ...user } = row;
  return user;
}

export async function updatePasswordHash(db: Db, id: UserId, passwordHash: string): Promise<void> {
  await guarded(() => db.update(users).set({ passwordHash }).where(eq(users.id, id)));
}
