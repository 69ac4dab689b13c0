/** The report of a sale, through the read cache, and the switch that makes it public. */
import { sql } from 'drizzle-orm';
import type { EventId, EventItemId } from '../../contract/ids.ts';
import {
  type Report,
  type ReportFlow,
  type ReportItem,
  type ReportUnits,
  WAITING_BOUNDS_SECONDS,
} from '../../contract/report.ts';
import { withoutDirectionControls } from '../../contract/visible-text.ts';
import type { CachedRead } from '../cache/cached-read.ts';
import type { ReadCache } from '../cache/read-cache.ts';
import { type Act, logChanges } from './audit.ts';
import { type Db, guarded } from './client.ts';
import { conditionStatement, isMet, wasMet } from './conditions.ts';
import { cachedEvent, type Requester, type Sources } from './public-events.ts';
import { type ReportItemRow, type ReportRow, reportQuery } from './report-query.ts';

/** A closed sale changes by what is given back alone, which nobody waits for. */
const FINAL_FRESH_MS = 5 * 60_000;
const FINAL_AGE_MS_MAX = 10 * 60_000;
/** Of a sale that is under way, or whose last holds are; only admins read the first. */
const UNDER_WAY_AGE_MS_MAX = 10_000;

/**
 * At most ten minutes old; until the sale is closed and no hold lasts, ten seconds. Whether it is public is the
 * caller's to know.
 * @returns undefined without such an event.
 */
export function cachedReport(
  { db, readCache }: { db: Db; readCache: ReadCache },
  id: EventId,
  keepAlive: CachedRead<unknown>['keepAlive'],
): Promise<Report | undefined> {
  return readCache.get({
    key: `report ${id}`,
    keepAlive,
    freshMs: FINAL_FRESH_MS,
    ageMsMax: FINAL_AGE_MS_MAX,
    async read(nowMs) {
      const value = await findReport(db, id, nowMs);
      const changesAtMs = value?.isFinal ? Number.POSITIVE_INFINITY : nowMs + UNDER_WAY_AGE_MS_MAX;
      return value && { value, changesAtMs };
    },
  });
}

/**
 * The report as everybody may read it. Whether they may is at most two seconds old.
 * @returns `no_report` where the sale is not closed, or its report not public.
 */
export async function publicReport(
  sources: Sources,
  id: EventId,
  requester: Requester,
): Promise<Report | 'no_event' | 'no_report'> {
  const event = await cachedEvent(sources, id, requester);
  if (event === undefined) return 'no_event';
  if (event.status !== 'closed' || !event.reportPublic) return 'no_report';
  return (await cachedReport(sources, id, requester.keepAlive)) ?? 'no_event';
}

/** Published or not, closed or not. @returns undefined without such an event. */
export async function findReport(db: Db, id: EventId, nowMs: number): Promise<Report | undefined> {
  const { rows } = await guarded(() => db.execute<ReportRow>(reportQuery(id, nowMs)));
  return rows[0] && reportOf(id, rows[0], nowMs);
}

/** Allowed at any time: it changes nothing that was promised to anybody. @returns false if unknown. */
export async function setReportPublic(
  db: Db,
  { id, reportPublic }: { id: EventId; reportPublic: boolean },
  { actor, condition }: Act,
): Promise<boolean | 'changed'> {
  const [locked, met] = await guarded(() =>
    db.batch([
      db.execute(sql`SELECT id FROM events WHERE id = ${id} FOR NO KEY UPDATE`),
      db.execute<{ met: boolean }>(conditionStatement(condition)),
      db.execute(sql`
        WITH changed AS (
          UPDATE events SET report_public = ${reportPublic}::boolean
           WHERE id = ${id} AND report_public <> ${reportPublic}::boolean AND ${isMet} RETURNING *)
        ${logChanges(
          { actor, action: 'event.report', subject: id },
          sql`SELECT jsonb_build_object('reportPublic', NOT report_public),
                     jsonb_build_object('reportPublic', report_public) FROM changed`,
        )}`),
    ]),
  );
  if (locked.rows.length === 0) return false;
  return wasMet(met.rows) || 'changed';
}

function reportOf(id: EventId, row: ReportRow, nowMs: number): Report {
  const { items: rows, waiting, opensAt } = row;
  const items = rows.map((item) => itemOf(item, opensAt));
  const sum = (numberOf: (item: ReportItemRow) => number) =>
    rows.reduce((total, item) => total + numberOf(item), 0);
  const held = sum(({ units }) => units.held);
  const classes = [...WAITING_BOUNDS_SECONDS, null];
  return {
    id,
    title: withoutDirectionControls(row.title),
    admission: row.admission,
    opensAt,
    closesAt: row.closesAt,
    isFinal: row.status === 'closed' && held === 0,
    cancelledAt: row.cancelledAt,
    countedAt: new Date(nowMs).toISOString(),
    units: { ...sumOf(items.map(({ units }) => units)), countedFrom: 'units' },
    sellOut: { ...soldOut(row.soldOutAt, opensAt), countedFrom: 'sellOut' },
    holds: {
      made: sum(({ orders }) => orders.made),
      confirmed: sum(({ orders }) => orders.confirmed),
      expired: sum(({ orders }) => orders.expired),
      cancelled: sum(({ orders }) => orders.cancelled),
      lasting: sum(({ orders }) => orders.lasting),
      countedFrom: 'holds',
    },
    cameBack: { ...sumOf(items.map(({ cameBack }) => cameBack)), countedFrom: 'cameBack' },
    refusals: { byReason: row.refusals, countedFrom: 'refusals' },
    entries: {
      made: sum(({ entries }) => entries.made),
      offered: sum(({ entries }) => entries.offered),
      confirmed: sum(({ offersConfirmed }) => offersConfirmed),
      left: sum(({ entries }) => entries.left),
      waiting: sum(({ entries }) => entries.waiting),
      skipped: row.skipped,
      countedFrom: 'entries',
    },
    waiting: {
      medianMs: waiting.medianMs,
      p90Ms: waiting.p90Ms,
      longestMs: waiting.longestMs,
      classes: classes.map((underSeconds, n) => ({
        underSeconds,
        count: waiting.classes[n] ?? 0,
      })),
      countedFrom: 'waiting',
    },
    items,
  };
}

function itemOf(row: ReportItemRow, opensAt: string): ReportItem {
  const { total, units, entries, variantLabel } = row;
  const { soldAtOnce, sold, held, expired, cancelled, givenBack, firstHeld } = units;
  const { takenAgainByQueue: toQueue, takenAgainByOthers: toOthers } = units;
  const { made, offered, servedRank, lastRank } = entries;
  const cameBackUnsold = firstHeld - sold - held;
  const left = expired + cancelled + givenBack - toQueue - toOthers;
  return {
    eventItemId: row.eventItemId as EventItemId,
    name: withoutDirectionControls(row.name),
    variantLabel: variantLabel === null ? null : withoutDirectionControls(variantLabel),
    units: {
      total,
      soldAtOnce,
      soldAfterComingBack: sold - soldAtOnce,
      held,
      neverHeld: total - firstHeld,
      cameBackUnsold,
    },
    ...soldOut(row.soldOutAt, opensAt),
    cameBack: { expired, cancelled, givenBack, toQueue, toOthers, left },
    entries: { made, offered, servedRank, lastRank },
  };
}

/** A clock that differs from the object's may have opened it later than its first hold. */
function soldOut(soldOutAt: string | null, opensAt: string) {
  const afterMs = soldOutAt === null ? null : Date.parse(soldOutAt) - Date.parse(opensAt);
  return { soldOutAt, soldOutAfterMs: afterMs === null ? null : Math.max(0, afterMs) };
}

function sumOf<Counts extends ReportFlow | ReportUnits>(all: readonly Counts[]): Counts {
  const sums: Record<string, number> = {};
  for (const counts of all) {
    for (const [name, count] of Object.entries(counts)) sums[name] = (sums[name] ?? 0) + count;
  }
  return sums as unknown as Counts;
}
