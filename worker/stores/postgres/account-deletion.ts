/**
 * An account that its owner deletes: shut at once, with its logins and holds, in the transaction that
 * writes down what is left to be done. What the shop knows of the person is erased by account-erasure.ts.
 */
import { eq, sql } from 'drizzle-orm';
import type { EventId, LoginId, UserId } from '../../contract/ids.ts';
import type { Language } from '../../contract/languages.ts';
import { type AccountMail, accountMailStatements } from './account-mails.ts';
import { logChanges } from './audit.ts';
import { type Db, guarded, instant } from './client.ts';
import { endDeactivatedLoginsStatements, loginGoesOn } from './ended-logins.ts';
import { endHoldsStatement, lockHeldEventsStatement } from './inactive-holds.ts';
import { enqueueStatement } from './outbox.ts';
import { users } from './schema.ts';
import { type Counted, forgetFailuresStatements } from './sign-in-failures.ts';

/** A row that erases is looked at again after this, for what a request on its way wrote behind it. */
const SECOND_LOOK_MS = 60_000;

export interface AccountDeletion {
  userId: UserId;
  /** As it was when the password was found right. */
  sessionEpoch: number;
  /** By which it is asked for; it must not have ended either. */
  loginId?: LoginId | undefined;
  counted: Counted;
  /** The last mail, which says so; undefined where the shop sends none. */
  mail: AccountMail<'mail.account_deleted'> | undefined;
  nowMs: number;
}

export type Deletion =
  /** The events whose stock grew by what the account held. */
  | { outcome: 'done'; eventIds: EventId[] }
  /** Nothing was changed: no admin were left, or the session has ended meanwhile. */
  | { outcome: 'last_admin' | 'unauthenticated' };

export async function deleteAccount(db: Db, deletion: AccountDeletion): Promise<Deletion> {
  const { userId: id, sessionEpoch, loginId, counted, mail, nowMs } = deletion;
  const entry = { actor: id, action: 'user.delete', subject: id };
  const mayAct = sql`${users.sessionEpoch} = ${sessionEpoch}
    AND ${loginGoesOn(loginId) ?? sql`true`} AND ${users.active}`;
  const isOther = sql`EXISTS (SELECT FROM users o
    WHERE o.id <> ${users.id} AND o.role = 'admin' AND o.active)`;
  const isDeleted = sql`EXISTS (SELECT FROM users
    WHERE id = ${id} AND NOT active AND deleted_at = ${instant(nowMs)})`;
  const batch = await guarded(() =>
    db.batch([
      lockHeldEventsStatement(db, id),
      // All admins' rows, as where one admin deactivates another.
      db.execute(sql`SELECT id FROM users WHERE id = ${id} OR (role = 'admin' AND active)
                      ORDER BY id FOR NO KEY UPDATE`),
      db.execute<{ mayAct: boolean }>(
        sql`SELECT ${mayAct} AS "mayAct" FROM users WHERE ${users.id} = ${id}`,
      ),
      db.execute(sql`
        WITH changed AS (
          UPDATE users SET active = false, deleted_at = ${instant(nowMs)}
           WHERE ${users.id} = ${id} AND ${mayAct} AND (${users.role} <> 'admin' OR ${isOther})
          RETURNING id)
        ${logChanges(entry, sql`SELECT '{"active": true}'::jsonb, '{"active": false}'::jsonb FROM changed`)}`),
      ...endDeactivatedLoginsStatements(db, id),
      endHoldsStatement(db, id, nowMs),
      ...forgetFailuresStatements(db, counted),
      enqueueStatement(
        db,
        {
          kind: 'account.erase',
          key: eraseKeyOf(id),
          payload: { userId: id },
          userId: id,
          priority: 1,
          nowMs,
        },
        { may: isDeleted },
      ),
      ...accountMailStatements(db, mail, isDeleted),
      db.execute<{ isDeleted: boolean }>(sql`SELECT ${isDeleted} AS "isDeleted"`),
    ]),
  );
  const [, , before, , , , ended] = batch;
  const after = batch.at(-1) as { rows: { isDeleted: boolean }[] };
  if (after.rows[0]?.isDeleted !== true) {
    return { outcome: before.rows[0]?.mayAct === true ? 'last_admin' : 'unauthenticated' };
  }
  return { outcome: 'done', eventIds: ended.rows[0]?.eventIds ?? [] };
}

/** In which the owner is written to for the last time. */
export async function readLanguage(db: Db, id: UserId): Promise<Language> {
  const [row] = await guarded(() =>
    db.select({ language: users.language }).from(users).where(eq(users.id, id)),
  );
  return row?.language ?? 'en';
}

/**
 * All is erased by the call that deleted. The row is worked off once more all the same, a little later:
 * a request that was on its way may have written something behind it.
 */
export async function postponeErasure(db: Db, userId: UserId, nowMs: number): Promise<void> {
  await guarded(() =>
    db.execute(sql`
      UPDATE outbox SET due_at = ${instant(nowMs + SECOND_LOOK_MS)}
       WHERE key = ${eraseKeyOf(userId)} AND outcome IS NULL AND lease_id IS NULL`),
  );
}

function eraseKeyOf(userId: UserId): string {
  return `erase/${userId}`;
}
