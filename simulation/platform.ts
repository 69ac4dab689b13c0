/**
 * What Cloudflare does to an object: makes it on demand, routes calls to it, rings its alarm,
 * throws it out at any await, and now and then has two of it alive.
 */

import type { Sale } from '../worker/sale/object/sale.ts';
import type { Attempt, AttemptResult, EdgeReport } from '../worker/sale/rules/attempts.ts';
import { AlarmStorage } from './alarm-storage.ts';
import type { AnswerCheck } from './check-answers.ts';
import { SKEW_MS_MAX } from './scenario.ts';
import { askHolders, sendGroup } from './store-link.ts';
import type { World } from './world.ts';

const STORAGE_MS_MAX = 4;
const EVICTED_AFTER_MS_MAX = 40;
/** The cron sweep, and how overdue a hold must be for it; as in wrangler.toml and worker/sweep.ts. */
export const SWEEP_EVERY_MS = 60_000;
export const OVERDUE_MS = 5_000;

/** One life of the object: its memory ends with it, and nothing it waits for comes. */
interface Life {
  isAlive: boolean;
  skewMs: number;
  sale: Sale;
  endCalls: Set<(error: Error) => void>;
}

export interface OpenCall {
  /** By the simulation's clock and by the object's. */
  arrivedMs: number;
  atMs: number;
  attempts: Attempt[];
  /** Answered at the edge, without the object. */
  isAtEdge: boolean;
}

export class Platform {
  readonly #world: World;
  readonly #answers: AnswerCheck;
  readonly #alarm: AlarmStorage;
  readonly #calls = new Set<OpenCall>();
  #current: Life | undefined;
  /** The second copy, when there is one: it should be gone and still takes calls. */
  #old: Life | undefined;

  constructor(world: World, answers: AnswerCheck) {
    this.#world = world;
    this.#answers = answers;
    this.#alarm = new AlarmStorage(world, {
      handle: () => this.#call(this.#theCurrent(), (sale) => sale.wake()),
      lost: () => {
        const sweptMs = this.#sweepAfter(world.clock.nowMs + OVERDUE_MS);
        world.weather.disturb(sweptMs);
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

  /** Rejects if the object is evicted meanwhile. */
  async attempt(attempts: Attempt[], report: EdgeReport): Promise<AttemptResult> {
    const { clock, chance } = this.#world;
    const life = this.#old?.isAlive && chance.happens(0.5) ? this.#old : this.#theCurrent();
    const call = {
      arrivedMs: clock.nowMs,
      atMs: clock.nowMs + life.skewMs,
      attempts,
      isAtEdge: false,
    };
    this.#calls.add(call);
    try {
      const result = await this.#call(life, (sale) => sale.attempt(attempts, report));
      this.#answers.check(call, result.answers);
      return result;
    } catch (error) {
      this.#answers.gone(call);
      throw error;
    } finally {
      this.#calls.delete(call);
    }
  }

  tidy(): Promise<void> {
    return this.#call(this.#theCurrent(), (sale) => sale.tidy());
  }

  evict(): void {
    if (this.#current) this.#end(this.#current);
  }

  /** From now to then a second copy lives beside the first, each with its own memory and clock. */
  split(untilMs: number): void {
    const { clock, trace, weather, scenario } = this.#world;
    if (this.#old?.isAlive) return;
    trace.count('fault: two objects');
    this.#world.note('two objects');
    this.#old = this.#theCurrent();
    this.#current = undefined;
    const old = this.#old;
    clock.at(untilMs, () => this.#end(old));
    // Each may move the alarm that the other relies on, until the one that is left rings next.
    weather.disturb(untilMs + scenario.holdSeconds * 1_000);
  }

  #theCurrent(): Life {
    if (this.#current?.isAlive !== true) this.#current = this.#start();
    return this.#current;
  }

  #start(): Life {
    const { scenario, clock, chance } = this.#world;
    const own = chance.fork(chance.int(0, 1e9));
    const isAlive = () => life.isAlive;
    const skewMs = scenario.skewed ? chance.int(-SKEW_MS_MAX, SKEW_MS_MAX) : 0;
    const sale = new this.#world.sale.Sale({
      eventId: scenario.eventId,
      fillRandom: own.fill,
      settle: (group, nowMs) => this.#whileAlive(life, () => sendGroup(this.#world, group, nowMs)),
      holders: () => this.#whileAlive(life, () => askHolders(this.#world)),
      recordRefusals: () => this.#whileAlive(life, () => this.#storage(() => {})),
      getAlarm: () => this.#whileAlive(life, () => this.#storage(() => this.#alarm.setForMs)),
      setAlarm: (atMs) =>
        this.#whileAlive(life, () => this.#storage(() => isAlive() && this.#alarm.set(atMs))).then(
          () => {},
        ),
      publish: () => {},
      nowMs: () => clock.nowMs + skewMs,
      pause: (ms) => this.#whileAlive(life, () => clock.sleep(ms)),
      report: (error) => this.#world.note(`reported ${String(error)}`),
      settled: () => {},
    });
    const life: Life = { isAlive: true, skewMs, sale, endCalls: new Set() };
    return life;
  }

  async #storage<T>(access: () => T): Promise<T> {
    await this.#world.clock.sleep(this.#world.chance.int(0, STORAGE_MS_MAX));
    return access();
  }

  /** A promise for an object: it never settles once the object is gone, which it may be any time. */
  #whileAlive<T>(life: Life, begin: () => Promise<T>): Promise<T> {
    const { weather, clock, chance } = this.#world;
    if (weather.strikes('evicted')) {
      clock.after(chance.int(0, EVICTED_AFTER_MS_MAX), () => this.#end(life));
    }
    return new Promise((resolve, reject) => {
      begin().then(
        (value) => life.isAlive && resolve(value),
        (error: unknown) => life.isAlive && reject(error),
      );
    });
  }

  async #call<T>(life: Life, call: (sale: Sale) => Promise<T>): Promise<T> {
    const { promise: gone, reject } = Promise.withResolvers<never>();
    life.endCalls.add(reject);
    try {
      return await Promise.race([call(life.sale), gone]);
    } finally {
      life.endCalls.delete(reject);
    }
  }

  #end(life: Life): void {
    if (!life.isAlive) return;
    life.isAlive = false;
    this.#world.trace.count('fault: evicted');
    this.#world.note('evicted');
    this.#world.weather.noteEviction(this.#world.clock.nowMs);
    for (const end of life.endCalls) end(new Error('the object was evicted'));
  }

  #sweepAfter(atMs: number): number {
    return (Math.floor(atMs / SWEEP_EVERY_MS) + 1) * SWEEP_EVERY_MS;
  }
}
