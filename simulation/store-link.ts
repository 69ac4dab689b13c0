/** The wire between one object and the store: delays, losses, duplicates and timeouts. */
import type { UserId } from '../worker/contract/ids.ts';
import { Fault } from '../worker/platform/faults.ts';
import type { Settlement, StampedAttempt } from '../worker/sale/rules/attempts.ts';
import { STORE_TIMEOUT_MS } from '../worker/stores/postgres/client.ts';
import type { Fate } from './weather.ts';
import type { World } from './world.ts';

/** A key that the store cannot stomach: its group is refused for good, whoever else is in it. */
export const POISON = 'poison';
const TRAVEL_MS_MAX = 30;
const SLOW_MS_MIN = 120;
const LATE_MS_MAX = 20_000;

type Outcome = { settlement: Settlement | null } | { fault: Fault };

/**
 * Sends a group and resolves with what its sender hears, at most STORE_TIMEOUT_MS later. The group
 * may commit long after that.
 */
export function sendGroup(
  world: World,
  group: StampedAttempt[],
  nowMs: number,
): Promise<Settlement | null> {
  const { clock, weather, chance, trace } = world;
  const sent: StampedAttempt[] = JSON.parse(JSON.stringify(group));
  const sentAtMs = clock.nowMs;
  const fate = sent.some(({ key }) => key === POISON) ? 'fatal' : weather.fate();
  if (fate !== 'heard') trace.count(`fault: ${fate}`);
  world.note(`send ${sent.length} ${fate}`);
  return new Promise((resolve, reject) => {
    let isHeard = false;
    const mayMiss = weather.isAway(sentAtMs) || weather.isAway(sentAtMs + TRAVEL_MS_MAX);
    const isTroubled = fate !== 'heard' || mayMiss;
    if (isTroubled) weather.beginTrouble();
    const hear = (outcome: Outcome): void => {
      if (isHeard) return;
      isHeard = true;
      if (isTroubled) weather.endTrouble(clock.nowMs);
      if ('fault' in outcome) reject(outcome.fault);
      else resolve(outcome.settlement);
    };
    // Whatever becomes of it, its sender hears something by then.
    clock.at(sentAtMs + STORE_TIMEOUT_MS, () => hear({ fault: passing('timed out') }));
    clock.after(travelMs(world, fate), () => arrive(world, { sent, nowMs, fate, hear }));
    // A cut connection is noticed at once, a silent one only by the timeout.
    if ((fate === 'lost' || fate === 'unheard') && chance.happens(0.5)) {
      clock.after(chance.int(40, 400), () => hear({ fault: passing('connection reset') }));
    }
  });
}

/** What readHolders of worker/sale/ledger/ledger.ts answers, read at one moment and heard at a later one. */
export async function askHolders(world: World): Promise<UserId[]> {
  const { clock, weather, chance, store } = world;
  const fate = weather.fate();
  await clock.sleep(travelMs(world, fate === 'slow' ? fate : 'heard'));
  const isAway = weather.isAway(clock.nowMs) || fate === 'lost' || fate === 'fatal';
  const orders = [...store.latest.orders.values()];
  const holding = orders.filter(({ status }) => status === 'pending' || status === 'confirmed');
  await clock.sleep(chance.int(1, 12));
  if (isAway) throw passing('away');
  return [...new Set(holding.map(({ customerId }) => customerId))];
}

interface Arrival {
  sent: StampedAttempt[];
  nowMs: number;
  fate: Fate;
  hear(outcome: Outcome): void;
}

async function arrive(world: World, arrival: Arrival): Promise<void> {
  const { clock, weather, chance, store } = world;
  const { sent, nowMs, fate, hear } = arrival;
  const answerMs = chance.int(1, 12);
  if (fate === 'lost') return;
  if (fate === 'fatal') {
    weather.noteFatal(sent, clock.nowMs);
    clock.after(answerMs, () => hear({ fault: new Fault('refused', { retryable: false }) }));
    return;
  }
  if (weather.isAway(clock.nowMs)) {
    if (fate === 'late') clock.at(weather.backAtMs(clock.nowMs), () => arrive(world, arrival));
    else if (chance.happens(0.6)) clock.after(answerMs, () => hear({ fault: passing('away') }));
    return;
  }
  const outcome = await store.commit(sent, nowMs, clock.nowMs).then(
    (settlement): Outcome => ({ settlement }),
    (fault: Fault): Outcome => ({ fault }),
  );
  world.note(`commit ${describe(sent, outcome)}`);
  if (fate === 'unheard') return;
  clock.after(answerMs, () => hear(outcome));
}

function travelMs(world: World, fate: Fate): number {
  if (fate === 'late') return world.chance.int(200, LATE_MS_MAX);
  if (fate === 'slow') return world.chance.int(SLOW_MS_MIN, STORE_TIMEOUT_MS - 50);
  return world.chance.int(1, TRAVEL_MS_MAX);
}

function passing(message: string): Fault {
  return new Fault(message, { retryable: true });
}

/** One line for the trace: what each attempt was and what became of it. */
function describe(sent: StampedAttempt[], outcome: Outcome): string {
  if ('fault' in outcome) return `failed: ${outcome.fault.message}`;
  const words = sent.map((attempt, n) => {
    const answer = outcome.settlement?.answers[n];
    const became = answer && ('order' in answer ? answer.order.status : answer.refusal);
    return `${attempt.kind} ${attempt.orderId.slice(-6)} ${attempt.customerId.slice(-4)} ${became}`;
  });
  const stock = outcome.settlement?.items.map((i) => `${i.remaining}/${i.held}/${i.sold}`);
  return `[${stock?.join(' ')}] ${words.join(', ')}`;
}
