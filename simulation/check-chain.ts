/** The chain of a draw: recomputed from the rows after every step, by the contract's own bytes. */
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import {
  chainRecord,
  HEAD_BYTES,
  headMessage,
  rankingMessage,
  seedMessage,
  startRecord,
} from '../worker/contract/draw-records.ts';
import type { QueueEntryId } from '../worker/contract/ids.ts';
import type { StampedAttempt } from '../worker/sale/rules/attempts.ts';
import { checkStatements } from './check-statements.ts';
import type { ReportViolation } from './first-violation.ts';
import type { Snapshot } from './ledger.ts';
import type { ChainRow, EntryRow, ProofRow } from './queue-rows.ts';

/** Of the beacon of a draw for which none was named. */
const ROUND_MS = 3_000;
/** For how long a beacon has to be silent. */
const SILENT_MS = 3_600_000;

interface Step {
  before: Snapshot;
  after: Snapshot;
  /** Of a settlement. */
  group?: StampedAttempt[];
}

export function checkChain(step: Step, violated: ReportViolation): void {
  const { before, after } = step;
  const { proof, chain, plan } = after.queue;
  if (plan.admission !== 'draw' || proof === null) {
    const isEmpty = proof === null && chain.length === 0;
    if (!isEmpty) violated('a draw is numbered by its first entry', JSON.stringify(proof));
    const count = after.queue.draw?.entryCount ?? after.queue.entries.size;
    if (plan.admission === 'draw' && count > 0)
      violated('a draw is numbered by its first entry', 'somebody entered');
    return;
  }
  checkProof(before.queue.proof, proof, violated);
  if (before.queue.proof === null) checkStart(step, violated);
  if (!isDeepStrictEqual(chain.slice(0, before.queue.chain.length), before.queue.chain))
    violated('what is chained is never changed', `${before.queue.chain.length} records`);
  for (const record of chain.slice(before.queue.chain.length)) checkRecord(step, record, violated);
  checkComplete(step, violated);
  checkLocked(step, proof, violated);
  checkGivenUp(step, proof, violated);
  checkResult(after, proof, violated);
  checkStatements(step, violated);
}

/** What was written once stays. */
function checkProof(was: ProofRow | null, is: ProofRow, violated: ReportViolation): void {
  if (is.number !== 1) violated('draws are numbered without gaps', `${is.number}`);
  if (was === null) return;
  for (const [name, value] of Object.entries(was)) {
    if (
      value !== null &&
      !isDeepStrictEqual(value, Object.entries(is).find(([n]) => n === name)?.[1])
    )
      violated('what proves a draw is never changed', `${name} ${JSON.stringify({ was, is })}`);
  }
}

/** What it depends on is as the event stood at the first entry. */
function checkStart({ after }: Step, violated: ReportViolation): void {
  const { proof, plan } = after.queue;
  const items = after.items.map(({ id, total, priceCents, limit }) => {
    return { eventItemId: id, stock: total, priceMinor: priceCents, limitPerCustomer: limit };
  });
  const start = proof?.start;
  const { round = 0, roundAtMs = 0 } = start?.beacon ?? {};
  const startsAtMs = start?.startsAtMs ?? 0;
  const isSame =
    isDeepStrictEqual(start?.items, items) &&
    start?.number === proof?.number &&
    start?.entriesCloseAtMs === plan.entriesCloseAtMs &&
    start?.offerSeconds === plan.offerSeconds &&
    roundAtMs === (round - 1) * ROUND_MS &&
    roundAtMs >= startsAtMs &&
    roundAtMs < startsAtMs + ROUND_MS;
  if (!isSame) violated('record 0 is the event as it stands', JSON.stringify(start));
}

function checkRecord({ after }: Step, record: ChainRow, violated: ReportViolation): void {
  const { queue } = after;
  const before = queue.chain[record.seq - 1];
  const expected = headOf(before, bytesOf(after, record));
  if (record.head !== expected)
    violated('each head is computed from the one before', JSON.stringify({ record, expected }));
  if (record.atMs !== queue.row?.settledAtMs)
    violated('a record has the time of its settlement', JSON.stringify(record));
}

function bytesOf({ queue }: Snapshot, { seq, kind, entryId, atMs }: ChainRow): Uint8Array {
  if (kind === 'start') return queue.proof ? startRecord(queue.proof.start) : new Uint8Array();
  const entry = entryId && queue.entries.get(entryId);
  if (!entry) return new Uint8Array();
  const { eventItemId, quantity, minQuantity } = entry;
  return chainRecord({ seq, kind, entryId: entry.id, eventItemId, quantity, minQuantity, atMs });
}

function headOf(before: ChainRow | undefined, record: Uint8Array): string {
  const head = before ? Buffer.from(before.head, 'hex') : new Uint8Array(HEAD_BYTES);
  return sha256(headMessage(head, record));
}

/** All that entered or left before the lock is chained, in its order, and nothing else. */
function checkComplete({ before, after, group }: Step, violated: ReportViolation): void {
  const { chain, entries, draw } = after.queue;
  const numbers = chain.map(({ seq }) => seq);
  if (!isDeepStrictEqual(numbers, [...chain.keys()]))
    violated('records are numbered without gaps', numbers.join(' '));
  const entered = ofKind(chain, 'enter');
  const early = [...entries.values()]
    .filter(({ seq }) => draw === null || seq <= draw.entryCount)
    .toSorted((a, b) => a.seq - b.seq);
  if (
    !isDeepStrictEqual(
      entered,
      early.map(({ id }) => id),
    )
  )
    violated('who enters before the lock is chained in order', `${entered.length}`);
  const ofEntries = new Map(
    chain.flatMap((row) => (row.kind === 'enter' ? [[row.entryId, row] as const] : [])),
  );
  for (const { id, record } of entries.values()) {
    const own = ofEntries.get(id);
    if (!isDeepStrictEqual(record, own ? { seq: own.seq, head: own.head } : null))
      violated('an entry has its record', `${id} ${JSON.stringify(record)}`);
  }
  const left = ofKind(chain, 'leave');
  const isLeft = ({ status, endedIn }: EntryRow) =>
    status === 'left' && (draw === null || (endedIn ?? 0) < draw.lockedIn);
  const gone = early.filter(isLeft).map(({ id }) => id);
  if (!isDeepStrictEqual(new Set(left), new Set(gone)))
    violated('who leaves before the lock is chained', JSON.stringify({ left, gone }));
  const isNew = left.slice(ofKind(before.queue.chain, 'leave').length);
  // The first attempt of somebody may be refused.
  const asked = (group ?? []).map((one) => (one.kind === 'leave' ? one.entryId : null));
  const outOfTurn = isNew.findIndex((id, n) => {
    const next = isNew[n + 1];
    return group && next && asked.indexOf(id) > asked.lastIndexOf(next);
  });
  if (outOfTurn !== -1) violated('who leaves is chained in order', JSON.stringify(isNew));
}

function ofKind(chain: ChainRow[], kind: ChainRow['kind']): (QueueEntryId | null)[] {
  return chain.filter((record) => record.kind === kind).map(({ entryId }) => entryId);
}

/** The head is final before anything else happens in the settlement that locks. */
function checkLocked({ before, after }: Step, proof: ProofRow, violated: ReportViolation): void {
  const { draw } = after.queue;
  const last = before.queue.chain.at(-1);
  const isRight =
    draw === null
      ? proof.records === null
      : proof.records === last?.seq && proof.head === last?.head;
  if (!isRight) violated('the lock keeps the last head', JSON.stringify({ proof, last }));
  if (draw !== null && after.queue.chain.length !== before.queue.chain.length)
    violated('nothing is chained behind the lock', `${after.queue.chain.length}`);
}

/** Never while its round can be had. */
function checkGivenUp({ before, after }: Step, proof: ProofRow, violated: ReportViolation): void {
  const { givenUpAtMs: atMs, givenUpReason: reason, start } = proof;
  if (atMs === null) return;
  if (after.queue.draw === null) violated('a draw that is given up is locked', `${reason}`);
  if ((before.queue.proof?.givenUpAtMs ?? null) !== null) return;
  const { roundAtMs } = start.beacon;
  const isTimely = {
    cancelled: atMs < roundAtMs,
    beacon_silent: atMs >= roundAtMs + SILENT_MS,
    // When it ends is not in the rows that are looked at.
    undrawn_at_end: atMs >= roundAtMs,
  }[reason ?? 'undrawn_at_end'];
  if (!isTimely) violated('a draw is given up in time', `${reason} ${atMs} of ${roundAtMs}`);
  if (after.closesAtMs !== 0) violated('a draw that is given up closes its event', `${reason}`);
}

/** Who is ranked follows from the chain, and how from the seed. */
function checkResult({ queue }: Snapshot, proof: ProofRow, violated: ReportViolation): void {
  const { draw, chain, entries } = queue;
  const { randomness, head, start } = proof;
  if ((draw?.drawnAtMs ?? null) === null || draw === null) {
    if (proof.ranking !== null) violated('only a draw that is drawn has a result', '');
    return;
  }
  if (randomness === null || head === null || proof.givenUpAtMs !== null)
    return violated('a draw that is drawn has its proof', JSON.stringify(proof));
  const parts = { start: startRecord(start), head: bytes(head), randomness: bytes(randomness) };
  if (draw.seed !== sha256(seedMessage(parts)))
    violated('the seed is made of start, head and randomness', `${draw.seed}`);
  const left = new Set(ofKind(chain, 'leave'));
  const taking = new Set(ofKind(chain, 'enter').filter((id) => !left.has(id)));
  const early = [...entries.values()].filter(({ seq }) => seq <= draw.entryCount);
  const wrong = early.find(({ id, rank }) => taking.has(id) !== (rank !== null));
  if (wrong) violated('who takes part is ranked, and nobody else', JSON.stringify(wrong));
  const items = start.items.map(({ eventItemId }) => {
    const ranked = early.filter(
      (entry) => entry.eventItemId === eventItemId && taking.has(entry.id),
    );
    ranked.sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
    return { eventItemId, entryIds: ranked.map(({ id }) => id) };
  });
  if (proof.ranking !== sha256(rankingMessage(items)))
    violated('the ranking is the hash of the ranks', `${proof.ranking}`);
}

function bytes(hex: string): Uint8Array {
  return Buffer.from(hex, 'hex');
}

function sha256(message: Uint8Array): string {
  return createHash('sha256').update(message).digest('hex');
}
