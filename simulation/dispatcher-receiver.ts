/** Whoever gets what the outbox sends: slow, refusing, throttling, or with an answer that is lost. */
import type { TryOutcome } from '../worker/outbox/rules/outcome.ts';
import type { LeasedRow } from '../worker/stores/postgres/outbox-work.ts';
import type { OutboxLaws } from './dispatcher-laws.ts';
import type { Chance, OutboxScenario } from './dispatcher-scenario.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { VirtualClock } from './virtual-clock.ts';

const ANSWER_MS_MAX = 300;
/** Some of these come in time. */
const SLOW_MS_MAX = 30_000;
const PATIENCE_MS_MAX = 60_000;

export interface ReceiverParts {
  scenario: OutboxScenario;
  clock: VirtualClock;
  random: SeededRandom;
  laws: OutboxLaws;
  /** Whether this goes wrong now. */
  occurs(what: Chance): boolean;
}

/** One try, as the handler of a kind makes it. */
export async function receive(parts: ReceiverParts, row: LeasedRow): Promise<TryOutcome> {
  const { scenario, clock, random, laws, occurs } = parts;
  const fate = scenario.rows[row.id - 1]?.fate ?? 'fine';
  const accept = () => laws.accepted(row, clock.nowMs);
  await clock.sleep(random.int(1, ANSWER_MS_MAX));
  if (occurs('threw')) throw new Error('a handler threw');
  if (occurs('failed')) {
    const patience = random.happens(0.3)
      ? { retryAfterMs: random.int(SECOND, PATIENCE_MS_MAX) }
      : {};
    return { kind: 'failed', reason: 'status_500', ...patience };
  }
  if (occurs('throttled')) {
    return { kind: 'throttled', reason: 'rate', retryAfterMs: random.int(SECOND, PATIENCE_MS_MAX) };
  }
  if (fate === 'dropped') return { kind: 'dropped', reason: 'account_gone' };
  if (fate === 'refused') return { kind: 'refused', reason: 'bad_address' };
  if (occurs('slow')) await clock.sleep(random.int(1, SLOW_MS_MAX));
  accept();
  if (occurs('answerLost')) return { kind: 'failed', reason: 'network' };
  return { kind: 'done' };
}

const SECOND = 1_000;
