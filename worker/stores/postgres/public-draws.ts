/**
 * Draws as anyone may read them, through caches: so that checking one costs the database little, however many
 * do. Nothing here names a customer.
 */
import { and, asc, eq, gt, lte, ne, or, type SQL, sql } from 'drizzle-orm';
import type { Draw, DrawCounts, DrawEntry } from '../../contract/draw.ts';
import type { EventId } from '../../contract/ids.ts';
import { drawChangesAtMs, isSaleOver, type KeptDraw, publicDraw } from '../../draw/public-draw.ts';
import type { CachedRead } from '../cache/cached-read.ts';
import type { ReadCache } from '../cache/read-cache.ts';
import { type Db, guarded } from './client.ts';
import { cachedCounts } from './draw-counts.ts';
import { drawProofs, drawRecords } from './draw-schema.ts';
import { cachedByEventId, type Requester, type Sources } from './public-events.ts';
import { draws, eventQueues, queueEntries } from './queue-schema.ts';
import { events } from './schema.ts';

/** Some 300 kB of text: what one call to the database brings back, and what a reader's stream holds at a time. */
export const RECORDS_PER_PAGE = 1_000;
/** Of all draws in an isolate, some 15 MB. */
export const RECORD_PAGES_KEPT_MAX = 50;
/** What becomes of the entries changes with each turn, and is told so late at the most. */
const OUTCOMES_FRESH_MS = 5_000;
const OUTCOMES_AGE_MS_MAX = 10_000;

/**
 * `chained`: its records are what they are, for good. `drawn`: their outcomes change. `over`: nothing is offered
 * any more.
 */
export type RecordsPhase = 'chained' | 'drawn' | 'over';

export interface FoundDraw {
  draw: Draw;
  phase: RecordsPhase;
  /** Another one for other records; undefined while it may change at any time. */
  recordsTag: string | undefined;
}

type RecordSources = Sources & { recordPages: ReadCache };

/**
 * At most two seconds old.
 *
 * @returns undefined without such an event, where it has no draw, and where it is not published and nobody had
 *   entered. Throws a Fault.
 */
export function cachedDraw(
  { db, readCache, known }: Sources,
  id: EventId,
  requester: Requester,
): Promise<FoundDraw | undefined> {
  return cachedByEventId(known.events, { id, requester }, (read) =>
    readCache.get({
      key: `draw ${id}`,
      ...read,
      async read(nowMs) {
        const found = await findDraw(db, id);
        if (found === undefined) return undefined;
        known.events.note(id);
        const bare = publicDraw(found.kept, nowMs);
        const counts = await countsOf({ db, readCache }, { id, found, bare }, read);
        const value = foundDraw(found, { ...bare, counts }, nowMs);
        return { value, changesAtMs: drawChangesAtMs(found.kept, nowMs) };
      },
    }),
  );
}

/**
 * Records from `first` on to the end of their page, one JSON a line, without those past the draw's last one.
 *
 * @param first from 1 on.
 */
export async function cachedRecords(
  { db, recordPages }: RecordSources,
  of: { id: EventId; found: FoundDraw; first: number },
  requester: Requester,
): Promise<{ text: string; next: number }> {
  const { id, found, first } = of;
  const { phase, draw, recordsTag } = found;
  const after = Math.floor((first - 1) / RECORDS_PER_PAGE) * RECORDS_PER_PAGE;
  const last = Math.min(after + RECORDS_PER_PAGE, draw.records);
  const lines = await recordPages.get<string[]>({
    key: `records ${id} ${after} ${last} ${phase === 'over' ? recordsTag : phase}`,
    ...requester,
    ...livesOf(phase),
    read: async () => ({
      value: (await readRecords(db, { id, after, last, isDrawn: phase !== 'chained' })).map(
        (record) => `${JSON.stringify(record)}\n`,
      ),
      changesAtMs: Number.POSITIVE_INFINITY,
    }),
  });
  const text = (lines ?? []).slice(first - 1 - after).join('');
  return { text, next: last + 1 };
}

/** How long a page is used. */
function livesOf(phase: RecordsPhase): Pick<CachedRead<unknown>, 'freshMs' | 'ageMsMax'> {
  return phase === 'drawn'
    ? { freshMs: OUTCOMES_FRESH_MS, ageMsMax: OUTCOMES_AGE_MS_MAX }
    : { freshMs: Number.POSITIVE_INFINITY };
}

interface Found {
  kept: KeptDraw;
  isPublished: boolean;
  settlement: number;
}

/** Null until somebody enters. */
async function countsOf(
  stores: Pick<Sources, 'db' | 'readCache'>,
  of: { id: EventId; found: Found; bare: Omit<Draw, 'counts'> },
  requester: Requester,
): Promise<DrawCounts | null> {
  const { id, found, bare } = of;
  const firstMs = found.kept.newest?.firstMs ?? null;
  if (bare.start === null || firstMs === null) return null;
  const { records, status, start } = bare;
  const closeMs = start.entriesCloseAtMs;
  const chain = { eventId: id, firstMs, closeMs, records, isOpen: status === 'open' };
  return cachedCounts(stores, chain, requester);
}

function foundDraw({ kept, isPublished, settlement }: Found, draw: Draw, nowMs: number): FoundDraw {
  if (draw.status !== 'drawn') {
    return { draw, phase: 'chained', recordsTag: `${draw.records}` };
  }
  if (isPublished && !isSaleOver(kept, nowMs))
    return { draw, phase: 'drawn', recordsTag: undefined };
  // A sale that is opened again goes on with another settlement.
  return { draw, phase: 'over', recordsTag: `${draw.records}-${settlement}` };
}

async function findDraw(db: Db, id: EventId): Promise<Found | undefined> {
  const rows = await guarded(() =>
    db
      .select({
        isPublished: events.published,
        plan: {
          startsAt: events.startsAt,
          endsAt: events.endsAt,
          closedAt: events.closedAt,
          beacon: events.drawBeacon,
        },
        lock: draws,
        proof: drawProofs,
        newest: newestRecord(),
        entries: eventQueues.lastSeq,
        settlement: eventQueues.settlement,
      })
      .from(events)
      .leftJoin(draws, eq(draws.eventId, events.id))
      .leftJoin(drawProofs, eq(drawProofs.eventId, events.id))
      .leftJoin(eventQueues, eq(eventQueues.eventId, events.id))
      .where(
        and(
          eq(events.id, id),
          eq(events.admission, 'draw'),
          // What somebody has a receipt of stays.
          or(eq(events.published, true), ne(drawProofs.number, 0)),
        ),
      ),
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  const { isPublished, settlement, entries, ...kept } = row;
  return {
    kept: { ...kept, entries: entries ?? 0 },
    isPublished,
    settlement: settlement ?? 0,
  };
}

function newestRecord(): SQL<KeptDraw['newest']> {
  return sql`(SELECT jsonb_build_object('seq', r.seq, 'head', encode(r.head, 'hex'), 'firstMs',
      (SELECT epoch_ms(f.at) FROM draw_records f WHERE f.event_id = ${events.id} AND f.seq = 1))
    FROM draw_records r WHERE r.event_id = ${events.id} ORDER BY r.seq DESC LIMIT 1)`;
}

/** In the order of the chain. What left before the lock has no rank. */
async function readRecords(
  db: Db,
  page: { id: EventId; after: number; last: number; isDrawn: boolean },
): Promise<DrawEntry[]> {
  const { id, after, last, isDrawn } = page;
  const rows = await guarded(() =>
    db
      .select({
        seq: drawRecords.seq,
        kind: sql<DrawEntry['kind']>`${drawRecords.kind}`,
        entryId: queueEntries.id,
        eventItemId: queueEntries.eventItemId,
        quantity: queueEntries.quantity,
        minQuantity: queueEntries.minQuantity,
        at: drawRecords.at,
        head: sql<string>`encode(${drawRecords.head}, 'hex')`,
        rank: queueEntries.rank,
        outcome: queueEntries.status,
        reason: queueEntries.reason,
      })
      .from(drawRecords)
      .innerJoin(queueEntries, eq(queueEntries.id, drawRecords.entryId))
      .where(
        and(eq(drawRecords.eventId, id), gt(drawRecords.seq, after), lte(drawRecords.seq, last)),
      )
      .orderBy(asc(drawRecords.seq)),
  );
  return rows.map(({ rank, outcome, reason, ...row }) => {
    const record = { ...row, at: row.at.toISOString() };
    if (!isDrawn) return record;
    return { ...record, rank: row.kind === 'leave' ? null : rank, outcome, reason };
  });
}
