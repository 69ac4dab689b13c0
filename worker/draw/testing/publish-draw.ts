/**
 * Makes the public data of a draw as docs/fairness.md describes it. A shop that cheats is one with
 * `deviations`: all that follows from what it changed is computed and signed again, as it would do.
 */
import { createHash, createHmac } from 'node:crypto';
import type {
  Draw,
  DrawEntry,
  DrawReceipt,
  DrawStart,
  DrawStatement,
  DrawStatus,
  GiveUpReason,
} from '../../contract/draw.ts';
import {
  type ChainRecord,
  chainRecord,
  HEAD_BYTES,
  headMessage,
  rankingMessage,
  seedMessage,
  startRecord,
} from '../../contract/draw-records.ts';
import { countsOf } from './publish-counts.ts';
import { type PublicKey, publicKey, SHOP_KEY, signedText } from './signed-texts.ts';

export interface DrawPlan {
  start: DrawStart;
  records: readonly ChainRecord[];
  /** The beacon's, of the round that `start` names. */
  signature: Uint8Array;
  status: DrawStatus;
  givenUp?: { atMs: number; reason: GiveUpReason };
}

export interface Deviations {
  head?: Uint8Array;
  counts?: { records?: number; entries?: number };
  randomness?: Uint8Array;
  seed?: Uint8Array;
  /** Given the ids that should be ranked in their order, those that are. */
  order?: (entryIds: string[], eventItemId: string) => string[];
  ranking?: Uint8Array;
  /** Of each statement, before it is signed. */
  claims?: (claims: DrawStatement) => object;
}

/** All that a checker is given. */
export interface PublishedDraw {
  /** Whose draw was asked for. */
  eventId: string;
  draw: Draw;
  records: DrawEntry[];
  /** In place of a record, by its index: what is no record. */
  lines?: Record<number, string>;
  keys: { keys: PublicKey[] };
  receipts: string[];
}

/** Of a draw, as bytes. */
interface Computed {
  start: Uint8Array;
  heads: Uint8Array[];
  head: Uint8Array;
  randomness: Uint8Array;
  seed: Uint8Array;
  ranking: Uint8Array;
  /** By entry id, from 1. */
  ranks: Map<string, number>;
}

export function publishDraw(plan: DrawPlan, deviations: Deviations = {}): PublishedDraw {
  const computed = compute(plan, deviations);
  const draw = withStatements(plan, bareDraw(plan, computed, deviations), {
    computed,
    deviations,
  });
  return {
    eventId: plan.start.eventId,
    draw,
    records: plan.records.map((record, index) => publicRecord(plan, computed, { record, index })),
    keys: { keys: [publicKey(SHOP_KEY)] },
    receipts: [],
  };
}

/** What the receipt of an entry says, by its record. */
export function receiptClaims(published: PublishedDraw, record: DrawEntry): DrawReceipt {
  const { entryId, eventItemId, seq, head, at } = record;
  const eventId = published.eventId as DrawReceipt['eventId'];
  return { entryId, eventId, eventItemId, seq, head, enteredAt: at };
}

/** The same draw with the receipts of all that entered. */
export function withReceipts(published: PublishedDraw): PublishedDraw {
  const entered = published.records.filter(({ kind }) => kind === 'enter');
  const receipts = entered.map((record) =>
    signedText(receiptClaims(published, record), { typ: 'swiftdrop-receipt' }),
  );
  return { ...published, receipts };
}

/** The list as it is sent. */
export function linesOf({ records, lines }: PublishedDraw): string[] {
  return records.map((record, index) => lines?.[index] ?? JSON.stringify(record));
}

export function sha256(bytes: Uint8Array | string): Uint8Array {
  return createHash('sha256').update(bytes).digest();
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

function compute(plan: DrawPlan, deviations: Deviations): Computed {
  const start = startRecord(plan.start);
  const heads = [sha256(headMessage(new Uint8Array(HEAD_BYTES), start))];
  for (const record of plan.records) {
    const before = heads.at(-1) ?? new Uint8Array(HEAD_BYTES);
    heads.push(sha256(headMessage(before, chainRecord(record))));
  }
  const head = deviations.head ?? heads.at(-1) ?? new Uint8Array(HEAD_BYTES);
  const randomness = deviations.randomness ?? sha256(plan.signature);
  const seed = deviations.seed ?? sha256(seedMessage({ start, head, randomness }));
  const items = plan.start.items.map(({ eventItemId }) => {
    const entryIds = rankedIds(plan.records, eventItemId, seed);
    return { eventItemId, entryIds: deviations.order?.(entryIds, eventItemId) ?? entryIds };
  });
  const ranking = deviations.ranking ?? sha256(rankingMessage(items));
  const ranks = new Map(
    items.flatMap(({ entryIds }) => entryIds.map((id, index) => [id, index + 1] as const)),
  );
  return { start, heads, head, randomness, seed, ranking, ranks };
}

/** Who is ranked for an item, the first one first. */
export function rankedIds(
  records: readonly ChainRecord[],
  eventItemId: string,
  seed: Uint8Array,
): string[] {
  const left = new Set(records.flatMap(({ kind, entryId }) => (kind === 'leave' ? entryId : [])));
  const score = (id: string) => createHmac('sha256', seed).update(id).digest();
  return records
    .filter((record) => record.kind === 'enter' && record.eventItemId === eventItemId)
    .filter(({ entryId }) => !left.has(entryId))
    .map(({ entryId }) => ({ entryId, score: score(entryId) }))
    .toSorted((a, b) => Buffer.compare(a.score, b.score))
    .map(({ entryId }) => entryId);
}

function publicRecord(
  plan: DrawPlan,
  computed: Computed,
  { record, index }: { record: ChainRecord; index: number },
): DrawEntry {
  const { atMs, ...rest } = record;
  const head = hex(computed.heads[index + 1] ?? new Uint8Array());
  const shown = { ...rest, at: instant(atMs), head } as DrawEntry;
  if (plan.status !== 'drawn') return shown;
  const rank = record.kind === 'enter' ? (computed.ranks.get(record.entryId) ?? null) : null;
  return { ...shown, rank, outcome: rank === null ? 'left' : 'waiting', reason: null };
}

function bareDraw(plan: DrawPlan, computed: Computed, { counts }: Deviations): Draw {
  const { start, records, status, givenUp } = plan;
  const { roundAtMs, ...beacon } = start.beacon;
  const isDrawn = status === 'drawn';
  const isLocked =
    isDrawn ||
    status === 'locked' ||
    status === 'waiting_for_beacon' ||
    (givenUp !== undefined && givenUp.atMs > start.entriesCloseAtMs);
  return {
    version: 1,
    number: start.number,
    status,
    entries: counts?.entries ?? records.filter(({ kind }) => kind === 'enter').length,
    records: counts?.records ?? records.length,
    counts: countsOf(records, start.entriesCloseAtMs),
    head: hex(computed.head),
    start,
    beacon: { ...beacon, roundAt: instant(roundAtMs) },
    lockedAt: isLocked ? instant(start.entriesCloseAtMs + 250) : null,
    randomness: isDrawn ? hex(computed.randomness) : null,
    signature: isDrawn ? hex(plan.signature) : null,
    seed: isDrawn ? hex(computed.seed) : null,
    ranking: isDrawn ? hex(computed.ranking) : null,
    drawnAt: isDrawn ? instant(roundAtMs + 1_500) : null,
    givenUp: givenUp === undefined ? null : { at: instant(givenUp.atMs), reason: givenUp.reason },
    statement: null,
    statements: [],
  };
}

function withStatements(
  plan: DrawPlan,
  draw: Draw,
  { computed, deviations }: { computed: Computed; deviations: Deviations },
): Draw {
  const base = {
    version: draw.version,
    eventId: plan.start.eventId,
    number: plan.start.number,
    start: hex(sha256(computed.start)),
    records: draw.records,
    entries: draw.entries,
    head: hex(computed.head),
  };
  const statements: string[] = [];
  const add = (claims: object) => {
    const changed = deviations.claims?.(claims as DrawStatement) ?? claims;
    statements.push(signedText(changed, { typ: 'swiftdrop-draw' }));
  };
  const { lockedAt, signature, randomness, seed, ranking, drawnAt, givenUp } = draw;
  if (lockedAt !== null) add({ type: 'locked', ...base, beacon: plan.start.beacon, lockedAt });
  if (draw.status === 'drawn') {
    const locked = hex(sha256(statements[0] ?? ''));
    add({ type: 'drawn', ...base, locked, signature, randomness, seed, ranking, drawnAt });
  }
  if (givenUp !== null) {
    add({ type: 'given_up', ...base, reason: givenUp.reason, givenUpAt: givenUp.at });
  }
  return { ...draw, statement: statements.at(-1) ?? null, statements };
}

function instant(ms: number): string {
  return new Date(ms).toISOString();
}
