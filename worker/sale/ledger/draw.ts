/** Draws an event: its entries, which are locked by then, are ranked by a seed. */
import { Buffer } from 'node:buffer';
import { eq, sql } from 'drizzle-orm';
import type { EventId } from '../../contract/ids.ts';
import type { PlannedDraw } from '../../draw/draw-event.ts';
import { type Db, guarded } from '../../stores/postgres/client.ts';
import { drawProofs } from '../../stores/postgres/draw-schema.ts';
import { draws } from '../../stores/postgres/queue-schema.ts';
import { events } from '../../stores/postgres/schema.ts';

const times = { startsAt: events.startsAt, endsAt: events.endsAt };

/** @returns undefined where there is no draw, or its entries are not locked yet. Throws a Fault. */
export async function readDraw(db: Db, eventId: EventId): Promise<PlannedDraw | undefined> {
  const [row] = await guarded(() =>
    db
      .select({ event: times, draw: draws, proof: drawProofs })
      .from(draws)
      .innerJoin(events, eq(events.id, draws.eventId))
      .leftJoin(drawProofs, eq(drawProofs.eventId, draws.eventId))
      .where(eq(draws.eventId, eventId)),
  );
  if (row === undefined) return undefined;
  const { event, draw, proof } = row;
  const { givenUpAt, givenUpReason: reason } = proof ?? {};
  return {
    start: proof?.start,
    head: proof?.head ?? undefined,
    entries: draw.entryCount,
    records: proof?.records ?? 0,
    lockedAtMs: draw.lockedAt.getTime(),
    startsAtMs: event.startsAt.getTime(),
    endsAtMs: event.endsAt.getTime(),
    isDrawn: draw.drawnAt !== null,
    givenUp: givenUpAt && reason ? { reason, atMs: givenUpAt.getTime() } : undefined,
    statements: {
      locked: proof?.lockedStatement ?? null,
      drawn: proof?.drawnStatement ?? null,
      givenUp: proof?.givenUpStatement ?? null,
    },
    result: resultOf(draw, proof),
  };
}

function resultOf(
  { seed, drawnAt }: typeof draws.$inferSelect,
  proof: typeof drawProofs.$inferSelect | null,
): PlannedDraw['result'] {
  const { signature, randomness, ranking } = proof ?? {};
  if (!seed || !drawnAt || !signature || !randomness || !ranking) return undefined;
  return { signature, randomness, seed, ranking, drawnAtMs: drawnAt.getTime() };
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
