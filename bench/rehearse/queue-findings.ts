/**
 * The laws of the queue, recounted from what its admin is shown of each entry and from the holds of those
 * who did not wait. Must not do I/O. Times are in milliseconds, so what happened in the same one is not told
 * apart; and how many units were free is known only as far as an offer tells.
 */
import type { QueueEntryId } from '../../worker/contract/ids.ts';
import type { QueueRow, ToldEntry } from './shop-client.ts';

export interface QueueEvidence {
  rows: readonly QueueRow[];
  /** What each entry's customer was told last. */
  told: ReadonlyMap<QueueEntryId, ToldEntry>;
  /** Units that somebody was given who did not wait. */
  bought: readonly { atMs: number; units: number }[];
  /** Units that are free in the end. */
  remaining: number;
  opensAtMs: number;
}

export interface QueueFigures {
  entries: number;
  offers: number;
  /** Offers of fewer units than were wished for. */
  smaller: number;
  lapsed: number;
  left: number;
  /** In the end. */
  waiting: number;
  /** From the opening until half of the offers and all of them were made; null without. */
  halfOfferedMs: number | null;
  allOfferedMs: number | null;
}

export function queueFindings(evidence: QueueEvidence): string[] {
  return [
    ...outOfTurn(evidence),
    ...passed(evidence),
    ...wrongOffers(evidence),
    ...idleUnits(evidence),
    ...wrongRanks(evidence),
    ...otherThanTold(evidence),
  ];
}

export function queueFigures({ rows, opensAtMs }: QueueEvidence): QueueFigures {
  const offered = rows.flatMap((row) => (row.order ? { ...row, order: row.order } : []));
  const timesMs = offered
    .map((row) => endOf(row) - opensAtMs)
    .toSorted((one, other) => one - other);
  return {
    entries: rows.length,
    offers: offered.length,
    smaller: offered.filter(({ order, quantity }) => order.quantity < quantity).length,
    lapsed: offered.filter(({ order }) => order.status === 'expired').length,
    left: rows.filter(({ status }) => status === 'left').length,
    waiting: rows.filter(({ status }) => status === 'waiting').length,
    halfOfferedMs: timesMs[Math.floor(timesMs.length / 2)] ?? null,
    allOfferedMs: timesMs.at(-1) ?? null,
  };
}

/** An offer while a lower rank waited whose minimum that offer's units would have met. */
function outOfTurn({ rows }: QueueEvidence): string[] {
  const wrong = rows.filter((row) => {
    const { order, rank } = row;
    if (order === null || rank === null) return false;
    const atMs = endOf(row);
    return rows.some(
      (other) =>
        other.rank !== null &&
        other.rank < rank &&
        other.minQuantity <= order.quantity &&
        waitedAt(other, atMs),
    );
  });
  return finding(wrong.length, 'offers passed somebody who was before them');
}

/** A unit for somebody who did not wait, while an entry waited that it would have served. */
function passed({ rows, bought }: QueueEvidence): string[] {
  const wrong = bought.filter(({ atMs, units }) =>
    rows.some((row) => row.minQuantity <= units && waitedAt(row, atMs)),
  );
  return finding(wrong.length, 'units went to somebody who did not wait');
}

function wrongOffers({ rows, opensAtMs }: QueueEvidence): string[] {
  const offers = rows.filter(({ order }) => order !== null);
  const early = offers.filter((row) => endOf(row) < opensAtMs);
  const size = offers.filter(
    ({ order, quantity, minQuantity }) =>
      order !== null && (order.quantity > quantity || order.quantity < minQuantity),
  );
  const unlike = rows.filter(({ status, order }) => (status === 'offered') !== (order !== null));
  const orders = offers.flatMap(({ order }) => order?.id ?? []);
  return [
    ...finding(early.length, 'offers were made before the opening'),
    ...finding(size.length, 'offers were not of a size that was wished for'),
    ...finding(unlike.length, 'entries and their offers do not agree'),
    ...finding(orders.length - new Set(orders).size, 'offers belong to two entries'),
  ];
}

function idleUnits({ rows, remaining }: QueueEvidence): string[] {
  const servable = rows.filter(
    ({ status, minQuantity, rank }) =>
      status === 'waiting' && rank !== null && minQuantity <= remaining,
  );
  return finding(servable.length, `entries wait while ${remaining} units are free for them`);
}

function wrongRanks({ rows }: QueueEvidence): string[] {
  const ranks = rows.flatMap(({ rank }) => rank ?? []);
  const unranked = rows.filter(({ rank, order }) => rank === null && order !== null);
  return [
    ...finding(ranks.length - new Set(ranks).size, 'entries share a rank'),
    ...finding(unranked.length, 'entries were offered a unit without a rank'),
  ];
}

/** What customers were told is final, and what is in the tables. */
function otherThanTold({ rows, told }: QueueEvidence): string[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const lost = [...told].filter(([id]) => !byId.has(id));
  const other = [...told].filter(([id, { status, orderId }]) => {
    const row = byId.get(id);
    if (row === undefined || status === 'waiting') return false;
    return row.status !== status || (row.order?.id ?? null) !== orderId;
  });
  const skipped = rows.filter(({ status }) => status === 'skipped');
  return [
    ...finding(lost.length, 'entries are lost'),
    ...finding(other.length, 'entries are not what their customers were told'),
    ...finding(skipped.length, 'entries were skipped, of customers who were free to buy'),
  ];
}

function waitedAt({ enteredAt, endedAt }: QueueRow, atMs: number): boolean {
  return Date.parse(enteredAt) < atMs && (endedAt === null || Date.parse(endedAt) > atMs);
}

function endOf({ endedAt }: QueueRow): number {
  return endedAt === null ? Number.NaN : Date.parse(endedAt);
}

function finding(count: number, what: string): string[] {
  return count > 0 ? [`Queue: ${count} ${what}.`] : [];
}
