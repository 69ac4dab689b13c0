/** The network between one object and the store: delays, losses, duplicates and timeouts. */
import type { UserId } from '../worker/contract/ids.ts';
import { Fault } from '../worker/platform/faults.ts';
import type { LedgerAnswer, Settlement, StampedAttempt } from '../worker/sale/rules/attempts.ts';
import { STORE_TIMEOUT_MS } from '../worker/stores/store-timeout.ts';
import type { RequestFate } from './fault-injector.ts';
import type { RunContext } from './run-context.ts';

/** A key that the store refuses for good, with everything else in its group. */
export const POISON = 'poison';
const TRAVEL_MS_MAX = 30;
const SLOW_MS_MIN = 120;
const LATE_MS_MAX = 20_000;

type Outcome = { settlement: Settlement | null } | { fault: Fault };

/**
 * Sends a group and resolves with what its sender receives, at most STORE_TIMEOUT_MS later. The group
 * may commit long after that.
 */
export function sendGroup(
  context: RunContext,
  group: StampedAttempt[],
  nowMs: number,
): Promise<Settlement | null> {
  const { clock, faults, random, trace } = context;
  const sent: StampedAttempt[] = JSON.parse(JSON.stringify(group));
  const sentAtMs = clock.nowMs;
  const fate = sent.some(({ key }) => key === POISON) ? 'fatal' : faults.drawRequestFate();
  if (fate !== 'answered') trace.count(`fault: ${fate}`);
  context.note(`send ${sent.length} ${fate}`);
  return new Promise((resolve, reject) => {
    let isSettled = false;
    const mayMiss = faults.isStoreDown(sentAtMs) || faults.isStoreDown(sentAtMs + TRAVEL_MS_MAX);
    const isDisrupted = fate !== 'answered' || mayMiss;
    if (isDisrupted) faults.beginDisruption();
    const settle = (outcome: Outcome): void => {
      if (isSettled) return;
      isSettled = true;
      if (isDisrupted) faults.endDisruption(clock.nowMs);
      if ('fault' in outcome) reject(outcome.fault);
      else resolve(outcome.settlement);
    };
    // Its sender gets an answer or a timeout by then, in every case.
    clock.at(sentAtMs + STORE_TIMEOUT_MS, () => settle({ fault: passing('timed out') }));
    clock.after(travelMs(context, fate), () => arrive(context, { sent, nowMs, fate, settle }));
    // A cut connection is noticed at once, a silent one only by the timeout.
    if ((fate === 'lost' || fate === 'unanswered') && random.happens(0.5)) {
      clock.after(random.int(40, 400), () => settle({ fault: passing('connection reset') }));
    }
  });
}

/** What readHolders of worker/sale/ledger/ledger.ts answers, read at one moment and received at a later one. */
export async function readHolders(context: RunContext): Promise<UserId[]> {
  const { clock, faults, random, store } = context;
  const fate = faults.drawRequestFate();
  await clock.sleep(travelMs(context, fate === 'slow' ? fate : 'answered'));
  const isAway = faults.isStoreDown(clock.nowMs) || fate === 'lost' || fate === 'fatal';
  const orders = [...store.latest.orders.values()];
  const holding = orders.filter(({ status }) => status === 'pending' || status === 'confirmed');
  await clock.sleep(random.int(1, 12));
  if (isAway) throw passing('away');
  return [...new Set(holding.map(({ customerId }) => customerId))];
}

interface Arrival {
  sent: StampedAttempt[];
  nowMs: number;
  fate: RequestFate;
  settle(outcome: Outcome): void;
}

async function arrive(context: RunContext, arrival: Arrival): Promise<void> {
  const { clock, faults, random, store } = context;
  const { sent, nowMs, fate, settle } = arrival;
  const answerMs = random.int(1, 12);
  if (fate === 'lost') return;
  if (fate === 'fatal') {
    faults.noteFatal(sent);
    clock.after(answerMs, () => settle({ fault: new Fault('refused', { retryable: false }) }));
    return;
  }
  if (faults.isStoreDown(clock.nowMs)) {
    if (fate === 'late') clock.at(faults.storeUpAtMs(clock.nowMs), () => arrive(context, arrival));
    else if (random.happens(0.6)) clock.after(answerMs, () => settle({ fault: passing('away') }));
    return;
  }
  const outcome = await store.commit(sent, nowMs, clock.nowMs).then(
    (settlement): Outcome => ({ settlement }),
    (fault: Fault): Outcome => ({ fault }),
  );
  context.note(`commit ${describe(sent, outcome)}`);
  if (fate === 'unanswered') return;
  clock.after(answerMs, () => settle(outcome));
}

export function travelMs(context: RunContext, fate: RequestFate): number {
  if (fate === 'late') return context.random.int(200, LATE_MS_MAX);
  if (fate === 'slow') return context.random.int(SLOW_MS_MIN, STORE_TIMEOUT_MS - 50);
  return context.random.int(1, TRAVEL_MS_MAX);
}

function passing(message: string): Fault {
  return new Fault(message, { retryable: true });
}

/** One line for the trace: what each attempt was and what became of it. */
function describe(sent: StampedAttempt[], outcome: Outcome): string {
  if ('fault' in outcome) return `failed: ${outcome.fault.message}`;
  const words = sent.map((attempt, n) => {
    const answer = outcome.settlement?.answers[n];
    const became = answer && becameOf(answer);
    const id = 'orderId' in attempt ? attempt.orderId : attempt.entryId;
    return `${attempt.kind} ${id.slice(-6)} ${attempt.customerId.slice(-4)} ${became}`;
  });
  const stock = outcome.settlement?.items.map((i) => `${i.remaining}/${i.held}/${i.sold}`);
  return `[${stock?.join(' ')}] ${words.join(', ')}`;
}

function becameOf(answer: LedgerAnswer): string {
  if ('refusal' in answer) return answer.refusal;
  return 'order' in answer ? answer.order.status : answer.entry.status;
}
