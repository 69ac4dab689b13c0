/** A report as the shop tells it, so far as a picture shows it. */
import type { ShownReport } from '../shown-report.ts';

export function sampleReport(changes: Partial<ShownReport> = {}): ShownReport {
  return {
    title: 'Night drop',
    opensAt: '2026-11-30T18:00:00.000Z',
    closesAt: '2026-11-30T18:30:00.000Z',
    isFinal: true,
    cancelledAt: null,
    units: {
      total: 500,
      soldAtOnce: 400,
      soldAfterComingBack: 60,
      held: 0,
      neverHeld: 30,
      cameBackUnsold: 10,
    },
    sellOut: { soldOutAfterMs: 192_000 },
    entries: { made: 12_345 },
    ...changes,
  };
}
