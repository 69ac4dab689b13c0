/** What a shopper does after a refusal. Must not wait itself. */

import type { Refusal } from './api-result.ts';
import { between, type Random } from './seeded-random.ts';
import type { Timing } from './timing.ts';

export type Decision =
  /** Try again, as a new purchase, at this instant of the server's clock. */
  | { kind: 'return'; atMs: number }
  /** Nothing can come back. */
  | { kind: 'final' }
  /** No correct shop says this here. */
  | { kind: 'unexpected'; what: string };

/** By the server's clock. */
export interface Moment {
  /** When it was asked for, first. */
  askedAtMs: number;
  serverNowMs: number;
  opensAtMs: number;
}

export function afterRefusal(
  refusal: Refusal,
  moment: Moment,
  by: { timing: Timing; random: Random },
): Decision {
  if (refusal.code === 'not_open') return beforeOpening(refusal, moment, by);
  if (refusal.code !== 'sold_out') return { kind: 'unexpected', what: refusal.code };
  // The contract: null, and present, when no unit is held that could still come back.
  if (refusal.nextReleaseAt === undefined) {
    return { kind: 'unexpected', what: 'sold_out without nextReleaseAt' };
  }
  if (refusal.nextReleaseAt === null) return { kind: 'final' };
  const jitterMs = between(by.random, 0, by.timing.releaseJitterMsMax);
  const soonestMs = moment.serverNowMs + by.timing.releaseWaitMsMin;
  return {
    kind: 'return',
    atMs: Math.max(soonestMs, Date.parse(refusal.nextReleaseAt)) + jitterMs,
  };
}

function beforeOpening(
  refusal: Refusal,
  moment: Moment,
  by: { timing: Timing; random: Random },
): Decision {
  const serverSaysMs = refusal.serverNow ? Date.parse(refusal.serverNow) : 0;
  // A busy shop may tell after the opening what it decided before.
  if (serverSaysMs >= moment.opensAtMs && moment.askedAtMs >= moment.opensAtMs) {
    return { kind: 'unexpected', what: 'not_open after the opening' };
  }
  if (!refusal.opensAt || Date.parse(refusal.opensAt) !== moment.opensAtMs) {
    return { kind: 'unexpected', what: 'not_open without the right opensAt' };
  }
  const soonestMs = Math.max(moment.opensAtMs, moment.serverNowMs);
  return { kind: 'return', atMs: soonestMs + by.timing.openingSlackMs * (1 + by.random()) };
}
