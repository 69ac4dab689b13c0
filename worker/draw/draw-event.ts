/**
 * Draws an event, from the lock of its entries to the last signed statement: docs/fairness.md tells what each
 * step is. It reads anew at which step the draw is, so it may end between any two and begin again.
 */
import type { GiveUpReason } from '../contract/draw.ts';
import type { Beacon, BeaconRound } from './beacon.ts';
import { keepEnding, keepLocked, type SigningPorts, type StatedDraw } from './draw-statements.ts';
import { drawSeed } from './seed.ts';

/** Relays have a round some moments after its time; whoever asks at that very time may be told an error. */
export const PUBLISHED_AFTER_MS = 1_000;
/** Before a beacon that was silent is asked again. */
export const BEACON_RETRY_MS = 2_000;

/** A draw whose entries are locked. */
export interface PlannedDraw extends StatedDraw {
  startsAtMs: number;
  endsAtMs: number;
  isDrawn: boolean;
}

export interface DrawPorts extends SigningPorts {
  beacon: Beacon;
  /** Undefined where there is no draw, or its entries are not locked. Throws a Fault. */
  read(): Promise<PlannedDraw | undefined>;
  /**
   * Ranks the entries, unless it is drawn or given up. Throws a Fault.
   * @returns whether it is drawn.
   */
  rank(
    result: { seed: Uint8Array; round: BeaconRound | undefined },
    nowMs: number,
  ): Promise<boolean>;
  /** Closes the event for good, unless it is drawn or given up. Throws a Fault. */
  giveUp(reason: GiveUpReason, nowMs: number): Promise<void>;
}

export interface DrawProgress {
  /** When its next step is due, in milliseconds since the epoch; null where none is left. */
  nextAtMs: number | null;
}

const DONE: DrawProgress = { nextAtMs: null };
const SEED_BYTES = 32;

/** Goes as far as it can at this time. Throws a Fault. */
export async function drawEvent(ports: DrawPorts, nowMs: number): Promise<DrawProgress> {
  const draw = await ports.read();
  if (draw === undefined) return DONE;
  if (draw.isDrawn || draw.givenUp !== undefined) {
    await keepEnding(ports, draw);
    return DONE;
  }
  const { start, head } = draw;
  if (start === undefined || head === undefined) return drawNobody(ports, draw, nowMs);
  await keepLocked(ports, draw);
  if (nowMs >= draw.endsAtMs) {
    await ports.giveUp('undrawn_at_end', nowMs);
    return finish(ports, nowMs);
  }
  const askAtMs = Math.max(start.beacon.roundAtMs + PUBLISHED_AFTER_MS, draw.startsAtMs);
  if (nowMs < askAtMs) return { nextAtMs: Math.min(askAtMs, draw.endsAtMs) };
  const round = await ports.beacon.round(start.beacon, nowMs);
  if (round === undefined) return { nextAtMs: Math.min(nowMs + BEACON_RETRY_MS, draw.endsAtMs) };
  const seed = await drawSeed({ start, head, randomness: round.randomness });
  await ports.rank({ seed, round }, nowMs);
  return finish(ports, nowMs);
}

/** Without entries there is nothing to rank, and no beacon is asked. */
async function drawNobody(
  ports: DrawPorts,
  { startsAtMs }: PlannedDraw,
  nowMs: number,
): Promise<DrawProgress> {
  if (nowMs < startsAtMs) return { nextAtMs: startsAtMs };
  await ports.rank({ seed: new Uint8Array(SEED_BYTES), round: undefined }, nowMs);
  return DONE;
}

/** Another object may have drawn it or given it up first: what is kept counts. */
async function finish(ports: DrawPorts, nowMs: number): Promise<DrawProgress> {
  const draw = await ports.read();
  if (draw === undefined) return DONE;
  if (!draw.isDrawn && draw.givenUp === undefined) return { nextAtMs: nowMs + BEACON_RETRY_MS };
  await keepEnding(ports, draw);
  return DONE;
}
