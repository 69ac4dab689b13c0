/** CPU by process, and what it says about how many can be asked for. Pure. */
import { median } from '../speed/samples.ts';

/** `buyers` is the load generator of the reservations. */
export const PARTS = ['shop', 'endpoint', 'postgres', 'provider', 'payers', 'buyers'] as const;
export type Part = (typeof PARTS)[number];

/** In seconds of CPU: used so far, or in a second. */
export type CpuByPart = Record<Part, number>;

/** What was used between two readings, divided by `count`: seconds, or how often something was done. */
export function usedEach(before: CpuByPart, after: CpuByPart, count: number): CpuByPart {
  return byPart((part) => (count > 0 ? Math.max(0, after[part] - before[part]) / count : 0));
}

/** Of each part by itself; 0 of none. */
export function mediansOf(cpus: CpuByPart[]): CpuByPart {
  return byPart((part) => median(cpus.map((cpu) => cpu[part])));
}

function byPart(of: (part: Part) => number): CpuByPart {
  return Object.fromEntries(PARTS.map((part) => [part, of(part)])) as CpuByPart;
}

export function allOf(cpu: CpuByPart): number {
  return PARTS.reduce((sum, part) => sum + cpu[part], 0);
}

/**
 * How many reservations a second to offer: a share of what was reached while nobody pays, on the part of the
 * machine that the payment's provider and shoppers leave. Those are other people's machines, and here they are
 * on the shop's.
 * @param alone a phase in which nobody pays; its CPU in seconds a second.
 * @param beside CPU of the provider and the payers in a second, while they pay.
 */
export function offeredPerSecond(
  alone: { perSecond: number; cpu: CpuByPart },
  beside: Pick<CpuByPart, 'payers' | 'provider'>,
  share: number,
): number {
  const used = allOf(alone.cpu);
  const taken = beside.provider + beside.payers;
  const left = used > 0 ? Math.max(0, 1 - taken / used) : 1;
  return Math.max(1, Math.round(alone.perSecond * left * share));
}
