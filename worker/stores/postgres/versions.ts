/**
 * Versions of what admins edit: a digest of what a form shows, so that it changes with the plan and
 * not with what shoppers do. Also reads what is there now, and who changed it last.
 */
import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { LastChange } from '../../contract/administration.ts';
import type { Item } from '../../contract/catalogue.ts';
import type { EventId, ItemId } from '../../contract/ids.ts';
import { instantJson } from './audit.ts';
import { findItemAt, itemJson } from './catalogue.ts';
import { type Db, guarded } from './client.ts';
import { switchesJson } from './event-controls.ts';
import { eventJson } from './event-plan-json.ts';

const VERSION_CHARS = 32;

/** What is there now. */
export interface PresentState {
  version: string;
  /** In the shape of what is sent, and more. */
  fields: Record<string, unknown>;
  changedBy: LastChange | null;
}

const eventFields: SQL = sql`(${eventJson} || ${switchesJson(sql`e`)})`;

/** @param id such as a column of the statement around it; null without such an event. */
export function eventVersion(id: SQLWrapper): SQL<string> {
  return sql`(SELECT ${digest(eventFields)} FROM events e WHERE e.id = ${id})`;
}

/** An item with its version, as they are read at the same moment. */
export function findVersionedItem(
  db: Db,
  id: ItemId,
): Promise<{ item: Item; version: string } | undefined> {
  return findItemAt(db, id, itemVersion(sql`item_catalog.id`));
}

function itemVersion(id: SQLWrapper): SQL<string> {
  return sql`(SELECT ${digest(itemJson)} FROM item_catalog i WHERE i.id = ${id})`;
}

/** @param versions one of which must be there; any will do if undefined. */
export function isEventAt(id: EventId, versions: string[] | undefined): SQL | undefined {
  return versions && isOneOf(eventVersion(sql`${id}`), versions);
}

export function isItemAt(id: ItemId, versions: string[] | undefined): SQL | undefined {
  return versions && isOneOf(itemVersion(sql`${id}`), versions);
}

/** @returns undefined without such an event. */
export function readEventState(db: Db, id: EventId): Promise<PresentState | undefined> {
  const subjects = sql`SELECT ${id} UNION ALL SELECT id FROM event_items WHERE event_id = ${id}`;
  return readState(
    db,
    sql`SELECT ${digest(eventFields)} AS version, '{"coverUrl": null, "translations": {}}'::jsonb || ${eventFields} AS fields,
               ${lastChange(subjects)} AS "changedBy" FROM events e WHERE e.id = ${id}`,
  );
}

/** @returns undefined without such an item. */
export function readItemState(db: Db, id: ItemId): Promise<PresentState | undefined> {
  return readState(
    db,
    // Its version is without them while there are none, as the version before has it.
    sql`SELECT ${digest(itemJson)} AS version, '{"variants": [], "translations": {}}'::jsonb
               || jsonb_build_object('pictures', array_remove(ARRAY[image_url], NULL)) || ${itemJson} AS fields,
               ${lastChange(sql`SELECT ${id}`)} AS "changedBy" FROM item_catalog i WHERE i.id = ${id}`,
  );
}

async function readState(db: Db, query: SQL): Promise<PresentState | undefined> {
  const { rows } = await guarded(() => db.execute<PresentState & Record<string, unknown>>(query));
  return rows[0];
}

/** The text of a jsonb value has its members in one order. */
function digest(json: SQL): SQL {
  return sql`left(encode(sha256(convert_to(${json}::text, 'UTF8')), 'hex'),
    ${sql.raw(String(VERSION_CHARS))})`;
}

function isOneOf(version: SQL, versions: string[]): SQL {
  const texts = JSON.stringify(versions);
  return sql`${version} IN (SELECT jsonb_array_elements_text(${texts}::jsonb))`;
}

/** @param action of these only; undefined for whichever it was */
export function lastChange(subjects: SQL, action?: string): SQL {
  return sql`(SELECT jsonb_build_object('actor', a.actor, 'name', CASE WHEN u.deleted_at IS NULL THEN u.display_name END,
      'action', a.action, 'at', ${instantJson(sql`a.at`)})
    FROM audit_log a LEFT JOIN users u ON u.id = a.actor
   WHERE a.subject IN (${subjects}) AND ${action === undefined ? sql`true` : sql`a.action = ${action}`} ORDER BY a.id DESC LIMIT 1)`;
}
