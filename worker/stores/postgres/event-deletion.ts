/** Taking an event away for good: only while nobody has ordered or entered, so that nothing refers to it. */
import { sql } from 'drizzle-orm';
import { type EventId, orderIdRange } from '../../contract/ids.ts';
import { type Act, logChanges } from './audit.ts';
import { type Db, guarded } from './client.ts';
import { conditionStatement, isMet, wasMet } from './conditions.ts';
import { eventJson, withLabels } from './event-plan-json.ts';
import { usePictures } from './picture-uses.ts';

/** `in_use`: something of it was held or sold once, or its draw was locked; nothing was done. */
export type Deletion = 'deleted' | 'not_found' | 'changed' | 'in_use' | 'has_entries';

/**
 * Deletes an event with its items, reminders and counts of refusals; its texts stay in the audit log. Holds
 * the event's lock, so a purchase or an entry comes before it, and refuses it, or finds no event.
 */
export async function deleteEvent(
  db: Db,
  id: EventId,
  { actor, condition }: Act,
): Promise<Deletion> {
  const [first, last] = orderIdRange(id);
  const verdict = sql`(SELECT CASE
      WHEN EXISTS (SELECT FROM orders o WHERE o.id BETWEEN ${first} AND ${last}) THEN 'in_use'
      WHEN e.has_entries OR EXISTS (SELECT FROM draw_proofs p WHERE p.event_id = ${id}) THEN 'has_entries'
      WHEN EXISTS (SELECT FROM draws d WHERE d.event_id = ${id}) THEN 'in_use'
      ELSE 'deleted' END FROM events e WHERE e.id = ${id})`;
  const may = sql`${isMet} AND current_setting('swiftdrop.deletion') = 'deleted'`;
  const [, locked, met, verdicts] = await guarded(() =>
    db.batch([
      // The cover stays for a while, as all pictures that nothing names any more.
      db.execute(usePictures([], sql`SELECT cover_url FROM events WHERE id = ${id}`)),
      db.execute(sql`SELECT id FROM events WHERE id = ${id} FOR UPDATE`),
      db.execute<{ met: boolean }>(conditionStatement(condition)),
      // Kept for the statements behind it, the first of which take away what it looks at.
      db.execute<{ verdict: Deletion }>(
        sql`SELECT set_config('swiftdrop.deletion', coalesce(${verdict}, 'not_found'), true) AS verdict`,
      ),
      db.execute(
        logChanges(
          { actor, action: 'event.delete', subject: id },
          sql`SELECT ${withLabels(eventJson)}, NULL::jsonb FROM events e WHERE id = ${id} AND ${may}`,
        ),
      ),
      db.execute(sql`DELETE FROM reminders WHERE event_id = ${id} AND ${may}`),
      db.execute(sql`DELETE FROM event_refusals WHERE event_id = ${id} AND ${may}`),
      db.execute(sql`DELETE FROM queue_stock_changes c USING event_items i
        WHERE i.event_id = ${id} AND c.event_item_id = i.id AND ${may}`),
      db.execute(sql`DELETE FROM event_queues WHERE event_id = ${id} AND ${may}`),
      db.execute(sql`DELETE FROM event_items WHERE event_id = ${id} AND ${may}`),
      db.execute(sql`DELETE FROM events WHERE id = ${id} AND ${may}`),
    ]),
  );
  if (locked.rows.length === 0) return 'not_found';
  if (!wasMet(met.rows)) return 'changed';
  const [found] = verdicts.rows;
  if (found === undefined) throw new Error('a verdict is never missing');
  return found.verdict;
}
