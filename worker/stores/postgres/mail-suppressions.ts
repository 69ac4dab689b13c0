/** Addresses to which nothing is sent any more. Kept as digests: none can be read from them. */
import { createHash } from 'node:crypto';
import { type SQL, sql } from 'drizzle-orm';
import { type Db, guarded } from './client.ts';
import { mailSuppressions } from './outbox-schema.ts';

export interface Suppression {
  emails: readonly string[];
  reason: 'bounced' | 'complained';
  nowMs: number;
}

/** The first reason that is known of an address stays. */
export async function suppressAddresses(
  db: Db,
  { emails, reason, nowMs }: Suppression,
): Promise<void> {
  const at = new Date(nowMs);
  const hashes = new Set(emails.map(addressHash));
  const rows = [...hashes].map((hash) => ({ addressHash: hash, reason, at }));
  if (rows.length === 0) return;
  await guarded(() => db.insert(mailSuppressions).values(rows).onConflictDoNothing());
}

export async function isSuppressed(db: Db, email: string): Promise<boolean> {
  const { rows } = await guarded(() =>
    db.execute<{ suppressed: boolean }>(sql`SELECT ${suppressedSql(sql`${email}::text`)}`),
  );
  return rows[0]?.suppressed === true;
}

/** Whether an address, in lower case, is one of them. */
export function suppressedSql(email: SQL): SQL {
  return sql`EXISTS (SELECT FROM mail_suppressions s
    WHERE s.address_hash = encode(sha256(convert_to(${email}, 'UTF8')), 'hex')) AS suppressed`;
}

function addressHash(email: string): string {
  return createHash('sha256').update(email.toLowerCase()).digest('hex');
}
