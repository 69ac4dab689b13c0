/** The network between one object, the source of its draw's randomness and the store. */
import { createHash } from 'node:crypto';
import type { NamedBeacon } from '../worker/contract/draw.ts';
import type { BeaconRound } from '../worker/draw/beacon.ts';
import type { DrawPorts, DrawProgress } from '../worker/draw/draw-event.ts';
import { Fault } from '../worker/platform/faults.ts';
import { STORE_TIMEOUT_MS } from '../worker/stores/store-timeout.ts';
import type { RequestFate } from './fault-injector.ts';
import type { RunContext } from './run-context.ts';
import { travelMs } from './store-network.ts';

/** Draws the event as its object does, and resolves with what the object receives. */
export function sendDraw(context: RunContext, nowMs: number): Promise<DrawProgress> {
  const { clock, faults, trace } = context;
  const fate = faults.drawRequestFate();
  if (fate !== 'answered') trace.count(`fault: draw ${fate}`);
  context.note(`draw ${fate}`);
  return new Promise((resolve, reject) => {
    let isSettled = false;
    faults.beginDisruption();
    const settle = (outcome: { progress: DrawProgress } | { fault: unknown }): void => {
      if (isSettled) return;
      isSettled = true;
      faults.endDisruption(clock.nowMs);
      if ('fault' in outcome) reject(outcome.fault);
      else resolve(outcome.progress);
    };
    clock.at(clock.nowMs + STORE_TIMEOUT_MS, () => settle({ fault: passing('timed out') }));
    // In one event of the clock, since what it computes takes real time.
    clock.after(travelMs(context, fate), async () => {
      const outcome = await draw(context, nowMs, fate).then(
        (progress) => ({ progress }),
        (fault: unknown) => ({ fault }),
      );
      if (fate !== 'unanswered') settle(outcome);
    });
  });
}

function draw(context: RunContext, nowMs: number, fate: RequestFate): Promise<DrawProgress> {
  const { faults, clock } = context;
  const isAway = faults.isStoreDown(clock.nowMs) || fate === 'lost';
  if (isAway) return Promise.reject(passing('away'));
  if (fate === 'fatal') return Promise.reject(new Fault('refused', { retryable: false }));
  return context.sale.drawEvent(portsOf(context, nowMs), nowMs);
}

/** @param mayBeOvertaken by another object that draws the same event. */
function portsOf(context: RunContext, nowMs: number, mayBeOvertaken = true): DrawPorts {
  const { scenario, clock, store, signer } = context;
  return {
    eventId: scenario.eventId,
    beacon: {
      round: async (named) => {
        checkIsStated(context, 'the lock is stated before its round is asked for');
        return roundOf(context, named);
      },
    },
    read: () => store.readDraw(),
    rank: (result, atMs) => {
      checkIsStated(context, 'the lock is stated before the entries are ranked');
      context.trace.count('drawn');
      context.note(`drawn by ${Buffer.from(result.seed).toString('hex').slice(0, 8)}`);
      return store.drawEntries({ ...result, nowMs: atMs }, clock.nowMs);
    },
    giveUp: (reason, atMs) =>
      store.change({ kind: 'give_up_draw', reason, nowMs: atMs }, clock.nowMs),
    sign: async (statement) => signer.sign(statement),
    keepStatement: async (type, text) => {
      const mayFail = mayBeOvertaken && !context.faults.isStopped;
      const fate = mayFail ? signer.fate() : 'kept';
      if (fate !== 'kept') context.trace.count(`fault: statement ${fate}`);
      context.note(`statement ${type} ${fate}`);
      if (fate === 'overtaken') await drawBetween(context, nowMs);
      if (fate === 'lost') throw passing('the statement is lost');
      await store.keepStatement({ type, text }, clock.nowMs);
      if (fate === 'unanswered') throw passing('nobody says that the statement is kept');
    },
  };
}

/** What goes wrong there is told to another object. */
async function drawBetween(context: RunContext, nowMs: number): Promise<void> {
  try {
    await context.sale.drawEvent(portsOf(context, nowMs, false), nowMs);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
  }
}

/** Of a draw that somebody entered: who waits for the round can have read which entries it decides on. */
function checkIsStated({ store, violations }: RunContext, law: string): void {
  const { proof } = store.latest.queue;
  if (proof !== null && proof.lockedStatement === null)
    violations.record(law, JSON.stringify(proof));
}

/** Known to nobody before its time, and then the same to everybody. Nobody here looks at its signature. */
function roundOf(context: RunContext, named: NamedBeacon): BeaconRound | undefined {
  const { beacon } = context.scenario;
  if (context.clock.nowMs < named.roundAtMs + beacon.silentMs) {
    context.trace.count('fault: beacon silent');
    return undefined;
  }
  if (context.random.happens(beacon.failing)) {
    context.trace.count('fault: beacon failed');
    throw passing('the beacon failed');
  }
  const signature = createHash('sha512').update(`${named.chain} ${named.round}`).digest();
  return { signature, randomness: createHash('sha256').update(signature).digest() };
}

function passing(message: string): Fault {
  return new Fault(message, { retryable: true });
}
