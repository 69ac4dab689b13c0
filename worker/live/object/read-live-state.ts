/** Reads an event as its viewers see it, where no settlement has brought that: its row and its holds. */
import { and, eq, sql } from 'drizzle-orm';
import type { EventId } from '../../contract/ids.ts';
import { type Db, guarded, instant } from '../../stores/postgres/client.ts';
import { readEvent } from '../../stores/postgres/events.ts';
import { orders } from '../../stores/postgres/schema.ts';
import type { LiveState } from '../rules/snapshot.ts';

/** @returns undefined if there is no such event, or it is not published. Throws a Fault. */
export async function readLiveState(
  db: Db,
  id: EventId,
  nowMs: number,
): Promise<LiveState | undefined> {
  const [found, releases] = await Promise.all([
    readEvent(db, id, { nowMs }),
    readReleases(db, id, nowMs),
  ]);
  if (!found?.row.published) return undefined;
  const { event, row, drawAtMs } = found;
  return {
    takenAtMs: nowMs,
    opensAtMs: Date.parse(event.startsAt),
    // As a settlement has it: closed by hand is closed whatever the plan says.
    closesAtMs: row.closedAt === null ? Date.parse(event.endsAt) : 0,
    items: event.items.map((item) => ({
      id: item.id,
      ...item.stock,
      nextReleaseAtMs: releases.get(item.id) ?? null,
      queue: item.queue,
    })),
    drawAtMs,
  };
}

/** When the earliest hold of each item ends, of those that have not. */
async function readReleases(db: Db, id: EventId, nowMs: number): Promise<Map<string, number>> {
  const endsAt = sql`hold_ends_at(${orders.expiresAt}, ${orders.paying})`;
  const rows = await guarded(() =>
    db
      .select({
        eventItemId: orders.eventItemId,
        atMs: sql<number>`(extract(epoch FROM min(${endsAt})) * 1000)::float8`,
      })
      .from(orders)
      .where(
        and(
          eq(orders.eventId, id),
          sql`${orders.status} = 'pending' AND ${endsAt} > ${instant(nowMs)}`,
        ),
      )
      .groupBy(orders.eventItemId),
  );
  return new Map(rows.map(({ eventItemId, atMs }) => [eventItemId, Math.round(atMs)]));
}
