/** Judges the sale: what was told against what the database says. Must not do I/O. */
import type { EventId } from '../../worker/contract/ids.ts';
import type { Audit } from './audit.ts';
import {
  type MoneyEvidence,
  type MoneyFigures,
  moneyFigures,
  moneyFindings,
} from './money-findings.ts';
import { type Counts, type Observations, type ObservedHold, total } from './observations.ts';
import { LIMIT_PER_CUSTOMER, type SoldItem, stockOf, unitsToBeSold } from './on-sale.ts';
import { peakUnitsOf, type Span } from './peak-units.ts';
import {
  type QueueEvidence,
  type QueueFigures,
  queueFigures,
  queueFindings,
} from './queue-findings.ts';
import { peakPerSecond, ratePerSecond, type Spread, spread } from './statistics.ts';
import { countStock, surelyHeld } from './stock-counts.ts';

export interface Evidence {
  eventId: EventId;
  seed: number;
  shoppers: number;
  keepers: number;
  items: readonly SoldItem[];
  opensAtMs: number;
  observations: Observations;
  audit: Audit;
  /** Of an item; one where it is left out. */
  limitPerCustomer?: number;
  /** Of a sale with a queue, in which nobody can tell beforehand how many units will be sold. */
  queue?: QueueEvidence | undefined;
  /** Of a sale that is paid online. */
  money?: MoneyEvidence | undefined;
  /** How many besides the keepers may be left with a unit; none where it is left out. */
  maybeBuyers?: number;
}

export interface Verdict {
  ok: boolean;
  /** Why not, one sentence each. */
  findings: string[];
  eventId: EventId;
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
  /** Customers with more of an item than its limit, counted once for each such item. */
  overLimit: number;
  /** In the order of the plan; none where only an item without variants was sold. */
  variants: { label: string; stock: number; sold: number }[];
  /** Null without a queue. */
  queue: QueueFigures | null;
  /** Null where nothing is paid online. */
  money: MoneyFigures | null;
  paying: Record<string, number>;
  /** From the page's yes until the shopper who came back was told that the order is confirmed. */
  paidToConfirmedMs: Spread | null;
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
  const {
    observations,
    audit,
    items,
    opensAtMs,
    keepers,
    queue,
    money,
    maybeBuyers = 0,
  } = evidence;
  const { holds, samples } = observations;
  const stock = stockOf(items);
  const counted = items.map((item) => {
    const variants = item.map((onSale) => ({
      ...onSale,
      ...countStock(onSale, { holds, audit }),
    }));
    const couldBeSold = unitsToBeSold([item], keepers);
    return { variants, couldBeSold, atMost: unitsToBeSold([item], keepers + maybeBuyers) };
  });
  const all = counted.flatMap(({ variants }) => variants);
  const overLimit = items.reduce((sum, item) => sum + customersOverLimit(item, evidence), 0);
  const findings = [
    ...all.flatMap((one) => one.findings),
    ...(queue ? queueFindings(queue) : counted.flatMap((item) => unsold(item, evidence))),
    ...(overLimit > 0 ? [`${overLimit} customers had more of an item than its limit.`] : []),
    ...misconduct(evidence),
    ...(money ? moneyFindings(money) : []),
    ...brokenMoneyLaws(audit),
  ];
  const answeredAtMs = samples.map((sample) => sample.answeredAtMs);
  const firstToldAtMs = holds.length === 0 ? null : earliestTold(holds);
  const { reachedAtMs } = peakUnitsOf(holds.map(heldAsTold), stock);
  return {
    ok: findings.length === 0,
    findings,
    eventId: evidence.eventId,
    seed: evidence.seed,
    shoppers: evidence.shoppers,
    stock,
    couldBeSold: queue ? stock : unitsToBeSold(items, keepers),
    sold: sumOf(all, ({ sold }) => sold),
    held: sumOf(all, ({ held }) => held),
    free: sumOf(all, ({ free }) => free),
    oversold: sumOf(all, ({ oversold }) => oversold),
    lost: sumOf(all, ({ lost }) => lost),
    integrityOk: all.every((one) => one.integrityOk),
    toldConfirmed: sumOf(all, ({ toldConfirmed }) => toldConfirmed),
    overLimit,
    variants: all.flatMap(({ label, ...one }) =>
      label === null ? [] : [{ label, stock: one.stock, sold: one.sold }],
    ),
    queue: queue ? queueFigures(queue) : null,
    ...payingFigures(evidence),
    refused: plain(observations.refused),
    retries: plain(observations.retries),
    gaveUp: plain(observations.gaveUp),
    purchaseRequests: samples.length,
    requestsPerSecond: ratePerSecond(answeredAtMs, {
      fromMs: opensAtMs,
      untilMs: observations.lastFirstAnswerAtMs,
    }),
    requestsPerSecondPeak: peakPerSecond(answeredAtMs),
    latencyMs: spread(samples.map((sample) => sample.tookMs)),
    queuedMs: spread(samples.map((sample) => sample.queuedMs)),
    firstHoldMs: since(opensAtMs, firstToldAtMs),
    allHeldMs: since(opensAtMs, reachedAtMs),
  };
}

function payingFigures({
  observations: { paying, paidToConfirmedMs },
  money,
}: Evidence): Pick<Verdict, 'money' | 'paying' | 'paidToConfirmedMs'> {
  return {
    money: money ? moneyFigures(money) : null,
    paying: plain(paying),
    paidToConfirmedMs: money ? spread(paidToConfirmedMs) : null,
  };
}

/** One item. */
interface Counted {
  variants: readonly { sold: number }[];
  couldBeSold: number;
  atMost: number;
}

/** Whether more or fewer units of an item were sold, over all its variants, than could be. */
function unsold(
  { variants, couldBeSold, atMost }: Counted,
  { audit, observations }: Evidence,
): string[] {
  const sold = sumOf(variants, (one) => one.sold);
  if (!audit.integrity || (sold >= couldBeSold && sold <= atMost)) return [];
  const { toldFinal } = observations;
  return [
    `Sold ${sold} where ${couldBeSold} could be sold.`,
    ...(sold < couldBeSold && toldFinal > 0
      ? [`${toldFinal} were told that nothing would come back.`]
      : []),
  ];
}

/** By the orders as they are now, and by what was surely held at one time. */
function customersOverLimit(
  item: SoldItem,
  { observations, audit, limitPerCustomer = LIMIT_PER_CUSTOMER }: Evidence,
): number {
  const ids = new Set(item.map(({ eventItemId }) => eventItemId));
  const holds = observations.holds.filter(({ eventItemId }) => ids.has(eventItemId));
  const rows = [...audit.rows.values()].filter(
    ({ eventItemId, status }) =>
      ids.has(eventItemId) && (status === 'confirmed' || status === 'pending'),
  );
  const unitsInRows = Map.groupBy(rows, ({ shopper }) => shopper);
  const customers = Map.groupBy(holds, ({ shopper }) => shopper);
  return [...customers].filter(([shopper, theirs]) => {
    const { peakUnits } = peakUnitsOf(theirs.flatMap(surelyHeld), limitPerCustomer);
    const units = sumOf(unitsInRows.get(shopper) ?? [], (row) => row.units);
    return Math.max(peakUnits, units) > limitPerCustomer;
  }).length;
}

function misconduct({ observations, audit }: Evidence): string[] {
  const findings: string[] = [];
  if (audit.unread.size > 0) {
    findings.push(`${audit.unread.size} order histories could not be read.`);
  }
  if (observations.doubled > 0)
    findings.push(`${observations.doubled} double clicks made two orders.`);
  for (const [what, count] of observations.unexpected)
    findings.push(`Not as agreed, ${count}×: ${what}.`);
  const gaveUp = total(observations.gaveUp);
  if (gaveUp > 0) findings.push(`${gaveUp} shoppers never got an answer they could act on.`);
  return findings;
}

/** By the shop's own recount. */
function brokenMoneyLaws({ integrity }: Audit): string[] {
  const broken = Object.entries(integrity?.money.broken ?? {});
  return broken.map(([law, count]) => `The shop finds ${law} in the money of ${count} orders.`);
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

function sumOf<T>(all: readonly T[], units: (one: T) => number): number {
  return all.reduce((sum, one) => sum + units(one), 0);
}
