/**
 * One measured phase: clients that each do one thing after another for a fixed time. Must not know
 * what they do.
 */
import { setTimeout as pause } from 'node:timers/promises';

export interface Outcome {
  /** What it counts as: attempts, for a call that carries many. */
  units: number;
  /** A status and code, or what broke. */
  code: string;
  /** Whether this is the answer that the phase is about. */
  expected: boolean;
}

export type Client = () => Promise<Outcome>;

export interface PhaseTimes {
  /** Before counting: connections settle, the object starts. */
  rampMs: number;
  countMs: number;
}

export interface Counted<Reading> {
  units: number;
  /** Units of all expected answers, also of those before and after counting. */
  unitsInAll: number;
  ms: number;
  tookMs: number[];
  /** Answers that the phase is not about, also those before and after counting. */
  errors: Record<string, number>;
  before: Reading;
  after: Reading;
}

/** @param read taken at the start and at the end of counting. */
export async function runPhase<Reading>(
  clients: Client[],
  times: PhaseTimes,
  read: () => Reading,
): Promise<Counted<Reading>> {
  const tookMs: number[] = [];
  const errors: Record<string, number> = {};
  const clock: { state: 'ramp' | 'count' | 'over' } = { state: 'ramp' };
  let units = 0;
  let unitsInAll = 0;

  const drive = async (client: Client): Promise<void> => {
    while (clock.state !== 'over') {
      const fromMs = performance.now();
      const outcome = await client().catch(broken);
      if (outcome.expected) unitsInAll += outcome.units;
      else errors[outcome.code] = (errors[outcome.code] ?? 0) + 1;
      if (clock.state === 'count') {
        units += outcome.units;
        tookMs.push(performance.now() - fromMs);
      }
      // A client that broke stays broken; it would only spin.
      if (outcome.code === BROKEN) return;
    }
  };

  const driving = Promise.all(clients.map(drive));
  await pause(times.rampMs);
  const before = read();
  const fromMs = performance.now();
  clock.state = 'count';
  await pause(times.countMs);
  const after = read();
  const ms = performance.now() - fromMs;
  clock.state = 'over';
  await driving;
  return { units, unitsInAll, ms, tookMs, errors, before, after };
}

/** A client that answers so is not used any more. */
export const BROKEN = 'connection broken';

export function broken(): Outcome {
  return { units: 0, code: BROKEN, expected: false };
}
