/** What Cloudflare does to the outbox's object: alarms, evictions at any await, sometimes two of it. */
import type { DrainPorts } from '../worker/outbox/rules/drain-ports.ts';
import type { TryOutcome } from '../worker/outbox/rules/outcome.ts';
import type { LeasedRow, RowResult } from '../worker/stores/postgres/outbox-work.ts';
import type { OutboxCode } from './dispatcher-code.ts';
import { type Life, NOBODY, type Place, whileAlive } from './dispatcher-life.ts';
import { type ReceiverParts, receive } from './dispatcher-receiver.ts';
import type { OutboxRows } from './dispatcher-rows.ts';
import type { Trace } from './trace.ts';

const STORE_MS_MAX = 30;
/** Long enough that changes of the alarm meet, where nothing keeps them apart. */
const STORAGE_MS_MAX = 100;
const CRASH_MS_MAX = 500;
/** After as many calls with the same results the dispatcher takes Postgres for gone. */
const RECORD_TRIES_MAX = 3;
export interface PlatformParts extends ReceiverParts {
  trace: Trace;
  table: OutboxRows;
  code: OutboxCode;
  note(text: string): void;
}

export class OutboxPlatform {
  readonly #parts: PlatformParts;
  readonly #places: Place[] = [{ life: undefined, setForMs: null, version: 0 }];
  #lives = 0;

  constructor(parts: PlatformParts) {
    this.#parts = parts;
  }

  /** Woken is one of them; a wake may be lost with it. */
  wake(): void {
    const { random, note } = this.#parts;
    const place = random.pick(this.#places);
    note('woken');
    const { dispatcher } = this.#lifeOf(place);
    dispatcher.wake().catch(() => {});
  }

  /** Ends all lives. Their alarms stay. */
  evict(): void {
    this.#parts.trace.count('outbox fault: evicted');
    this.#parts.note('evicted');
    for (const place of this.#places) this.#end(place);
  }

  /** A second object, for a while. */
  split(untilMs: number): void {
    const { clock, trace, note } = this.#parts;
    trace.count('outbox fault: two dispatchers');
    note('two dispatchers');
    this.#places.push({ life: undefined, setForMs: null, version: 0 });
    clock.at(untilMs, () => {
      const [, second] = this.#places.splice(0, 2, ...this.#places.slice(0, 1));
      if (second) {
        this.#end(second);
        second.version++;
      }
    });
  }

  #end(place: Place): void {
    if (place.life === undefined) return;
    place.life.isAlive = false;
    this.#parts.laws.gone(place.life.number);
    place.life = undefined;
  }

  #lifeOf(place: Place): Life {
    if (place.life !== undefined) return place.life;
    const { code, clock } = this.#parts;
    const number = ++this.#lives;
    const life: Life = { number, isAlive: true, dispatcher: undefined as never };
    const ports = this.#portsOf(place, life);
    life.dispatcher = new code.Dispatcher({
      dispatches: true,
      drain: async () => {
        this.#parts.laws.runBegun(number, clock.nowMs);
        const nextMs = await code.drainOutbox(ports);
        this.#parts.laws.runEnded(number, clock.nowMs);
        return nextMs;
      },
      getAlarm: () => this.#storage(life, () => place.setForMs),
      setAlarm: (atMs) => this.#storage(life, () => this.#setAlarm(place, atMs)),
      deleteAlarm: () => this.#storage(life, () => this.#setAlarm(place, null)),
      nowMs: () => clock.nowMs,
    });
    place.life = life;
    return life;
  }

  #portsOf(place: Place, life: Life): DrainPorts {
    const { scenario, clock, random, code, table, laws, note } = this.#parts;
    const failures = new WeakMap<readonly RowResult[], number>();
    let leases = 0;
    /** When what a mail is about was read. */
    const readAtMs = new Map<number, number>();
    const attempt = (row: LeasedRow) => this.#work(place, life, { row, readAtMs });
    const mail = { channel: 'mail', retry: scenario.retry, work: attempt } as const;
    return {
      kinds: {
        'mail.reset_password': mail,
        'mail.order_confirmed': mail,
        'account.erase': { channel: 'own', retry: scenario.retry, work: attempt },
      },
      unrecordedMax: scenario.unrecordedMax,
      budget: new code.SendBudget(scenario.limits),
      lease: (request) =>
        this.#store(place, life, () => {
          const held = [...table.rows.values()].filter(({ lease }) => lease !== undefined);
          const lost = new Set(held.map(({ id }) => id));
          const rows = table.lease({ ...request, nowMs: clock.nowMs });
          laws.leased(life.number, rows, lost);
          note(`${life.number} leased ${rows.map(({ id }) => id).join(' ')}`);
          return rows;
        }),
      readSubjects: async (rows) => {
        try {
          return await this.#store(place, life, () => {
            for (const { id } of rows) readAtMs.set(id, clock.nowMs);
            return new Map(rows.map(({ id }) => [id, NOBODY]));
          });
        } catch (error) {
          const [row, other] = rows;
          if (row !== undefined && other === undefined) laws.unreadable(row, clock.nowMs);
          throw error;
        }
      },
      record: async (leaseId, results) => {
        try {
          return await this.#store(place, life, () => {
            const ids = table.record(leaseId, results, clock.nowMs);
            for (const result of results) {
              laws.answered(life.number, result);
              if (!ids.includes(result.id)) continue;
              note(`${life.number} recorded ${result.id} ${JSON.stringify(result.next)}`);
              laws.recorded(result, clock.nowMs);
            }
            return ids;
          });
        } catch (error) {
          const times = (failures.get(results) ?? 0) + 1;
          failures.set(results, times);
          if (times === RECORD_TRIES_MAX) laws.recordFailed(life.number);
          throw error;
        }
      },
      nextDue: (classes) => this.#store(place, life, () => table.nextDue(classes)),
      sent: (kinds, sinceMs) =>
        this.#store(place, life, () => table.sent(kinds, { sinceMs, nowMs: clock.nowMs })),
      nowMs: () => clock.nowMs,
      random: () => random.next(),
      makeLeaseId: () => `${life.number}:${++leases}`,
      pause: (ms) => whileAlive(life, clock.sleep(ms)),
      within: (ms, tried) => {
        const late = clock.sleep(ms).then(() => undefined);
        return whileAlive(life, Promise.race([tried, late]));
      },
      recorded: () => {},
      report: (error) => note(`${life.number} reported ${String(error)}`),
    };
  }

  async #work(
    place: Place,
    life: Life,
    { row, readAtMs }: { row: LeasedRow; readAtMs: ReadonlyMap<number, number> },
  ): Promise<TryOutcome> {
    const { laws, clock, occurs, note } = this.#parts;
    note(`${life.number} tries ${row.id}`);
    laws.begun(life.number, row, { nowMs: clock.nowMs, readAtMs: readAtMs.get(row.id) });
    if (occurs('crash')) this.#crash(place, life);
    const isOver = { value: false };
    const end = (outcome: TryOutcome) => {
      if (life.isAlive && !isOver.value)
        laws.ended(life.number, row, { nowMs: clock.nowMs, outcome });
      isOver.value = true;
    };
    clock.after(WORK_MS_MAX, () => end({ kind: 'failed', reason: 'timeout' }));
    try {
      const outcome = await receive(this.#parts, row);
      end(outcome);
      return outcome;
    } catch (error) {
      end({ kind: 'failed', reason: 'threw' });
      throw error;
    }
  }

  /** Soon after something was begun; without a sweep so soon that it is within a run. */
  #crash(place: Place, life: Life): void {
    const { clock, random, scenario } = this.#parts;
    const inMs = scenario.hasSweep ? random.int(0, CRASH_MS_MAX) : 0;
    clock.after(inMs, () => {
      if (place.life === life) this.#end(place);
    });
  }

  /** A call to Postgres: it may fail before it arrives, or after it was done. */
  #store<T>(place: Place, life: Life, access: () => T): Promise<T> {
    const { clock, random, occurs } = this.#parts;
    const call = async () => {
      await clock.sleep(random.int(1, STORE_MS_MAX));
      if (occurs('storeFailed')) throw new Error('postgres failed');
      const result = access();
      await clock.sleep(random.int(1, STORE_MS_MAX));
      if (occurs('storeAnswerLost')) throw new Error('the answer was lost');
      return result;
    };
    if (occurs('crash')) this.#crash(place, life);
    return whileAlive(life, call());
  }

  #storage<T>(life: Life, access: () => T): Promise<T> {
    const { clock, random } = this.#parts;
    const call = async () => {
      await clock.sleep(random.int(0, STORAGE_MS_MAX));
      if (!life.isAlive) throw new Error('the object is gone');
      return access();
    };
    return whileAlive(life, call());
  }

  #setAlarm(place: Place, atMs: number | null): void {
    const { clock, occurs, note } = this.#parts;
    place.setForMs = atMs;
    const version = ++place.version;
    if (atMs === null) return;
    clock.at(atMs, () => {
      if (version !== place.version) return;
      place.setForMs = null;
      if (occurs('alarmLost')) return note('alarm lost');
      void this.#lifeOf(place)
        .dispatcher.onAlarm()
        .catch(() => {});
    });
  }
}

const WORK_MS_MAX = 15_000;
