/** Draws an event: its entries, which are locked by then, are ranked by a seed. */
import { Buffer } from 'node:buffer';
import { eq, sql } from 'drizzle-orm';
import type { EventId } from '../../contract/ids.ts';
import type { PlannedDraw } from '../../draw/draw-event.ts';
import { type Db, guarded } from '../../stores/postgres/client.ts';
import { draws } from '../../stores/postgres/queue-schema.ts';
import { events } from '../../stores/postgres/schema.ts';

/** @returns undefined where there is no draw, or its entries are not locked yet. Throws a Fault. */
export async function readDraw(db: Db, eventId: EventId): Promise<PlannedDraw | undefined> {
  const [row] = await guarded(() =>
    db
      .select({ startsAt: events.startsAt, entryCount: draws.entryCount, drawnAt: draws.drawnAt })
      .from(draws)
      .innerJoin(events, eq(events.id, draws.eventId))
      .where(eq(draws.eventId, eventId)),
  );
  if (row === undefined) return undefined;
  const { startsAt, entryCount, drawnAt } = row;
  return { startsAtMs: startsAt.getTime(), entryCount, isDrawn: drawnAt !== null };
}

/** @returns false where there is nothing to draw. Throws a Fault. */
export async function drawEntries(
  db: Db,
  eventId: EventId,
  at: { seed: Uint8Array; nowMs: number },
): Promise<boolean> {
  const hex = Buffer.from(at.seed).toString('hex');
  const { rows } = await guarded(() =>
    db.execute<{ drawn: boolean }>(
      sql`SELECT draw_entries(${eventId}, ${at.nowMs}::bigint, decode(${hex}, 'hex')) AS drawn`,
    ),
  );
  return rows[0]?.drawn === true;
}
