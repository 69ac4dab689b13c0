/**
 * The audit log: written in the transaction of the change it records, read newest first. The
 * table refuses everything but new rows. It names people by their ids alone.
 */
import { desc, eq, type SQL, sql } from 'drizzle-orm';
import type { AuditEntry } from '../../contract/administration.ts';
import type { EventId } from '../../contract/ids.ts';
import { type Db, guarded } from './client.ts';
import { auditLog } from './record-schema.ts';

/** Who does something, and when by the caller's clock, in milliseconds since the epoch. */
export interface Act {
  actor: string;
  nowMs: number;
  /** What must hold for it to be done, see conditions.ts and versions.ts. */
  condition?: SQL | undefined;
}

export interface Entry {
  actor: string;
  action: string;
  /** Or a column of the changes, where they are of several. */
  subject: string | SQL;
}

/** Writes an entry about what changes no row of its own, such as an export. */
export function logAct({ actor, action, subject }: Entry, when: SQL = sql`true`): SQL {
  return sql`INSERT INTO audit_log (actor, action, subject)
    SELECT ${actor}, ${action}, ${subject} WHERE ${when}`;
}

/** Somebody exports an event's orders as a file, with their customers' addresses. */
export async function logExport(
  db: Db,
  { actor, eventId }: { actor: string; eventId: EventId },
): Promise<void> {
  const entry = { actor, action: 'order.export', subject: eventId };
  await guarded(() => db.execute(logAct(entry)));
}

/** Somebody makes a link to an event that need not be published. @returns whether there is such an event. */
export async function logPreview(
  db: Db,
  { actor, eventId }: { actor: string; eventId: EventId },
): Promise<boolean> {
  const entry = { actor, action: 'event.preview', subject: eventId };
  const isThere = sql`EXISTS (SELECT FROM events WHERE id = ${eventId})`;
  const logged = await guarded(() => db.execute(sql`${logAct(entry, isThere)} RETURNING id`));
  return logged.rows.length > 0;
}

/** Somebody exports what is to be sent as a file, of one event or of all, with their customers' addresses. */
export async function logUnsentExport(
  db: Db,
  { actor, eventId }: { actor: string; eventId: EventId | undefined },
): Promise<void> {
  const entry = { actor, action: 'order.export_unsent', subject: eventId ?? 'orders' };
  await guarded(() => db.execute(logAct(entry)));
}

/**
 * Writes one entry for each row of `changes (before, after)` that differ, and only what differs.
 * @param changes a query that gives two jsonb objects, or null where there was or is nothing.
 */
export function logChanges(entry: Entry, changes: SQL): SQL {
  const { actor, action, subject } = entry;
  return sql`INSERT INTO audit_log (actor, action, subject, before, after)
    SELECT ${actor}, ${action}, ${subject}, ${whereDifferent('before', 'after')},
           ${whereDifferent('after', 'before')}
      FROM (${changes}) AS change (before, after) WHERE before IS DISTINCT FROM after`;
}

/** An instant in JSON, as everywhere on the wire. */
export function instantJson(column: SQL): SQL {
  return sql`to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

/** What was done to one subject, newest first, as it was recorded. As admins read the log: audit-list.ts. */
export async function listAudit(
  db: Db,
  { subject, limit }: { subject: string; limit: number },
): Promise<AuditEntry[]> {
  const rows = await guarded(() =>
    db
      .select()
      .from(auditLog)
      .where(eq(auditLog.subject, subject))
      .orderBy(desc(auditLog.id))
      .limit(limit),
  );
  return rows.map(({ at, ...entry }) => ({ ...entry, at: at.toISOString() }));
}

function whereDifferent(here: 'before' | 'after', there: 'before' | 'after'): SQL {
  const [one, other] = [sql.raw(here), sql.raw(there)];
  return sql`(SELECT jsonb_object_agg(key, value) FROM jsonb_each(${one})
    WHERE ${other} IS NULL OR ${other} -> key IS DISTINCT FROM value)`;
}
