/** What Postgres keeps about one account, for its owner to take away. Reads, and counts the downloads. */
import { and, desc, eq, or, sql } from 'drizzle-orm';
import type { RecipientKeyOf } from '../../auth/account-tokens.ts';
import { attemptKeys } from '../../auth/attempt-keys.ts';
import type { AuditEntry } from '../../contract/administration.ts';
import type { UserId } from '../../contract/ids.ts';
import { OWN_DATA_ENTRIES_MAX, type OwnData } from '../../contract/own-data.ts';
import type { TaxPlan } from '../../contract/totals.ts';
import { customerAddresses } from './address-schema.ts';
import { listAudit, logAct } from './audit.ts';
import { type Db, guarded } from './client.ts';
import { LOGIN_ID } from './ended-logins.ts';
import { accountTokens, mailSuppressions, outbox, reminders } from './outbox-schema.ts';
import { readAllOrders } from './own-data-orders.ts';
import { readOwnEntries } from './own-queue-entries.ts';
import { pushSubscriptions } from './push-schema.ts';
import { users } from './schema.ts';
import { logins, signInFailures } from './sign-in-schema.ts';

/** Of one account, in any hour: it reads all that there is. */
export const DOWNLOADS_PER_HOUR_MAX = 10;

/**
 * Writes a download into the audit log, which is also what they are counted by.
 * @returns false for one too many.
 */
export async function countDownload(db: Db, userId: UserId): Promise<boolean> {
  const entry = { actor: userId, action: 'user.download', subject: userId };
  const before = sql`(SELECT count(*) FROM audit_log WHERE subject = ${userId}
    AND action = ${entry.action} AND at > now() - interval '1 hour')`;
  const may = sql`${before} < ${DOWNLOADS_PER_HOUR_MAX}::int`;
  const [, written] = await guarded(() =>
    db.batch([
      // Many at once are counted one by one.
      db.execute(sql`SELECT id FROM users WHERE id = ${userId} FOR NO KEY UPDATE`),
      db.execute(sql`${logAct(entry, may)} RETURNING id`),
    ]),
  );
  return written.rows.length > 0;
}

type PostgresData = Omit<
  OwnData,
  'madeAt' | 'reviews' | 'comments' | 'helpfulVotes' | 'reports' | 'incomplete'
>;

export interface Asked {
  userId: UserId;
  recipientKeyOf: RecipientKeyOf;
  nowMs: number;
  tax: TaxPlan;
}

/**
 * Of each list one entry more than a download takes along, where there are more.
 * @returns undefined without such an account.
 */
export async function readPostgresData(
  db: Db,
  { userId, recipientKeyOf, nowMs, tax }: Asked,
): Promise<PostgresData | undefined> {
  const account = await readAccount(db, userId);
  if (account === undefined) return undefined;
  const { email } = account;
  const [entrances, mails, orders, queueEntries, auditLog] = await Promise.all([
    readEntrances(db, { userId, email }),
    readMails(db, { userId, email, recipientKeyOf }),
    readAllOrders(db, userId, { nowMs, tax }),
    readOwnEntries(db, { userId, limit: OWN_DATA_ENTRIES_MAX.queueEntries + 1 }),
    readAudit(db, userId),
  ]);
  return { account, ...entrances, ...mails, orders, queueEntries, auditLog };
}

async function readAccount(db: Db, userId: UserId): Promise<OwnData['account'] | undefined> {
  const [row] = await guarded(() =>
    db
      .select({
        id: users.id,
        email: users.email,
        displayName: users.displayName,
        role: users.role,
        language: users.language,
        createdAt: users.createdAt,
        emailVerifiedAt: users.emailVerifiedAt,
        address: customerAddresses.address,
      })
      .from(users)
      .leftJoin(customerAddresses, eq(customerAddresses.customerId, users.id))
      .where(eq(users.id, userId)),
  );
  return (
    row && {
      ...row,
      createdAt: row.createdAt.toISOString(),
      emailVerifiedAt: row.emailVerifiedAt?.toISOString() ?? null,
    }
  );
}

/** What the account is entered by. */
async function readEntrances(
  db: Db,
  { userId, email }: { userId: UserId; email: string },
): Promise<Pick<PostgresData, 'logins' | 'devices' | 'failedSignIns' | 'links'>> {
  const { account } = attemptKeys({ email, network: '' });
  const usedAt = sql`coalesce(${logins.lastUsedAt}, ${logins.createdAt})`;
  const [entered, failures, links, devices] = await guarded(() =>
    db.batch([
      db
        .select({
          id: LOGIN_ID,
          device: logins.device,
          createdAt: logins.createdAt,
          lastUsedAt: usedAt.mapWith(logins.createdAt),
          expiresAt: logins.expiresAt,
        })
        .from(logins)
        .where(eq(logins.userId, userId))
        .orderBy(desc(logins.createdAt)),
      db
        .select({ count: signInFailures.count, lastAt: signInFailures.lastAt })
        .from(signInFailures)
        .where(eq(signInFailures.accountKey, account)),
      db
        .select({
          purpose: accountTokens.purpose,
          email: accountTokens.email,
          createdAt: accountTokens.createdAt,
          expiresAt: accountTokens.expiresAt,
          usedAt: accountTokens.usedAt,
        })
        .from(accountTokens)
        .where(eq(accountTokens.userId, userId))
        .orderBy(desc(accountTokens.createdAt)),
      db
        .select({
          endpoint: pushSubscriptions.endpoint,
          language: pushSubscriptions.language,
          createdAt: pushSubscriptions.createdAt,
        })
        .from(pushSubscriptions)
        .where(eq(pushSubscriptions.userId, userId))
        .orderBy(desc(pushSubscriptions.createdAt)),
    ]),
  );
  const [failed] = failures;
  return {
    logins: entered.map(withInstants),
    devices: devices.map(withInstants),
    failedSignIns: failed === undefined ? null : withInstants(failed),
    links: links.map(withInstants),
  };
}

/** What was sent to the owner, or is going to be. */
async function readMails(
  db: Db,
  { userId, email, recipientKeyOf }: Omit<Asked, 'nowMs' | 'tax'> & { email: string },
): Promise<Pick<PostgresData, 'reminders' | 'mails' | 'mailSuppression'>> {
  // Otherwise the address may be somebody else's, or an account's before this one.
  const isOwnAddress = sql`EXISTS (SELECT FROM users
    WHERE id = ${userId} AND email_verified_at IS NOT NULL)`;
  const [waiting, mails, suppressions] = await guarded(() =>
    db.batch([
      db
        .select({
          eventId: reminders.eventId,
          createdAt: reminders.createdAt,
          queuedAt: reminders.queuedAt,
        })
        .from(reminders)
        .where(eq(reminders.userId, userId))
        .orderBy(desc(reminders.createdAt)),
      db
        .select({
          kind: outbox.kind,
          createdAt: outbox.createdAt,
          outcome: outbox.outcome,
          endedAt: outbox.endedAt,
        })
        .from(outbox)
        .where(
          and(
            // What anybody can ask for names an address, and no account.
            or(
              eq(outbox.userId, userId),
              and(eq(outbox.recipientKey, recipientKeyOf(email)), isOwnAddress),
            ),
            sql`(${outbox.kind} LIKE 'mail.%' OR ${outbox.kind} LIKE 'push.%')`,
          ),
        )
        .orderBy(desc(outbox.id))
        .limit(OWN_DATA_ENTRIES_MAX.mails + 1),
      db
        .select({ reason: mailSuppressions.reason, at: mailSuppressions.at })
        .from(mailSuppressions)
        .where(
          sql`${mailSuppressions.addressHash} = encode(sha256(convert_to(${email}, 'UTF8')), 'hex')
            AND ${isOwnAddress}`,
        ),
    ]),
  );
  const [suppression] = suppressions;
  return {
    reminders: waiting.map(withInstants),
    mails: mails.map(withInstants),
    mailSuppression: suppression === undefined ? null : withInstants(suppression),
  };
}

type Timed<Row> = {
  [Name in keyof Row]: Row[Name] extends Date
    ? string
    : Row[Name] extends Date | null
      ? string | null
      : Row[Name];
};

function withInstants<Row extends object>(row: Row): Timed<Row> {
  const entries = Object.entries(row).map(([name, value]: [string, unknown]) => [
    name,
    value instanceof Date ? value.toISOString() : value,
  ]);
  return Object.fromEntries(entries) as Timed<Row>;
}

function readAudit(db: Db, subject: UserId): Promise<AuditEntry[]> {
  // One more, so that whoever reads it knows that there are more.
  return listAudit(db, { limit: OWN_DATA_ENTRIES_MAX.auditLog + 1, subject });
}
