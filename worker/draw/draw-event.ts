/** Draws an event whose draw is due: takes the beacon's round, makes the seed, ranks the entries. */
import type { EventId } from '../contract/ids.ts';
import type { Beacon } from './beacon.ts';
import { drawSeed } from './seed.ts';

/** A draw whose entries are locked. */
export interface PlannedDraw {
  startsAtMs: number;
  /** How many entries were made before the lock. */
  entryCount: number;
  isDrawn: boolean;
}

export interface DrawPorts {
  eventId: EventId;
  beacon: Beacon;
  read(): Promise<PlannedDraw | undefined>;
  rank(seed: Uint8Array, nowMs: number): Promise<boolean>;
}

/** @returns false where it cannot be drawn yet. Throws a Fault. */
export async function drawEvent(ports: DrawPorts, nowMs: number): Promise<boolean> {
  const draw = await ports.read();
  if (draw === undefined) return false;
  if (draw.isDrawn) return true;
  const randomness = await ports.beacon.randomness(draw.startsAtMs, nowMs);
  if (randomness === undefined) return false;
  const { eventId } = ports;
  const seed = await drawSeed({ eventId, entryCount: draw.entryCount }, randomness);
  return ports.rank(seed, nowMs);
}
