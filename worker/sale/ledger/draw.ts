/** The draw of an event, as it is kept: what is known of it, its ranking, its giving up and its statements. */
import { Buffer } from 'node:buffer';
import { eq, sql } from 'drizzle-orm';
import type { DrawStatement, GiveUpReason } from '../../contract/draw.ts';
import type { EventId } from '../../contract/ids.ts';
import type { BeaconRound } from '../../draw/beacon.ts';
import type { PlannedDraw } from '../../draw/draw-event.ts';
import { type Db, guarded } from '../../stores/postgres/client.ts';
import { drawProofs } from '../../stores/postgres/draw-schema.ts';
import { closeForGood } from '../../stores/postgres/event-cancellation.ts';
import { draws } from '../../stores/postgres/queue-schema.ts';
import { events } from '../../stores/postgres/schema.ts';

/** @returns undefined where there is no draw, or its entries are not locked yet. Throws a Fault. */
export async function readDraw(db: Db, eventId: EventId): Promise<PlannedDraw | undefined> {
  const [row] = await guarded(() =>
    db
      .select({ draw: draws, proof: drawProofs, startsAt: events.startsAt, endsAt: events.endsAt })
      .from(draws)
      .innerJoin(events, eq(events.id, draws.eventId))
      .leftJoin(drawProofs, eq(drawProofs.eventId, draws.eventId))
      .where(eq(draws.eventId, eventId)),
  );
  if (row === undefined) return undefined;
  const { draw, proof, startsAt, endsAt } = row;
  return {
    start: proof?.start,
    head: proof?.head ?? undefined,
    entries: proof === null ? 0 : draw.entryCount,
    records: proof?.records ?? 0,
    lockedAtMs: draw.lockedAt.getTime(),
    startsAtMs: startsAt.getTime(),
    endsAtMs: endsAt.getTime(),
    isDrawn: draw.drawnAt !== null,
    givenUp: givenUpOf(proof),
    statements: {
      locked: proof?.lockedStatement ?? null,
      drawn: proof?.drawnStatement ?? null,
      givenUp: proof?.givenUpStatement ?? null,
    },
    result: resultOf(draw, proof),
  };
}

type DrawRow = typeof draws.$inferSelect;
type ProofRow = typeof drawProofs.$inferSelect | null;

function givenUpOf(proof: ProofRow): PlannedDraw['givenUp'] {
  if (!proof?.givenUpAt || !proof.givenUpReason) return undefined;
  return { reason: proof.givenUpReason, atMs: proof.givenUpAt.getTime() };
}

function resultOf({ seed, drawnAt }: DrawRow, proof: ProofRow): PlannedDraw['result'] {
  const { signature, randomness, ranking } = proof ?? {};
  if (!seed || !drawnAt || !signature || !randomness || !ranking) return undefined;
  return { signature, randomness, seed, ranking, drawnAtMs: drawnAt.getTime() };
}

/**
 * Ranks the entries that take part, by their seed, and keeps what proves it.
 * @param by `round` is undefined where nobody entered.
 * @returns whether it is drawn: false where it is not locked or given up. Throws a Fault.
 */
export async function drawEntries(
  db: Db,
  eventId: EventId,
  by: {
    seed: Uint8Array;
    round: BeaconRound | undefined;
    nowMs: number;
  },
): Promise<boolean> {
  const { seed, round, nowMs } = by;
  const { rows } = await guarded(() =>
    db.execute<{ drawn: boolean }>(sql`
      SELECT rank_draw(${eventId}, ${nowMs}::bigint, ${bytes(seed)}, ${bytes(round?.signature)},
                       ${bytes(round?.randomness)}) AS drawn`),
  );
  return rows[0]?.drawn === true;
}

function bytes(of: Uint8Array | undefined) {
  const hex = of === undefined ? null : Buffer.from(of).toString('hex');
  return sql`decode(${hex}::text, 'hex')`;
}

/** What admins read of an event that the shop closed. */
const REASONS: Record<GiveUpReason, string> = {
  cancelled: 'Its draw was given up before it was due.',
  beacon_silent: 'Its draw could not be made: the random beacon was silent for an hour.',
  undrawn_at_end: 'Its draw could not be made before the end of the sale.',
};

/**
 * Gives up a draw that is not drawn, and closes its event for good; what follows is worked off as after cancelling.
 * Does nothing where it may not be given up for this reason.
 * @returns whether it is given up. Throws a Fault.
 */
export async function giveUpDraw(
  db: Db,
  eventId: EventId,
  { reason, nowMs }: { reason: GiveUpReason; nowMs: number },
): Promise<boolean> {
  const isGivenUp = sql`EXISTS (SELECT FROM draw_proofs
    WHERE event_id = ${eventId} AND given_up_at IS NOT NULL)`;
  const closing = { actor: null, reason: REASONS[reason], nowMs, may: isGivenUp };
  const [, , , found] = await guarded(() =>
    db.batch([
      db.execute(sql`SELECT give_up_draw(${eventId}, ${reason}, ${nowMs}::bigint)`),
      ...closeForGood(db, eventId, closing),
      db.execute<{ isGivenUp: boolean }>(sql`SELECT ${isGivenUp} AS "isGivenUp"`),
    ]),
  );
  return found.rows[0]?.isGivenUp === true;
}

/** Keeps a signed statement of a draw, where there is none of its type. Throws a Fault. */
export async function keepStatement(
  db: Db,
  eventId: EventId,
  { type, text }: { type: DrawStatement['type']; text: string },
): Promise<void> {
  const column = {
    locked: 'locked_statement',
    drawn: 'drawn_statement',
    given_up: 'given_up_statement',
  };
  const name = sql.identifier(column[type]);
  await guarded(() =>
    db.execute(sql`
      UPDATE draw_proofs SET ${name} = ${text} WHERE event_id = ${eventId} AND ${name} IS NULL`),
  );
}
