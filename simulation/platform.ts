/**
 * What Cloudflare does to an object: starts it on demand, routes calls to it, fires its alarm,
 * evicts it at any await, and sometimes has two of it alive.
 */

import type { CommitFigures } from '../worker/sale/object/commit-metrics.ts';
import type { Sale } from '../worker/sale/object/sale.ts';
import type {
  Attempt,
  AttemptResult,
  EdgeReport,
  Settlement,
  StampedAttempt,
} from '../worker/sale/rules/attempts.ts';
import { AlarmStorage, COMMIT_MS_MAX } from './alarm-storage.ts';
import type { AnswerCheck } from './check-answers.ts';
import { isReserve } from './commit.ts';
import { sendDraw } from './draw-network.ts';
import type { OrderRow } from './ledger.ts';
import type { OpenCall } from './open-call.ts';
import { releasedAtMs } from './payment-rows.ts';
import type { RunContext } from './run-context.ts';
import { SKEW_MS_MAX } from './scenario.ts';
import { readHolders, sendGroup } from './store-network.ts';
import { Untold } from './untold.ts';

const STORAGE_MS_MAX = 4;
const EVICTED_AFTER_MS_MAX = 40;
/** The cron sweep, and how overdue a hold must be for it; as in wrangler.toml and worker/sweep/sweep.ts. */
export const SWEEP_EVERY_MS = 60_000;
export const OVERDUE_MS = 5_000;

/** One instance of the object: after its end its memory is gone and its promises never settle. */
interface Instance {
  isAlive: boolean;
  skewMs: number;
  sale: Sale;
  /** Groups with a reservation that were sent and are not answered. */
  reserving: number;
  untold: Untold;
  endCalls: Set<(error: Error) => void>;
}

export class Platform {
  readonly #context: RunContext;
  readonly #answers: AnswerCheck;
  readonly #alarm: AlarmStorage;
  readonly #calls = new Set<OpenCall>();
  #current: Instance | undefined;
  /** The second copy, when there is one: it should be gone and still takes calls. */
  #old: Instance | undefined;

  constructor(context: RunContext, answers: AnswerCheck) {
    this.#context = context;
    this.#answers = answers;
    this.#alarm = new AlarmStorage(context, {
      handle: () => this.#call(this.#currentInstance(), (sale) => sale.onAlarm()),
      lost: () => {
        const sweptMs = this.#sweepAfter(context.clock.nowMs + OVERDUE_MS);
        context.faults.extendDisruption(sweptMs);
      },
    });
  }

  /** The call that has waited longest. */
  get oldestCall(): OpenCall | undefined {
    const [oldest] = this.#calls;
    return oldest;
  }

  get openCalls(): number {
    return this.#calls.size;
  }

  /** What the object counts that is alive now; undefined if there is none. */
  get figures(): CommitFigures | undefined {
    return this.#current?.isAlive ? this.#current.sale.figures() : undefined;
  }

  /** Rejects if the object is evicted meanwhile. */
  async attempt(attempts: Attempt[], report: EdgeReport): Promise<AttemptResult> {
    const { clock, random } = this.#context;
    const instance =
      this.#old?.isAlive && random.happens(0.5) ? this.#old : this.#currentInstance();
    const call = {
      arrivedMs: clock.nowMs,
      atMs: clock.nowMs + instance.skewMs,
      attempts,
      isAtEdge: false,
    };
    this.#calls.add(call);
    try {
      const result = await this.#call(instance, (sale) => sale.attempt(attempts, report));
      this.#answers.check(call, result.answers);
      return result;
    } catch (error) {
      this.#answers.gone(call);
      throw error;
    } finally {
      this.#calls.delete(call);
    }
  }

  expireDue(): Promise<void> {
    return this.#call(this.#currentInstance(), (sale) => sale.expireDue());
  }

  evict(): void {
    if (this.#current) this.#end(this.#current);
  }

  /** Until then a second copy lives beside the first, each with its own memory and clock. */
  split(untilMs: number): void {
    const { clock, trace, faults, scenario } = this.#context;
    if (this.#old?.isAlive) return;
    trace.count('fault: two objects');
    this.#context.note('two objects');
    this.#old = this.#currentInstance();
    this.#current = undefined;
    const old = this.#old;
    clock.at(untilMs, () => this.#end(old));
    // Each may move the alarm that the other relies on, until the next alarm after the split.
    faults.extendDisruption(untilMs + scenario.holdSeconds * 1_000);
  }

  #currentInstance(): Instance {
    if (this.#current?.isAlive !== true) this.#current = this.#start();
    return this.#current;
  }

  #start(): Instance {
    const { scenario, clock, random } = this.#context;
    const own = random.fork(random.int(0, 1e9));
    const isAlive = () => instance.isAlive;
    const skewMs = scenario.skewed ? random.int(-SKEW_MS_MAX, SKEW_MS_MAX) : 0;
    const sale = new this.#context.sale.Sale({
      eventId: scenario.eventId,
      fillRandom: own.fill,
      settle: (group, nowMs) =>
        this.#whileAlive(instance, () => this.#send(instance, group, nowMs)),
      draw: (nowMs) => this.#whileAlive(instance, () => sendDraw(this.#context, nowMs)),
      holders: () => this.#whileAlive(instance, () => readHolders(this.#context)),
      recordRefusals: () => this.#whileAlive(instance, () => this.#storage(() => {})),
      getAlarm: () => this.#whileAlive(instance, () => this.#storage(() => this.#alarm.setForMs)),
      setAlarm: (atMs) =>
        this.#whileAlive(instance, () =>
          this.#storage(() => isAlive() && this.#alarm.set(atMs)),
        ).then(() => {}),
      publish: () => {},
      nowMs: () => clock.nowMs + skewMs,
      pause: (ms) => this.#whileAlive(instance, () => clock.sleep(ms)),
      report: (error) => this.#context.note(`reported ${String(error)}`),
      mailsWritten: () => instance.untold.mailsTold(),
      paymentsWritten: () => instance.untold.paymentsTold(),
      groupSettled: () => {},
    });
    const instance: Instance = {
      isAlive: true,
      skewMs,
      sale,
      reserving: 0,
      untold: new Untold(),
      endCalls: new Set(),
    };
    return instance;
  }

  #send(instance: Instance, group: StampedAttempt[], nowMs: number): Promise<Settlement | null> {
    instance.untold.check(this.#context.violations.record);
    const sent = sendGroup(this.#context, group, nowMs).then((settlement) => {
      if (settlement) instance.untold.settled(group, settlement);
      return settlement;
    });
    if (group.some(isReserve)) {
      instance.reserving++;
      const answered = () => void instance.reserving--;
      sent.then(answered, answered);
    }
    return sent;
  }

  async #storage<T>(access: () => T): Promise<T> {
    await this.#context.clock.sleep(this.#context.random.int(0, STORAGE_MS_MAX));
    return access();
  }

  /** A promise for an object: it never settles once the object is gone, which it may be any time. */
  #whileAlive<T>(instance: Instance, begin: () => Promise<T>): Promise<T> {
    const { faults, clock, random } = this.#context;
    if (faults.occurs('evicted')) {
      clock.after(random.int(0, EVICTED_AFTER_MS_MAX), () => this.#end(instance));
    }
    return new Promise((resolve, reject) => {
      begin().then(
        (value) => instance.isAlive && resolve(value),
        (error: unknown) => instance.isAlive && reject(error),
      );
    });
  }

  async #call<T>(instance: Instance, call: (sale: Sale) => Promise<T>): Promise<T> {
    const { promise: gone, reject } = Promise.withResolvers<never>();
    instance.endCalls.add(reject);
    try {
      return await Promise.race([call(instance.sale), gone]);
    } finally {
      instance.endCalls.delete(reject);
    }
  }

  #end(instance: Instance): void {
    if (!instance.isAlive) return;
    instance.isAlive = false;
    this.#context.trace.count('fault: evicted');
    this.#context.note('evicted');
    this.#context.faults.noteEviction(this.#context.clock.nowMs);
    this.#checkAlarm(instance);
    for (const end of instance.endCalls) end(new Error('the object was evicted'));
  }

  /** What was sent may become a hold, and only an alarm that is stored knows of it and of the others. */
  #checkAlarm({ reserving }: Instance): void {
    const { hadTwoObjects, store, violations } = this.#context;
    // Of two objects, one moves the alarm that the other relies on.
    if (!this.#alarm.isUnset || hadTwoObjects()) return;
    const open = [...store.latest.orders.values()].filter((order) => this.#isOpenHold(order));
    if (reserving === 0 && open.length === 0) return;
    violations.record(
      'an eviction leaves no hold without an alarm',
      `${reserving} groups were on their way, ${open.length} holds are open`,
    );
  }

  /** One whose alarm had not gone off before it was committed. */
  #isOpenHold(order: OrderRow): boolean {
    const { clock, store } = this.#context;
    const isPrompt = store.lateMs(order.id) < COMMIT_MS_MAX;
    const isHeld = order.status === 'pending' && releasedAtMs(order) > clock.nowMs + SKEW_MS_MAX;
    return isHeld && isPrompt;
  }

  #sweepAfter(atMs: number): number {
    return (Math.floor(atMs / SWEEP_EVERY_MS) + 1) * SWEEP_EVERY_MS;
  }
}
