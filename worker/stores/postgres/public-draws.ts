/**
 * Draws as anyone may read them, through caches: so that checking one costs the database little, however many
 * do. Nothing here names a customer.
 */
import { and, eq, ne, or, type SQL, sql } from 'drizzle-orm';
import type { Draw, DrawCounts } from '../../contract/draw.ts';
import type { EventId } from '../../contract/ids.ts';
import { drawChangesAtMs, isSaleOver, type KeptDraw, publicDraw } from '../../draw/public-draw.ts';
import type { CachedRead } from '../cache/cached-read.ts';
import { compressed, plain } from '../cache/compressed-text.ts';
import type { ReadCache } from '../cache/read-cache.ts';
import { type Db, guarded } from './client.ts';
import { cachedCounts } from './draw-counts.ts';
import { drawProofs } from './draw-schema.ts';
import { cachedByEventId, type Requester, type Sources } from './public-events.ts';
import { draws, eventQueues } from './queue-schema.ts';
import { events } from './schema.ts';

/** Some 300 kB of text: what one call to the database brings back, and what a reader's stream holds at a time. */
export const RECORDS_PER_PAGE = 1_000;
/**
 * Of all draws in an isolate, some 9 MB, since they are kept compressed. All of a draw that 100,000 entered: whoever
 * reads it in order would else find none, as each page takes the place of the one that is asked for next.
 */
export const RECORD_PAGES_KEPT_MAX = 150;
/** What becomes of the entries changes with each turn, and is told so late at the most. */
const OUTCOMES_FRESH_MS = 5_000;
const OUTCOMES_AGE_MS_MAX = 10_000;

/**
 * `chained`: its records are what they are, for good. `drawn`: their outcomes change. `quiet`: they may, and have
 * not for a while. `over`: nothing is offered any more.
 */
export type RecordsPhase = 'chained' | 'drawn' | 'quiet' | 'over';

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
  const isTagged = phase === 'over' || phase === 'quiet';
  const page = await recordPages.get({
    key: `records ${id} ${after} ${last} ${isTagged ? recordsTag : phase}`,
    ...requester,
    ...livesOf(phase),
    async read() {
      const lines = await readLines(db, { id, after, last, isDrawn: phase !== 'chained' });
      return { value: await compressed(lines), changesAtMs: Number.POSITIVE_INFINITY };
    },
  });
  const text = page === undefined ? '' : await plain(page);
  return { text: withoutLines(text, first - 1 - after), next: last + 1 };
}

function withoutLines(text: string, count: number): string {
  let at = 0;
  for (let n = 0; n < count; n++) {
    const end = text.indexOf('\n', at);
    if (end === -1) return '';
    at = end + 1;
  }
  return text.slice(at);
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
  settledAt: Date | null;
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

function foundDraw(found: Found, draw: Draw, nowMs: number): FoundDraw {
  const { kept, isPublished, settlement, settledAt } = found;
  if (draw.status !== 'drawn') {
    return { draw, phase: 'chained', recordsTag: `${draw.records}` };
  }
  // Whatever changes an outcome is another settlement, also of a sale that is opened again.
  const recordsTag = `${draw.records}-${settlement}`;
  if (!isPublished || isSaleOver(kept, nowMs)) return { draw, phase: 'over', recordsTag };
  // While one follows the other, each would be a list to be read anew.
  const isQuiet = settledAt !== null && settledAt.getTime() + OUTCOMES_AGE_MS_MAX <= nowMs;
  if (isQuiet) return { draw, phase: 'quiet', recordsTag };
  return { draw, phase: 'drawn', recordsTag: undefined };
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
        settledAt: eventQueues.settledAt,
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
  const { isPublished, settlement, settledAt, entries, ...kept } = row;
  return {
    kept: { ...kept, entries: entries ?? 0 },
    isPublished,
    settlement: settlement ?? 0,
    settledAt,
  };
}

function newestRecord(): SQL<KeptDraw['newest']> {
  return sql`(SELECT jsonb_build_object('seq', r.seq, 'head', encode(r.head, 'hex'), 'firstMs',
      (SELECT epoch_ms(f.at) FROM draw_records f WHERE f.event_id = ${events.id} AND f.seq = 1))
    FROM draw_records r WHERE r.event_id = ${events.id} ORDER BY r.seq DESC LIMIT 1)`;
}

/**
 * One JSON a line, in the order of the chain. What left before the lock has no rank. Postgres writes the lines: to make
 * each anew of its row would take the runtime several times as long.
 */
async function readLines(
  db: Db,
  page: { id: EventId; after: number; last: number; isDrawn: boolean },
): Promise<string> {
  const { id, after, last, isDrawn } = page;
  const result = sql`, CASE WHEN r.kind = 'enter' THEN e.rank END AS "rank", e.status AS "outcome", e.reason AS "reason"`;
  const { rows } = await guarded(() =>
    db.execute<{ lines: string | null }>(sql`
      SELECT string_agg(row_to_json(l)::text || E'\n', '' ORDER BY l.seq) AS lines
        FROM (SELECT r.seq AS "seq", r.kind AS "kind", e.id AS "entryId", e.event_item_id AS "eventItemId",
                     e.quantity AS "quantity", e.min_quantity AS "minQuantity",
                     to_char(r.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "at",
                     encode(r.head, 'hex') AS "head"${isDrawn ? result : sql``}
                FROM draw_records r JOIN queue_entries e ON e.id = r.entry_id
               WHERE r.event_id = ${id} AND r.seq > ${after} AND r.seq <= ${last}) l`),
  );
  return rows[0]?.lines ?? '';
}
