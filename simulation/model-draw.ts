/** The model's draw: when entries are locked, how they are ranked by a seed, and what proves it. */
import { createHmac } from 'node:crypto';
import type { DrawStart, GiveUpReason } from '../worker/contract/draw.ts';
import type { QueueEntryId } from '../worker/contract/ids.ts';
import type { BeaconRound } from '../worker/draw/beacon.ts';
import type { PlannedDraw } from '../worker/draw/draw-event.ts';
import { ModelChain, rankingOf } from './model-chain.ts';
import type {
  ChainRow,
  DrawRow,
  EntryRow,
  ProofRow,
  QueueRow,
  SignedStatement,
} from './queue-rows.ts';
import type { Scenario } from './scenario.ts';
import type { SizedItem } from './sizes.ts';

/** Of the beacon that a draw gets for which none was named. */
const ROUND_MS = 3_000;
/** For how long a beacon has to be silent. */
const SILENT_MS = 3_600_000;

/** By what a draw is made. */
export interface DrawnBy {
  seed: Uint8Array;
  round: BeaconRound | undefined;
  nowMs: number;
}

export class ModelDraw {
  readonly #scenario: Scenario;
  readonly #chain = new ModelChain();
  #row: DrawRow | null = null;
  #proof: ProofRow | null = null;

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
  }

  get isPlanned(): boolean {
    return this.#scenario.queuePlan.admission === 'draw';
  }

  /** Until then nothing is sold or offered. */
  get isToCome(): boolean {
    return this.isPlanned && (this.#row?.drawnAtMs ?? null) === null && !this.#isGivenUp;
  }

  get #isGivenUp(): boolean {
    return this.#proof !== null && this.#proof.givenUpAtMs !== null;
  }

  /** Whether new entries go behind all others. */
  get takesNoMore(): boolean {
    return !this.isPlanned || this.#row !== null;
  }

  get times(): { drawAtMs: number | null; locksAtMs: number | null } {
    const { startsAtMs, queuePlan } = this.#scenario;
    const locksAtMs = this.#row === null ? queuePlan.entriesCloseAtMs : null;
    return { drawAtMs: this.isToCome ? startsAtMs : null, locksAtMs };
  }

  /** Chains an entry that is new. The first one fixes what the draw depends on. */
  enter(entry: EntryRow, { items, atMs }: { items: readonly SizedItem[]; atMs: number }): void {
    if (this.takesNoMore) return;
    if (this.#proof === null) {
      const start = this.#startOf(items);
      this.#proof = { number: start.number, start, ...UNLOCKED, ...UNDRAWN, ...UNSTATED };
      this.#chain.start(start, atMs);
    }
    const { seq, head } = this.#chain.add('enter', entry, atMs);
    entry.record = { seq, head };
  }

  leave(entry: EntryRow, atMs: number): void {
    if (!this.takesNoMore) this.#chain.add('leave', entry, atMs);
  }

  lockIfDue(row: QueueRow): void {
    const { entriesCloseAtMs } = this.#scenario.queuePlan;
    if (entriesCloseAtMs !== null && row.settledAtMs >= entriesCloseAtMs) this.#lock(row);
  }

  #lock({ settledAtMs, settlement, lastSeq }: QueueRow): void {
    if (this.#row !== null) return;
    const locked = { lockedAtMs: settledAtMs, lockedIn: settlement, entryCount: lastSeq };
    this.#row = { ...locked, seed: null, drawnAtMs: null };
    const last = this.#chain.last;
    if (this.#proof && last) this.#proof = { ...this.#proof, records: last.seq, head: last.head };
  }

  /** Whether it may be given up for a reason; undefined where there is none to give up. */
  mayGiveUp(reason: GiveUpReason, nowMs: number): boolean | undefined {
    const proof = this.#proof;
    if (proof === null || proof.givenUpAtMs !== null || this.#row?.seed) return undefined;
    const { roundAtMs } = proof.start.beacon;
    if (reason === 'cancelled') return nowMs < roundAtMs;
    if (reason === 'beacon_silent') return nowMs >= roundAtMs + SILENT_MS;
    return nowMs >= this.#scenario.endsAtMs;
  }

  giveUp(reason: GiveUpReason, row: QueueRow): void {
    this.#lock(row);
    if (this.#proof === null) throw new Error('nobody entered');
    const givenUp = { givenUpAtMs: row.settledAtMs, givenUpReason: reason };
    this.#proof = { ...this.#proof, ...givenUp };
  }

  /** Where nobody has entered, an edit of the plan takes the lock back. */
  unlock(): void {
    this.#row = null;
  }

  read(): PlannedDraw | undefined {
    const [row, proof] = [this.#row, this.#proof];
    if (row === null) return undefined;
    const { startsAtMs, endsAtMs } = this.#scenario;
    const { givenUpAtMs = null, givenUpReason = null } = proof ?? {};
    const { lockedStatement, drawnStatement, givenUpStatement } = proof ?? UNSTATED;
    return {
      start: proof?.start,
      head: proof?.head ?? undefined,
      entries: proof ? row.entryCount : 0,
      records: proof?.records ?? 0,
      lockedAtMs: row.lockedAtMs,
      startsAtMs,
      endsAtMs,
      isDrawn: row.drawnAtMs !== null,
      givenUp: givenUpReason ? { reason: givenUpReason, atMs: givenUpAtMs ?? 0 } : undefined,
      statements: { locked: lockedStatement, drawn: drawnStatement, givenUp: givenUpStatement },
      result: resultOf(row, proof),
    };
  }

  /** @param items the entries of each. @returns false where there is nothing to draw. */
  draw(items: { id: string; entries: EntryRow[] }[], by: DrawnBy): boolean {
    const row = this.#row;
    if (row === null || this.#isGivenUp) return false;
    if (row.drawnAtMs !== null) return true;
    const ranked = items.map(({ id, entries }) => {
      const drawn = entries.filter((entry) => this.#chain.has(entry.id));
      return { id, ranked: inDrawnOrder(drawn, by.seed) };
    });
    for (const { ranked: entries } of ranked) {
      for (const [n, entry] of entries.entries()) entry.rank = n + 1;
    }
    this.#row = { ...row, seed: hex(by.seed), drawnAtMs: by.nowMs };
    if (this.#proof && by.round) {
      const { signature, randomness } = by.round;
      const result = { signature: hex(signature), randomness: hex(randomness) };
      this.#proof = { ...this.#proof, ...result, ranking: rankingOf(ranked) };
    }
    return true;
  }

  keepStatement({ type, text }: SignedStatement): void {
    if (this.#proof === null) return;
    const name = (
      { locked: 'lockedStatement', drawn: 'drawnStatement', given_up: 'givenUpStatement' } as const
    )[type];
    this.#proof = { ...this.#proof, [name]: this.#proof[name] ?? text };
  }

  snapshot(): { draw: DrawRow | null; proof: ProofRow | null; chain: ChainRow[] } {
    return { draw: this.#row && { ...this.#row }, proof: this.#proof, chain: this.#chain.all };
  }

  #startOf(items: readonly SizedItem[]): DrawStart {
    const { eventId, startsAtMs, payOnline, queuePlan } = this.#scenario;
    const ahead = Math.ceil(startsAtMs / ROUND_MS);
    return {
      eventId,
      number: 1,
      startsAtMs,
      entriesCloseAtMs: queuePlan.entriesCloseAtMs ?? 0,
      beacon: {
        kind: 'local',
        chain: '',
        publicKey: '',
        round: ahead + 1,
        roundAtMs: ahead * ROUND_MS,
      },
      offerSeconds: queuePlan.offerSeconds,
      payment: payOnline ? 'online' : 'none',
      currency: 'EUR',
      items: items.map(({ id, stock, priceCents, limit }) => {
        return { eventItemId: id, stock, priceMinor: priceCents, limitPerCustomer: limit };
      }),
    };
  }
}

const UNLOCKED = { records: null, head: null };
const UNDRAWN = {
  signature: null,
  randomness: null,
  ranking: null,
  givenUpAtMs: null,
  givenUpReason: null,
};

const UNSTATED = { lockedStatement: null, drawnStatement: null, givenUpStatement: null };

function resultOf({ seed, drawnAtMs }: DrawRow, proof: ProofRow | null): PlannedDraw['result'] {
  const { signature, randomness, ranking } = proof ?? {};
  if (!seed || drawnAtMs === null || !signature || !randomness || !ranking) return undefined;
  return { signature, randomness, seed, ranking, drawnAtMs };
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

/** The smallest score first. */
export function inDrawnOrder<Entry extends { id: QueueEntryId }>(
  entries: readonly Entry[],
  seed: Uint8Array,
): Entry[] {
  const scored = entries.map((entry) => ({
    entry,
    score: createHmac('sha256', seed).update(entry.id).digest('hex'),
  }));
  scored.sort((a, b) => (a.score < b.score ? -1 : 1));
  return scored.map(({ entry }) => entry);
}
