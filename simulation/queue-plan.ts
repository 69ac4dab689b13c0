/** Which sales have a queue that shoppers use, and how it is planned. Drawn beforehand. */
import { makeUserId, type UserId } from '../worker/contract/ids.ts';
import type { QueuePlan } from './queue-rows.ts';
import type { SeededRandom } from './seeded-random.ts';

/** How the source of a draw's randomness behaves. */
export interface BeaconPlan {
  /** So long after the draw's time it has nothing yet. */
  silentMs: number;
  /** How often asking it fails, 0 to 1. */
  failing: number;
}

export interface QueueConditions {
  queuePlan: QueuePlan;
  /** Whether shoppers know of the queue; in all other runs nobody may notice that there could be one. */
  hasQueue: boolean;
  beacon: BeaconPlan;
  /** Customers who enter and do nothing more: more than one settlement can serve. */
  crowd: Set<UserId>;
  /** Entries' ids have few ends, so that offers made at one time would have one id. In drills only. */
  hasFewEnds: boolean;
}

/** Of the runs. */
const RUNS_SHARE = 0.5;
const DRAW_SHARE = 0.4;
/** Of the draws: nobody may enter behind their lock. */
const CLOSED_SHARE = 0.3;
/** As long before the opening as with the beacon of a developer's machine. */
const LEAD_MS_MAX = 5_000;
/** Of the time before the opening, so that somebody can enter. */
const LEAD_SHARE_MAX = 0.6;
const SILENT_MS_MAX = 8_000;
/** Of the draws: one settlement cannot serve all. */
const CROWD_SHARE = 0.1;
const CROWD_MIN = 560;
const CROWD_MAX = 640;

const NO_QUEUE: QueueConditions = {
  queuePlan: {
    admission: 'first_come',
    waitlist: true,
    offerSeconds: 600,
    entriesCloseAtMs: null,
  },
  hasQueue: false,
  beacon: { silentMs: 0, failing: 0 },
  crowd: new Set(),
  hasFewEnds: false,
};

/** @param sale when the run begins, and when its sale opens. */
export function drawQueue(
  random: SeededRandom,
  sale: { startMs: number; startsAtMs: number },
): QueueConditions {
  if (!random.happens(RUNS_SHARE)) return NO_QUEUE;
  const offerSeconds = random.pick([30, 30, 31, 45, 60]);
  const beacon = {
    silentMs: random.happens(0.5) ? 0 : random.int(0, SILENT_MS_MAX),
    failing: random.happens(0.6) ? 0 : random.next() / 2,
  };
  const isDraw = random.happens(DRAW_SHARE);
  const aheadMs = sale.startsAtMs - sale.startMs;
  const leadMs = random.int(1, Math.min(LEAD_MS_MAX, Math.floor(aheadMs * LEAD_SHARE_MAX)));
  const waitlist = !random.happens(isDraw ? CLOSED_SHARE : 0.1);
  const queuePlan: QueuePlan = isDraw
    ? { admission: 'draw', waitlist, offerSeconds, entriesCloseAtMs: sale.startsAtMs - leadMs }
    : { admission: 'first_come', waitlist, offerSeconds, entriesCloseAtMs: null };
  const size = isDraw && random.happens(CROWD_SHARE) ? random.int(CROWD_MIN, CROWD_MAX) : 0;
  const crowd = Array.from({ length: size }, () => makeUserId(sale.startMs, random.fill));
  return { queuePlan, hasQueue: true, beacon, crowd: new Set(crowd), hasFewEnds: false };
}
