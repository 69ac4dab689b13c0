/** Counts and judges one event item: what was told of it against what the database says. Must not do I/O. */
import type { EventItemId } from '../../worker/contract/ids.ts';
import type { Audit } from './audit.ts';
import { confirmedUnits, type ObservedHold } from './observations.ts';
import type { OnSale } from './on-sale.ts';
import { peakUnitsOf, type Span } from './peak-units.ts';
import { CLOCK_MARGIN_MS } from './timing.ts';

/** Of one event item. */
export interface StockCounts {
  sold: number;
  held: number;
  free: number;
  toldConfirmed: number;
  oversold: number;
  lost: number;
  integrityOk: boolean;
  /** What is wrong, one sentence each; of a variant they begin with its label. */
  findings: string[];
}

interface Found {
  holds: readonly ObservedHold[];
  audit: Audit;
}

export function countStock(onSale: OnSale, all: Found): StockCounts {
  const found = foundOf(onSale.eventItemId, all);
  const { holds, audit } = found;
  const item = lawItemOf(onSale, audit);
  const counts = {
    sold: item?.sold ?? 0,
    held: item?.held ?? 0,
    free: item?.remaining ?? 0,
    toldConfirmed: confirmedUnits(holds),
    oversold: Math.max(0, mostUnits(onSale, found) - onSale.stock),
    lost: holds.filter((hold) => isLost(hold, audit)).length,
  };
  const lawFindings = item ? brokenLaw(item, onSale.stock) : ['The stock could not be recounted.'];
  if (item?.ok === false && lawFindings.length === 0) {
    lawFindings.push('The shop itself says that its counters are wrong.');
  }
  const integrityOk = audit.integrity?.ok === true && lawFindings.length === 0;
  const findings = [...lawFindings, ...brokenPromises(counts, { stock: onSale.stock, audit })];
  const named = findings.map((text) => (onSale.label === null ? text : `${onSale.label}: ${text}`));
  return { ...counts, integrityOk, findings: named };
}

function foundOf(id: EventItemId, { holds, audit }: Found): Found {
  const rows = [...audit.rows].filter(([, row]) => row.eventItemId === id);
  return {
    holds: holds.filter((hold) => hold.eventItemId === id),
    audit: { ...audit, rows: new Map(rows) },
  };
}

function lawItemOf({ eventItemId }: OnSale, { integrity }: Audit): LawItem | undefined {
  return integrity?.items.find((one) => one.eventItemId === eventItemId);
}

type LawItem = NonNullable<Audit['integrity']>['items'][number];

function brokenLaw(item: LawItem, stock: number): string[] {
  const { total: all, remaining, held, sold, recounted } = item;
  const findings: string[] = [];
  if (remaining + held + sold !== all || Math.min(remaining, held, sold) < 0) {
    findings.push(`The law is broken: ${remaining} free + ${held} held + ${sold} sold of ${all}.`);
  }
  if (all !== stock) findings.push(`The stock was ${stock} and is now said to be ${all}.`);
  if (sold !== recounted.sold || held !== recounted.held) {
    findings.push(
      `The counters say ${sold} sold and ${held} held, the orders ${recounted.sold} and ${recounted.held}.`,
    );
  }
  return findings;
}

function brokenPromises(
  { sold, held, toldConfirmed, oversold, lost }: Omit<StockCounts, 'integrityOk' | 'findings'>,
  { stock, audit }: { stock: number; audit: Audit },
): string[] {
  const findings: string[] = [];
  if (oversold > 0) findings.push(`Oversold: ${oversold} more than the ${stock} there were.`);
  if (lost > 0) findings.push(`Lost: ${lost} told "confirmed" whose order does not say so.`);
  const rowsSold = Math.max(confirmedRows(audit), sold);
  if (rowsSold > toldConfirmed) {
    findings.push(`Sold to nobody: ${rowsSold} sold, but only ${toldConfirmed} were told so.`);
  }
  if (held > 0) findings.push(`Stranded: ${held} still held after every hold has ended.`);
  return findings;
}

function isLost(hold: ObservedHold, audit: Audit): boolean {
  if (hold.ending !== 'confirmed' || audit.unread.has(hold.shopper)) return false;
  return audit.rows.get(hold.orderId)?.status !== 'confirmed';
}

/** The largest of all counts: a shop that oversells may also report wrong counts. */
function mostUnits(onSale: OnSale, { holds, audit }: Found): number {
  const item = lawItemOf(onSale, audit);
  const { peakUnits } = peakUnitsOf(holds.flatMap(surelyHeld), onSale.stock);
  return Math.max(
    confirmedUnits(holds),
    confirmedRows(audit),
    item?.sold ?? 0,
    item?.recounted.sold ?? 0,
    peakUnits,
  );
}

function confirmedRows(audit: Audit): number {
  let units = 0;
  for (const row of audit.rows.values()) if (row.status === 'confirmed') units += row.units;
  return units;
}

/**
 * When, by the shop's own answers, a unit was surely taken. One that was not bought counts only
 * until its holder asked for anything, for that may have been to cancel; a confirm that came late
 * counts only from its answer, for the unit may have been free in between.
 */
export function surelyHeld(hold: ObservedHold): Span[] {
  const { units, committedByMs, endedByMs, endAskedAtMs } = hold;
  const expiresMs = hold.expiresAtMs - CLOCK_MARGIN_MS;
  const forGood = { fromMs: committedByMs, untilMs: Number.POSITIVE_INFINITY, units };
  if (hold.ending !== 'confirmed' || endedByMs === null) {
    const askedMs = (endAskedAtMs ?? Number.POSITIVE_INFINITY) - CLOCK_MARGIN_MS;
    return [{ ...forGood, untilMs: Math.min(expiresMs, askedMs) }];
  }
  if (endedByMs <= expiresMs) return [forGood];
  return [
    { ...forGood, untilMs: expiresMs },
    { ...forGood, fromMs: endedByMs },
  ];
}
