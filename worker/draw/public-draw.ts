/** What is told of a draw in public, from what is kept of it: contract/draw.ts. Pure. */
import {
  DRAW_VERSION,
  type Draw,
  type DrawStart,
  type DrawStatus,
  type GiveUpReason,
  type NamedBeacon,
} from '../contract/draw.ts';
import { nameRound } from './beacon-rounds.ts';

/** An event that has a draw, with all that is kept of it. */
export interface KeptDraw {
  plan: {
    startsAt: Date;
    endsAt: Date;
    /** When it was closed by hand. */
    closedAt: Date | null;
    /** Null where the event was planned before it was kept. */
    beacon: NamedBeacon | null;
  };
  /** Null until its entries are locked. */
  lock: {
    lockedAt: Date;
    entryCount: number;
    seed: string | null;
    drawnAt: Date | null;
  } | null;
  /** Null where nobody has entered. */
  proof: {
    number: number;
    start: DrawStart;
    records: number | null;
    head: string | null;
    signature: string | null;
    randomness: string | null;
    ranking: string | null;
    givenUpAt: Date | null;
    givenUpReason: GiveUpReason | null;
    lockedStatement: string | null;
    drawnStatement: string | null;
    givenUpStatement: string | null;
  } | null;
  /** The last record of the chain, and when the first one behind the start was made. */
  newest: { seq: number; head: string; firstMs: number | null } | null;
  /** Of all that entered. */
  entries: number;
}

/** All but the counts over time, which are read apart. */
export function publicDraw(kept: KeptDraw, nowMs: number): Omit<Draw, 'counts'> {
  const { lock, proof, newest } = kept;
  const { roundAtMs, ...beacon } = beaconOf(kept);
  const statements = statementsOf(proof);
  return {
    version: DRAW_VERSION,
    number: proof?.number ?? null,
    status: statusOf(kept, nowMs),
    entries: proof === null ? 0 : (lock?.entryCount ?? kept.entries),
    records: proof?.records ?? newest?.seq ?? 0,
    head: proof?.head ?? newest?.head ?? null,
    start: proof?.start ?? null,
    beacon: { ...beacon, roundAt: new Date(roundAtMs).toISOString() },
    lockedAt: textOf(lock?.lockedAt),
    randomness: proof?.randomness ?? null,
    signature: proof?.signature ?? null,
    // Without a proof a seed of an older version proves nothing.
    seed: isProven(kept) ? (lock?.seed ?? null) : null,
    ranking: proof?.ranking ?? null,
    drawnAt: textOf(lock?.drawnAt),
    givenUp: givenUpOf(kept, nowMs),
    statement: statements.at(-1) ?? null,
    statements,
  };
}

/** When the clock alone will have changed it, in milliseconds since the epoch; or Infinity. */
export function drawChangesAtMs(kept: KeptDraw, nowMs: number): number {
  const { startsAt, endsAt } = kept.plan;
  const changes = [startsAt.getTime(), endsAt.getTime(), beaconOf(kept).roundAtMs];
  return Math.min(...changes.filter((atMs) => atMs > nowMs));
}

/** Whether no entry is offered anything any more. */
export function isSaleOver({ plan }: KeptDraw, nowMs: number): boolean {
  return plan.closedAt !== null || plan.endsAt.getTime() <= nowMs;
}

function statusOf(kept: KeptDraw, nowMs: number): DrawStatus {
  const { lock, proof, plan } = kept;
  if (givenUpOf(kept, nowMs) !== null) return 'given_up';
  if (lock !== null && lock.drawnAt !== null) return 'drawn';
  // Nobody entered: it needs no beacon.
  if (proof === null && plan.startsAt.getTime() <= nowMs) return 'drawn';
  if (lock === null) return 'open';
  return nowMs < beaconOf(kept).roundAtMs ? 'locked' : 'waiting_for_beacon';
}

/** Where nobody had entered, nothing is written down, and closing the event before it opened was the end. */
function givenUpOf({ proof, lock, plan }: KeptDraw, nowMs: number): Draw['givenUp'] {
  if (proof !== null) {
    const { givenUpAt, givenUpReason: reason } = proof;
    return givenUpAt && reason && { at: givenUpAt.toISOString(), reason };
  }
  const { closedAt, startsAt } = plan;
  const isCancelled = closedAt !== null && closedAt < startsAt && closedAt.getTime() <= nowMs;
  const isDrawn = lock !== null && lock.drawnAt !== null;
  return isCancelled && !isDrawn ? { at: closedAt.toISOString(), reason: 'cancelled' } : null;
}

function beaconOf({ proof, plan }: KeptDraw): NamedBeacon {
  if (proof !== null) return proof.start.beacon;
  if (plan.beacon !== null) return plan.beacon;
  return nameRound('local', { chain: '', publicKey: '' }, plan.startsAt.getTime());
}

function isProven({ proof }: KeptDraw): boolean {
  return proof !== null && proof.signature !== null;
}

function statementsOf(proof: KeptDraw['proof']): string[] {
  if (proof === null) return [];
  const { lockedStatement, drawnStatement, givenUpStatement } = proof;
  return [lockedStatement, drawnStatement, givenUpStatement].filter((text) => text !== null);
}

function textOf(at: Date | null | undefined): string | null {
  return at?.toISOString() ?? null;
}
