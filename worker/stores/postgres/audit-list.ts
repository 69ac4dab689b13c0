/**
 * The audit log as admins read it: beside the ids that it has, what they stand for now. Must not write; a name that
 * was erased since is in no answer.
 */
import { and, desc, eq, getTableColumns, lt, type SQL, sql } from 'drizzle-orm';
import type { AuditNames, NamedAuditEntry } from '../../contract/audit.ts';
import type { OrderId } from '../../contract/ids.ts';
import { orderNumberOf } from '../../contract/order-numbers.ts';
import { type Db, guarded } from './client.ts';
import type { Place } from './cursors.ts';
import { auditLog } from './record-schema.ts';

const { subject, actor, before, after } = auditLog;

const nameOfUser = (id: SQL) =>
  sql`(SELECT u.display_name FROM users u WHERE u.id = ${id} AND u.deleted_at IS NULL)`;

/** The ids of what belongs to an event or to an item begin with that one's key. */
const EVENT = sql`(SELECT jsonb_build_object('id', e.id, 'title', e.title, 'currency', e.currency) FROM events e
  WHERE left(${subject}, 4) IN ('evt_', 'evi_', 'ord_', 'ent_', 'cmt_')
    AND e.id = 'evt_' || substr(${subject}, 5, 12))`;
const item = (column: 'id' | 'name') => sql`(SELECT ${sql.raw(`c.${column}`)} FROM item_catalog c
  WHERE left(${subject}, 4) IN ('itm_', 'rev_') AND c.id = 'itm_' || substr(${subject}, 5, 18))`;

const SUBJECT = sql`CASE left(${subject}, 4)
  WHEN 'usr_' THEN ${nameOfUser(sql`${subject}`)}
  WHEN 'evt_' THEN (SELECT e.title FROM events e WHERE e.id = ${subject})
  WHEN 'itm_' THEN ${item('name')}
  WHEN 'evi_' THEN (SELECT c.name || coalesce(' · ' || v.label, '') FROM event_items i
    JOIN item_catalog c ON c.id = i.item_id LEFT JOIN item_variants v ON v.id = i.variant_id
   WHERE i.id = ${subject})
  WHEN 'ent_' THEN (SELECT ${nameOfUser(sql`q.customer_id`)} FROM queue_entries q WHERE q.id = ${subject})
END`;

/** Of the items that a plan before or after names. */
const ITEMS = sql`(SELECT coalesce(jsonb_object_agg(c.id, c.name), '{}') FROM item_catalog c WHERE c.id IN (
  SELECT jsonb_path_query(jsonb_build_array(${before}, ${after}), '$[*].items[*].itemId') #>> '{}'))`;

const names = sql<
  Omit<AuditNames, 'orderNumber'>
>`jsonb_build_object('actor', ${nameOfUser(sql`${actor}`)}, 'subject', ${SUBJECT},
  'event', ${EVENT}, 'itemId', ${item('id')}, 'items', ${ITEMS})`;

export interface AuditPage {
  after: Place | undefined;
  limit: number;
  subject?: string | undefined;
  actor?: string | undefined;
  action?: string | undefined;
}

/** Newest first. Reads one row more than `limit`, to learn whether there is a next page. */
export async function listNamedAudit(db: Db, page: AuditPage): Promise<NamedAuditEntry[]> {
  const { limit, action } = page;
  const rows = await guarded(() =>
    db
      .select({ ...getTableColumns(auditLog), names })
      .from(auditLog)
      .where(
        and(
          page.after && lt(auditLog.id, Number(page.after.id)),
          page.subject === undefined ? undefined : eq(subject, page.subject),
          page.actor === undefined ? undefined : eq(actor, page.actor),
          action === undefined ? undefined : eq(auditLog.action, action),
        ),
      )
      .orderBy(desc(auditLog.id))
      .limit(limit + 1),
  );
  return rows.map(({ at, names: found, ...entry }) => ({
    ...entry,
    at: at.toISOString(),
    names: { ...found, orderNumber: numberOf(entry.subject) },
  }));
}

function numberOf(about: string): string | null {
  return about.startsWith('ord_') ? orderNumberOf(about as OrderId) : null;
}
