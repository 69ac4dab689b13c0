/** What the shop signs of a draw: at its lock, and at its end. Each is made once, of what is kept. */
import {
  DRAW_VERSION,
  type DrawStart,
  type DrawStatement,
  type GiveUpReason,
} from '../contract/draw.ts';
import { startRecord } from '../contract/draw-records.ts';
import type { EventId } from '../contract/ids.ts';
import { hexOf } from './hex.ts';
import { sha256 } from './sha256.ts';

/** What is told of a draw whose entries are locked. */
export interface StatedDraw {
  /** Undefined where nobody entered. */
  start: DrawStart | undefined;
  /** Of the last record before the lock, in hex. Undefined where nobody entered. */
  head: string | undefined;
  entries: number;
  records: number;
  lockedAtMs: number;
  givenUp: { reason: GiveUpReason; atMs: number } | undefined;
  /** Signed, each null until it is kept. */
  statements: { locked: string | null; drawn: string | null; givenUp: string | null };
  /** All in hex. Undefined until it is drawn, and where nobody entered. */
  result:
    | { signature: string; randomness: string; seed: string; ranking: string; drawnAtMs: number }
    | undefined;
}

export interface SigningPorts {
  eventId: EventId;
  /** @returns a compact JWS. Throws a Fault. */
  sign(statement: DrawStatement): Promise<string>;
  /** Only where there is none of its type. Throws a Fault. */
  keepStatement(type: DrawStatement['type'], text: string): Promise<void>;
}

type Base = Omit<Extract<DrawStatement, { type: 'given_up' }>, 'type' | 'reason' | 'givenUpAt'>;

/** Throws a Fault. */
export async function keepLocked(ports: SigningPorts, draw: StatedDraw): Promise<void> {
  const base = await baseOf(ports, draw);
  if (draw.statements.locked !== null || draw.start === undefined || base === undefined) return;
  const lockedAt = instantOf(draw.lockedAtMs);
  await keep(ports, { type: 'locked', ...base, beacon: draw.start.beacon, lockedAt });
}

/** Of a draw that is drawn or given up. Throws a Fault. */
export async function keepEnding(ports: SigningPorts, draw: StatedDraw): Promise<void> {
  const base = await baseOf(ports, draw);
  if (base === undefined) return;
  const { givenUp, result, statements } = draw;
  if (givenUp !== undefined) {
    if (statements.givenUp !== null) return;
    const givenUpAt = instantOf(givenUp.atMs);
    return keep(ports, { type: 'given_up', ...base, reason: givenUp.reason, givenUpAt });
  }
  if (result === undefined || statements.drawn !== null || statements.locked === null) return;
  const locked = hexOf(await sha256(new Uint8Array(new TextEncoder().encode(statements.locked))));
  const { drawnAtMs, ...values } = result;
  await keep(ports, { type: 'drawn', ...base, locked, ...values, drawnAt: instantOf(drawnAtMs) });
}

/** Undefined for a draw that nobody entered: of it nothing is signed. */
async function baseOf(
  { eventId }: Pick<SigningPorts, 'eventId'>,
  { start, head, records, entries }: StatedDraw,
): Promise<Base | undefined> {
  if (start === undefined || head === undefined) return undefined;
  const startHash = hexOf(await sha256(startRecord(start)));
  const { number } = start;
  return { version: DRAW_VERSION, eventId, number, start: startHash, records, entries, head };
}

async function keep(ports: SigningPorts, statement: DrawStatement): Promise<void> {
  await ports.keepStatement(statement.type, await ports.sign(statement));
}

function instantOf(ms: number): string {
  return new Date(ms).toISOString();
}
