/** One shop's outbox as a seed draws it: its rows, its mail provider, and what goes wrong when. */
import type { Retry } from '../worker/outbox/rules/retry.ts';
import type { SendLimits } from '../worker/outbox/rules/send-budget.ts';
import type { SeededRandom } from './seeded-random.ts';

export const START_MS = Date.UTC(2030, 0, 1);
const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const ROWS_MAX = 60;
/** Also after a run has looked for rows for the last time. */
const SOON_MS_MAX = 700;
const WRITTEN_MS_MAX = 2 * MINUTE_MS;
const FAULTS_MS = 10 * MINUTE_MS;

export interface PlannedRow {
  kind: 'mail.reset_password' | 'mail.order_confirmed' | 'account.erase';
  priority: number;
  writtenAtMs: number;
  dueAtMs: number;
  dropAfterMs: number | null;
  /** Whether whoever wrote it woke the dispatcher, and was heard. */
  isWoken: boolean;
  /** Refused by its receiver at every try, or of no interest any more. */
  fate: 'fine' | 'refused' | 'dropped';
}

export interface OutboxScenario {
  rows: PlannedRow[];
  limits: SendLimits;
  retry: Retry;
  /** Fewer where a receiver knows no keys. */
  unrecordedMax: number;
  /** Nothing goes wrong, so that promises about time and quotas hold to the letter. */
  isCalm: boolean;
  faultsEndAtMs: number;
  /** Of each call while faults last. */
  chances: Record<Chance, number>;
  evictionsAtMs: number[];
  /** Without it, the object's own alarms have to be enough: none is lost, and every wake is heard. */
  hasSweep: boolean;
  /** Two dispatchers from then until then. */
  twins: { fromMs: number; toMs: number } | undefined;
}

export type Chance =
  | 'failed'
  | 'answerLost'
  | 'slow'
  | 'throttled'
  | 'threw'
  | 'storeFailed'
  | 'storeAnswerLost'
  | 'alarmLost'
  | 'crash';

export function drawOutbox(random: SeededRandom): OutboxScenario {
  const isCalm = random.happens(0.3);
  const hasSweep = random.happens(0.7);
  /** Many rows at one moment for a receiver that is slow. */
  const isBurst = !isCalm && random.happens(0.15);
  const isStoreAway = !isCalm && random.happens(0.1);
  const chance = (most: number) => (isCalm || random.happens(0.4) ? 0 : random.next() * most);
  const limits = random.weighted<SendLimits>([
    [4, { perSecondMax: undefined, perDayMax: undefined }],
    [3, { perSecondMax: random.int(1, 5), perDayMax: undefined }],
    [3, { perSecondMax: random.int(2, 10), perDayMax: random.int(15, 40) }],
  ]);
  const rows = Array.from({ length: isBurst ? ROWS_MAX : random.int(1, ROWS_MAX) }, () =>
    drawRow(random, { isHeard: isCalm || !hasSweep, isBurst }),
  );
  if (!isBurst) bringTogether(rows, random);
  return {
    rows,
    limits,
    retry: { triesMax: random.int(3, 6), pausesMs: [5 * SECOND_MS, MINUTE_MS] },
    unrecordedMax: random.pick([5, 25]),
    isCalm,
    faultsEndAtMs: START_MS + FAULTS_MS,
    chances: {
      failed: chance(0.5),
      answerLost: chance(0.2),
      slow: isBurst ? 0.9 : chance(0.2),
      throttled: chance(0.2),
      threw: chance(0.1),
      storeFailed: isStoreAway ? 0.6 : chance(0.2),
      storeAnswerLost: chance(0.1),
      alarmLost: hasSweep ? chance(0.3) : 0,
      crash: chance(0.05),
    },
    hasSweep,
    evictionsAtMs:
      isCalm || !hasSweep
        ? []
        : Array.from({ length: random.int(0, 4) }, () => START_MS + random.int(0, FAULTS_MS)),
    twins:
      isCalm || !hasSweep || random.happens(0.7)
        ? undefined
        : { fromMs: START_MS + random.int(0, MINUTE_MS), toMs: START_MS + FAULTS_MS },
  };
}

function drawRow(
  random: SeededRandom,
  { isHeard, isBurst }: { isHeard: boolean; isBurst: boolean },
): PlannedRow {
  const [kind, priority] = random.weighted<[PlannedRow['kind'], number]>([
    [2, ['mail.reset_password', 0]],
    [5, ['mail.order_confirmed', random.int(1, 2)]],
    [1, ['account.erase', random.int(0, 2)]],
  ]);
  const writtenAtMs = START_MS + (isBurst ? 0 : random.int(0, WRITTEN_MS_MAX));
  const dueAtMs = writtenAtMs + (random.happens(0.8) ? 0 : random.int(SECOND_MS, HOUR_MS));
  return {
    kind,
    priority,
    writtenAtMs,
    dueAtMs,
    dropAfterMs: random.happens(0.8) ? null : dueAtMs + random.int(0, HOUR_MS),
    isWoken: isHeard || random.happens(0.8),
    fate: random.weighted([
      [8, 'fine' as const],
      [1, 'refused' as const],
      [1, 'dropped' as const],
    ]),
  };
}

/** Some rows are written soon after another one, while that is being worked off. */
function bringTogether(rows: PlannedRow[], random: SeededRandom): void {
  for (const [n, row] of rows.entries()) {
    const before = rows[n - 1];
    if (before === undefined || random.happens(0.6)) continue;
    row.dueAtMs += before.writtenAtMs - row.writtenAtMs;
    row.writtenAtMs = before.writtenAtMs + random.int(1, SOON_MS_MAX);
    row.dueAtMs = Math.max(row.dueAtMs, row.writtenAtMs);
    if (row.dropAfterMs !== null) row.dropAfterMs = row.dueAtMs + random.int(0, HOUR_MS);
  }
}
