/**
 * Draws that were played, for tests: by the bytes of contract/draw-records.ts, another library's hashes, and a
 * real round of drand. Must not be imported by the page itself.
 */
import { createHash, createHmac } from 'node:crypto';
import type {
  Draw,
  DrawEntry,
  DrawStart,
  DrawStatement,
  NamedBeacon,
} from '../../worker/contract/draw.ts';
import {
  chainRecord,
  HEAD_BYTES,
  headMessage,
  rankingMessage,
  seedMessage,
  startRecord,
} from '../../worker/contract/draw-records.ts';
import type { EventItemId, QueueEntryId } from '../../worker/contract/ids.ts';
import { countsOf } from '../../worker/draw/testing/publish-counts.ts';
import { EVENT_ID, ITEM_ID, instant } from './builders.ts';

export const OTHER_ITEM_ID = 'evi_000000000001_2' as EventItemId;

/** Round 1000 of quicknet, as it was published. */
export const REAL_ROUND = {
  beacon: {
    kind: 'drand',
    chain: '52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971',
    publicKey:
      '83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a',
    round: 1_000,
    roundAtMs: 1_692_806_364_000,
  } as NamedBeacon,
  signature:
    'b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39',
};
export const STARTS_MS = REAL_ROUND.beacon.roundAtMs;
export const CLOSES_MS = STARTS_MS - 40_000;

export type Step = Pick<DrawEntry, 'kind' | 'eventItemId' | 'quantity'> & { entry: number };

/** Six enter for two items, and one of them leaves. */
export const STEPS: readonly Step[] = [
  enters(1),
  enters(2, OTHER_ITEM_ID),
  enters(3),
  { ...enters(1), kind: 'leave' },
  enters(4),
  enters(5, OTHER_ITEM_ID),
  enters(6),
];

export interface PlayedDraw {
  draw: Draw;
  lines: DrawEntry[];
  jwks: { keys: JsonWebKey[] };
  /** The shop's own signature. */
  sign(claims: object, typ: string): Promise<string>;
}

export interface Plan {
  readonly steps?: readonly Step[];
  /** How far it came. */
  readonly status?: Draw['status'];
  readonly round?: { beacon: NamedBeacon; signature: string };
}

export function enters(entry: number, eventItemId = ITEM_ID, quantity = 1): Step {
  return { kind: 'enter', entry, eventItemId, quantity };
}

export function entryId(entry: number): QueueEntryId {
  return `ent_000000000001_${String(entry).padStart(18, '0')}` as QueueEntryId;
}

export async function playDraw(plan: Plan = {}): Promise<PlayedDraw> {
  const { steps = STEPS, status = 'drawn', round = REAL_ROUND } = plan;
  const { sign, jwks } = await newKey();
  const start = startOf(round.beacon);
  const chained = chainOf(start, steps);
  const draw: Draw = {
    version: 1,
    number: start.number,
    status,
    entries: steps.filter(({ kind }) => kind === 'enter').length,
    records: steps.length,
    counts: countsOf(
      chained.lines.map(({ kind, at }) => ({ kind, atMs: Date.parse(at) })),
      CLOSES_MS,
    ),
    head: chained.head.toString('hex'),
    start,
    beacon: { ...publicBeacon(round.beacon), roundAt: instant(round.beacon.roundAtMs) },
    lockedAt: status === 'open' ? null : instant(CLOSES_MS + 3),
    ...NOT_DRAWN,
    givenUp:
      status === 'given_up'
        ? { at: instant(STARTS_MS + 3_600_000), reason: 'beacon_silent' }
        : null,
    statement: null,
    statements: [],
  };
  const { lines } = chained;
  if (status === 'drawn') addResult({ draw, start, lines }, round.signature);
  await stateAll(draw, sign);
  return { draw, lines, jwks, sign };
}

/** Signs anew what there is to be signed, as a shop would that changed it. */
export async function stateAll(draw: Draw, sign: PlayedDraw['sign']) {
  draw.statements = [];
  for (const type of ['locked', 'drawn', 'given_up'] as const) {
    const statement = statementOf(draw, type);
    if (statement !== null) draw.statements.push(await sign(statement, 'swiftdrop-draw'));
  }
  draw.statement = draw.statements.at(-1) ?? null;
}

export function receiptOf({ entryId: id, eventItemId, seq, head, at }: DrawEntry) {
  return { entryId: id, eventId: EVENT_ID, eventItemId, seq, head, enteredAt: at };
}

/** As they are sent. */
export async function* sent(lines: readonly object[]) {
  for (const line of lines) yield JSON.stringify(line);
}

const NOT_DRAWN = { randomness: null, signature: null, seed: null, ranking: null, drawnAt: null };

function startOf(beacon: NamedBeacon): DrawStart {
  const item = { stock: 2, priceMinor: 24_900, limitPerCustomer: 1 };
  return {
    eventId: EVENT_ID,
    number: 7,
    startsAtMs: STARTS_MS,
    entriesCloseAtMs: CLOSES_MS,
    beacon: { ...beacon },
    offerSeconds: 600,
    payment: 'none',
    currency: 'EUR',
    items: [
      { eventItemId: ITEM_ID, ...item },
      { eventItemId: OTHER_ITEM_ID, ...item },
    ],
  };
}

function publicBeacon({ kind, chain, publicKey, round }: NamedBeacon) {
  return { kind, chain, publicKey, round };
}

function sha256(bytes: Uint8Array | string) {
  return createHash('sha256').update(bytes).digest();
}

function chainOf(start: DrawStart, steps: readonly Step[]) {
  let head = sha256(headMessage(new Uint8Array(HEAD_BYTES), startRecord(start)));
  const lines = steps.map(({ kind, entry, eventItemId, quantity }, index): DrawEntry => {
    const wish = { seq: index + 1, kind, entryId: entryId(entry), eventItemId, quantity };
    const atMs = CLOSES_MS - 60_000 + Math.min(index, 59_000);
    head = sha256(headMessage(head, chainRecord({ ...wish, minQuantity: 1, atMs })));
    return { ...wish, minQuantity: 1, at: instant(atMs), head: head.toString('hex') };
  });
  return { head, lines };
}

/** Draws it, and gives each line its rank and what became of it. */
function addResult(
  { draw, start, lines }: Pick<PlayedDraw, 'draw' | 'lines'> & { start: DrawStart },
  signature: string,
) {
  const randomness = sha256(Buffer.from(signature, 'hex'));
  const head = Buffer.from(draw.head ?? '', 'hex');
  const seed = sha256(seedMessage({ start: startRecord(start), head, randomness }));
  const left = new Set(lines.flatMap((line) => (line.kind === 'leave' ? line.entryId : [])));
  const scoreOf = (id: string) => createHmac('sha256', seed).update(id).digest('hex');
  const items = start.items.map(({ eventItemId }) => ({
    eventItemId,
    entryIds: lines
      .filter((line) => line.kind === 'enter' && line.eventItemId === eventItemId)
      .map((line) => ({ id: line.entryId, score: scoreOf(line.entryId) }))
      .filter(({ id }) => !left.has(id))
      .toSorted((a, b) => (a.score < b.score ? -1 : 1))
      .map(({ id }) => id),
  }));
  const ranks = new Map<string, number>(
    items.flatMap(({ entryIds }) => entryIds.map((id, index) => [id, index + 1] as const)),
  );
  for (const line of lines) {
    line.rank = line.kind === 'leave' ? null : (ranks.get(line.entryId) ?? null);
    line.outcome = line.kind === 'leave' ? null : left.has(line.entryId) ? 'left' : 'waiting';
    line.reason = null;
  }
  Object.assign(draw, {
    randomness: randomness.toString('hex'),
    signature,
    seed: seed.toString('hex'),
    ranking: sha256(rankingMessage(items)).toString('hex'),
    drawnAt: instant(start.beacon.roundAtMs + 1_200),
  });
}

function statementOf(draw: Draw, type: DrawStatement['type']): object | null {
  const { start, version, number, records, entries, head, lockedAt, drawnAt, givenUp } = draw;
  if (start === null) return null;
  const hash = sha256(startRecord(start)).toString('hex');
  const { eventId, beacon } = start;
  const base = { type, version, eventId, number, start: hash, records, entries, head };
  switch (type) {
    case 'locked':
      return lockedAt ? { ...base, beacon, lockedAt } : null;
    case 'drawn': {
      const { signature, randomness, seed, ranking } = draw;
      const locked = sha256(draw.statements[0] ?? '').toString('hex');
      return drawnAt ? { ...base, locked, signature, randomness, seed, ranking, drawnAt } : null;
    }
    case 'given_up':
      return givenUp ? { ...base, reason: givenUp.reason, givenUpAt: givenUp.at } : null;
    default:
      return type satisfies never;
  }
}

async function newKey() {
  const { subtle } = crypto;
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  const pair = await subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const { kty, crv, x, y } = await subtle.exportKey('jwk', pair.publicKey);
  const kid = 'the key of a test';
  return {
    jwks: { keys: [{ kty, crv, x, y, kid, use: 'sig', alg: 'ES256' } as JsonWebKey] },
    sign: async (claims: object, typ: string) => {
      const text = `${encoded({ alg: 'ES256', typ, kid })}.${encoded(claims)}`;
      const signing = { name: 'ECDSA', hash: 'SHA-256' };
      const signature = await subtle.sign(signing, pair.privateKey, Buffer.from(text));
      return `${text}.${Buffer.from(signature).toString('base64url')}`;
    },
  };
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
