/** Judges the sale: what was told against what the database says. Must not do I/O. */
import type { EventItemId } from '../../worker/contract/ids.ts';
import type { Audit } from './audit.ts';
import {
  type Counts,
  confirmedUnits,
  type Observations,
  type ObservedHold,
  total,
} from './observations.ts';
import { peakUnitsOf, type Span } from './peak-units.ts';
import { peakPerSecond, ratePerSecond, type Spread, spread } from './statistics.ts';
import { CLOCK_MARGIN_MS } from './timing.ts';

export interface Evidence {
  seed: number;
  shoppers: number;
  keepers: number;
  stock: number;
  eventItemId: EventItemId;
  opensAtMs: number;
  observations: Observations;
  audit: Audit;
}

export interface Verdict {
  ok: boolean;
  /** Why not, one sentence each. */
  findings: string[];
  seed: number;
  shoppers: number;
  stock: number;
  couldBeSold: number;
  sold: number;
  held: number;
  free: number;
  oversold: number;
  lost: number;
  integrityOk: boolean;
  toldConfirmed: number;
  refused: Record<string, number>;
  retries: Record<string, number>;
  gaveUp: Record<string, number>;
  purchaseRequests: number;
  requestsPerSecond: number;
  requestsPerSecondPeak: number;
  latencyMs: Spread;
  queuedMs: Spread;
  firstHoldMs: number | null;
  allHeldMs: number | null;
}

export function judge(evidence: Evidence): Verdict {
  const { observations, audit, stock, opensAtMs } = evidence;
  const item = audit.integrity?.items.find((one) => one.eventItemId === evidence.eventItemId);
  const counts = {
    sold: item?.sold ?? 0,
    held: item?.held ?? 0,
    free: item?.remaining ?? 0,
    toldConfirmed: confirmedUnits(observations.holds),
    couldBeSold: Math.min(stock, evidence.keepers),
    oversold: Math.max(0, mostUnits(evidence) - stock),
    lost: observations.holds.filter((hold) => isLost(hold, audit)).length,
  };
  const lawFindings = item ? brokenLaw(item, stock) : ['The stock could not be recounted.'];
  const integrityOk = audit.integrity?.ok === true && item?.ok === true && lawFindings.length === 0;
  if (item && !integrityOk && lawFindings.length === 0) {
    lawFindings.push('The shop itself says that its counters are wrong.');
  }
  const findings = [
    ...lawFindings,
    ...brokenPromises(counts, evidence),
    ...misconduct(observations),
  ];
  const answeredAtMs = observations.samples.map((sample) => sample.answeredAtMs);
  const firstToldAtMs = observations.holds.length === 0 ? null : earliestTold(observations.holds);
  const { reachedAtMs } = peakUnitsOf(observations.holds.map(heldAsTold), stock);
  return {
    ok: findings.length === 0,
    findings,
    seed: evidence.seed,
    shoppers: evidence.shoppers,
    stock,
    ...counts,
    integrityOk,
    refused: plain(observations.refused),
    retries: plain(observations.retries),
    gaveUp: plain(observations.gaveUp),
    purchaseRequests: observations.samples.length,
    requestsPerSecond: ratePerSecond(answeredAtMs, {
      fromMs: opensAtMs,
      untilMs: observations.lastFirstAnswerAtMs,
    }),
    requestsPerSecondPeak: peakPerSecond(answeredAtMs),
    latencyMs: spread(observations.samples.map((sample) => sample.tookMs)),
    queuedMs: spread(observations.samples.map((sample) => sample.queuedMs)),
    firstHoldMs: since(opensAtMs, firstToldAtMs),
    allHeldMs: since(opensAtMs, reachedAtMs),
  };
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

type UnitCounts = Pick<
  Verdict,
  'sold' | 'held' | 'toldConfirmed' | 'couldBeSold' | 'oversold' | 'lost'
>;

function brokenPromises(counts: UnitCounts, evidence: Evidence): string[] {
  const { audit, observations, stock } = evidence;
  const { sold, held, toldConfirmed, couldBeSold, oversold, lost } = counts;
  const findings: string[] = [];
  if (oversold > 0) findings.push(`Oversold: ${oversold} more than the ${stock} there were.`);
  if (lost > 0) findings.push(`Lost: ${lost} told "confirmed" whose order does not say so.`);
  const rowsSold = Math.max(confirmedRows(audit), sold);
  if (rowsSold > toldConfirmed) {
    findings.push(`Sold to nobody: ${rowsSold} sold, but only ${toldConfirmed} were told so.`);
  }
  if (held > 0) findings.push(`Stranded: ${held} still held after every hold has ended.`);
  if (audit.integrity && sold !== couldBeSold) {
    findings.push(`Sold ${sold} where ${couldBeSold} could be sold.`);
    if (sold < couldBeSold && observations.toldFinal > 0) {
      findings.push(`${observations.toldFinal} were told that nothing would come back.`);
    }
  }
  if (audit.unread.size > 0)
    findings.push(`${audit.unread.size} order histories could not be read.`);
  return findings;
}

function misconduct(observations: Observations): string[] {
  const findings: string[] = [];
  if (observations.doubled > 0)
    findings.push(`${observations.doubled} double clicks made two orders.`);
  for (const [what, count] of observations.unexpected)
    findings.push(`Not as agreed, ${count}×: ${what}.`);
  const gaveUp = total(observations.gaveUp);
  if (gaveUp > 0) findings.push(`${gaveUp} shoppers never got an answer they could act on.`);
  return findings;
}

function isLost(hold: ObservedHold, audit: Audit): boolean {
  if (hold.ending !== 'confirmed' || audit.unread.has(hold.shopper)) return false;
  return audit.rows.get(hold.orderId)?.status !== 'confirmed';
}

/** The largest of all counts: a shop that oversells may also report wrong counts. */
function mostUnits({ observations, audit, eventItemId, stock }: Evidence): number {
  const item = audit.integrity?.items.find((one) => one.eventItemId === eventItemId);
  const { peakUnits } = peakUnitsOf(observations.holds.flatMap(surelyHeld), stock);
  return Math.max(
    confirmedUnits(observations.holds),
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
function surelyHeld(hold: ObservedHold): Span[] {
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

function heldAsTold(hold: ObservedHold): Span {
  const span = { fromMs: hold.toldAtMs, units: hold.units };
  if (hold.ending === 'confirmed') return { ...span, untilMs: Number.POSITIVE_INFINITY };
  return { ...span, untilMs: hold.endedByMs ?? hold.expiresAtMs };
}

function earliestTold(holds: readonly ObservedHold[]): number {
  return holds.reduce((first, hold) => Math.min(first, hold.toldAtMs), Number.POSITIVE_INFINITY);
}

function since(opensAtMs: number, atMs: number | null): number | null {
  return atMs === null ? null : Math.round(atMs - opensAtMs);
}

function plain(counts: Counts): Record<string, number> {
  return Object.fromEntries([...counts].toSorted(([a], [b]) => a.localeCompare(b)));
}
