/**
 * The object that works off the outbox: a thin shell that gives the dispatcher its clock, its rows and
 * its alarm. There is one, and a second one by accident does no harm: a row is leased by one of them.
 * Keeps nothing that Postgres does not have. The names of its methods stay: during a deploy Workers of
 * two versions call it.
 */
import { DurableObject } from 'cloudflare:workers';
import { readConfig } from '../../config/config.ts';
import { log } from '../../platform/log.ts';
import { openDb } from '../../stores/postgres/client.ts';
import {
  findNextDue,
  leaseRows,
  readSent,
  recordResults,
} from '../../stores/postgres/outbox-work.ts';
import { createKinds } from '../kinds.ts';
import { type DrainPorts, drainOutbox } from '../rules/drain.ts';
import { SendBudget } from '../rules/send-budget.ts';

/** An alarm that is set while it works, for the case that it is evicted. Longer than any run. */
const EVICTED_MS = 5 * 60_000;

export class OutboxObject extends DurableObject<Env> {
  readonly #ports: DrainPorts;
  #isRunning = false;
  /** Rows were written since the run has looked for the last time, perhaps. */
  #isWoken = false;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#ports = portsOf(env);
  }

  /** Rows were written. Answered at once; they are worked off on the alarm. */
  async wake(): Promise<void> {
    this.#isWoken = true;
    if (this.#isRunning) return;
    const nowMs = Date.now();
    const setForMs = await this.ctx.storage.getAlarm();
    if (setForMs === null || setForMs > nowMs) await this.ctx.storage.setAlarm(nowMs);
  }

  /** Never throws, and does not count on being called again: an alarm is set at any time of a run. */
  override async alarm(): Promise<void> {
    this.#isRunning = true;
    this.#isWoken = false;
    await this.ctx.storage.setAlarm(Date.now() + EVICTED_MS);
    const nextMs = await drainOutbox(this.#ports);
    this.#isRunning = false;
    if (this.#isWoken) await this.ctx.storage.setAlarm(Date.now());
    else if (nextMs === undefined) await this.ctx.storage.deleteAlarm();
    else await this.ctx.storage.setAlarm(nextMs);
  }
}

function portsOf(env: Env): DrainPorts {
  const db = openDb(readConfig(env));
  return {
    kinds: createKinds(),
    budget: new SendBudget({ perSecondMax: undefined, perDayMax: undefined }),
    lease: (request) => leaseRows(db, request),
    record: (leaseId, results) => recordResults(db, { leaseId, results, nowMs: Date.now() }),
    nextDue: (lanes) => findNextDue(db, lanes),
    sent: (kinds, sinceMs) => readSent(db, { kinds, sinceMs, nowMs: Date.now() }),
    nowMs: () => Date.now(),
    random: () => Math.random(),
    makeLeaseId: () => crypto.randomUUID(),
    pause: (ms) => scheduler.wait(ms),
    within,
    recorded: ({ id, kind }, { tries, lastError, next }) => {
      if (lastError === null) return;
      const level = next === 'given_up' ? 'error' : 'info';
      log(level, 'outbox row was not done', { outboxId: id, kind, tries, reason: lastError, next });
    },
    report: (error, row) => {
      log('error', 'outbox failed', { error, outboxId: row?.id, kind: row?.kind });
    },
  };
}

async function within<T>(ms: number, work: Promise<T>): Promise<T | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), ms);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
