/** What the shop signed of a draw: each statement is kept once, and says what the rows say. */
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { DrawStatement } from '../worker/contract/draw.ts';
import { startRecord } from '../worker/contract/draw-records.ts';
import type { ReportViolation } from './first-violation.ts';
import type { Snapshot } from './ledger.ts';
import type { ProofRow, QueueSnapshot } from './queue-rows.ts';
import { saidIn } from './statement-signer.ts';

export const COLUMNS = {
  locked: 'lockedStatement',
  drawn: 'drawnStatement',
  given_up: 'givenUpStatement',
} as const satisfies Record<DrawStatement['type'], keyof ProofRow>;

const TYPES = ['locked', 'drawn', 'given_up'] as const;

/** Of each step; that nothing of it is changed later is a law of all that proves a draw. */
export function checkStatements(
  { before, after }: { before: Snapshot; after: Snapshot },
  violated: ReportViolation,
): void {
  const { proof } = after.queue;
  if (proof === null) return;
  for (const type of TYPES) {
    const text = proof[COLUMNS[type]];
    if (text === null || (before.queue.proof?.[COLUMNS[type]] ?? null) !== null) continue;
    const expected = expectedOf(type, after.queue, proof);
    if (!isDeepStrictEqual(saidIn(text), expected))
      violated('a statement says what the rows say', JSON.stringify({ text, expected }));
  }
  if (proof.drawnStatement !== null && proof.lockedStatement === null)
    violated('a draw is stated behind its lock', proof.drawnStatement);
  if (proof.drawnStatement !== null && proof.givenUpStatement !== null)
    violated('a draw is drawn or given up', proof.givenUpStatement);
}

/** Where none was kept of its type, it is kept as it came; where one was, nothing happens. */
export function checkKept(
  { before, after }: { before: Snapshot; after: Snapshot },
  { type, text }: { type: DrawStatement['type']; text: string },
  violated: ReportViolation,
): void {
  const [was, is] = [before.queue.proof, after.queue.proof];
  const expected = was && { ...was, [COLUMNS[type]]: was[COLUMNS[type]] ?? text };
  if (!isDeepStrictEqual(is, expected))
    violated('each statement is kept once', JSON.stringify({ was, is, text }));
}

/** What is to be told of a draw, by the rows and by docs/fairness.md. */
function expectedOf(type: DrawStatement['type'], { draw }: QueueSnapshot, proof: ProofRow): object {
  const { start, number, records, head } = proof;
  const base = {
    type,
    version: 1,
    eventId: start.eventId,
    number,
    start: sha256(startRecord(start)),
    records,
    entries: draw?.entryCount,
    head,
  };
  switch (type) {
    case 'locked':
      return { ...base, beacon: start.beacon, lockedAt: instant(draw?.lockedAtMs) };
    case 'drawn': {
      const { signature, randomness, ranking, lockedStatement } = proof;
      const result = { signature, randomness, seed: draw?.seed, ranking };
      const drawnAt = instant(draw?.drawnAtMs);
      return { ...base, locked: sha256(lockedStatement ?? ''), ...result, drawnAt };
    }
    case 'given_up':
      return { ...base, reason: proof.givenUpReason, givenUpAt: instant(proof.givenUpAtMs) };
    default:
      return type satisfies never;
  }
}

/** Whether the shop has still to sign something: what the sweep looks for. */
export function isUnstated({ proof }: QueueSnapshot): boolean {
  if (proof === null || proof.head === null) return false;
  if (proof.givenUpAtMs !== null) return proof.givenUpStatement === null;
  return (proof.signature === null ? proof.lockedStatement : proof.drawnStatement) === null;
}

function instant(ms: number | null | undefined): string | null {
  return typeof ms === 'number' ? new Date(ms).toISOString() : null;
}

function sha256(message: Uint8Array | string): string {
  return createHash('sha256').update(message).digest('hex');
}
