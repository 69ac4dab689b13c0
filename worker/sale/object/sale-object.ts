/**
 * One event's Durable Object: a thin shell that gives the sale its clock, its ledger and its alarm.
 * Decides nothing, and keeps nothing that Postgres does not have. The names of its methods stay: during
 * a deploy it is called by Workers of the version before, and calls of the next one reach it.
 */
import { DurableObject } from 'cloudflare:workers';
import { hasherPlacement } from '../../auth/hash-pool.ts';
import { readConfig } from '../../config/config.ts';
import { STATEMENT_TYPE } from '../../contract/draw.ts';
import type { EventId } from '../../contract/ids.ts';
import { createBeaconClient } from '../../draw/beacon-client.ts';
import { drawEvent } from '../../draw/draw-event.ts';
import { createDrawSigner, readSigningKeys } from '../../draw/signing.ts';
import { Feed } from '../../live/rules/feed.ts';
import { shardName } from '../../live/rules/shards.ts';
import { log } from '../../platform/log.ts';
import {
  createOutboxWaker,
  OUTBOX_NAME,
  PAYMENTS_OUTBOX_NAME,
} from '../../platform/outbox-waker.ts';
import { openDb } from '../../stores/postgres/client.ts';
import { drawEntries, giveUpDraw, keepStatement, readDraw } from '../ledger/draw.ts';
import { readHolders, recordRefusals, settleGroup } from '../ledger/ledger.ts';
import type { Attempt, AttemptResult, EdgeReport } from '../rules/attempts.ts';
import { writeGroup } from './analytics.ts';
import type { CommitFigures } from './commit-metrics.ts';
import { Sale } from './sale.ts';

/** To rank the most entries that an event may have takes some 30 seconds. Nothing is sold until then. */
const DRAW_TIMEOUT_MS = 120_000;

export class SaleObject extends DurableObject<Env> {
  readonly #sale: Sale;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    if (ctx.id.name === undefined) throw new Error('a sale object is found by its event id only');
    const eventId = ctx.id.name as EventId;
    const config = readConfig(env);
    const db = openDb(config);
    const slowDb = openDb({ ...config, timeoutMs: DRAW_TIMEOUT_MS });
    const signer = createDrawSigner(readSigningKeys(config));
    const nearby = hasherPlacement(config.placement);
    const beacon = createBeaconClient({
      call: (name, named) => env.BEACONS.getByName(name, nearby).round(named),
      pause: (ms) => scheduler.wait(ms),
    });
    const feed = new Feed({
      send: (shard, state) =>
        env.LIVE.getByName(shardName(eventId, shard), config.placement).publish(state),
      nowMs: () => Date.now(),
      after: (ms, then) => void setTimeout(then, ms),
      report: (error) => log('error', 'viewers were not told', { eventId, error }),
    });
    const outboxWaker = (name: string, dispatches: boolean) =>
      createOutboxWaker({
        dispatches,
        call: () => env.OUTBOX.getByName(name, config.placement).wake(),
        nowMs: () => Date.now(),
        keep: (work) => ctx.waitUntil(work),
        report: (error) => log('error', 'the outbox was not woken', { eventId, error }),
      });
    this.#sale = new Sale({
      eventId,
      settle: (attempts, nowMs) => settleGroup(db, eventId, { attempts, nowMs }),
      draw: (nowMs) =>
        drawEvent(
          {
            eventId,
            beacon,
            read: () => readDraw(db, eventId),
            rank: (result, atMs) => drawEntries(slowDb, eventId, { ...result, nowMs: atMs }),
            giveUp: async (reason, atMs) => {
              await giveUpDraw(db, eventId, { reason, nowMs: atMs });
            },
            sign: (statement) => signer.sign(statement, STATEMENT_TYPE),
            keepStatement: (type, text) => keepStatement(db, eventId, { type, text }),
          },
          nowMs,
        ),
      holders: () => readHolders(db, eventId),
      recordRefusals: (counts) => recordRefusals(db, eventId, counts),
      getAlarm: () => ctx.storage.getAlarm(),
      setAlarm: (atMs) => ctx.storage.setAlarm(atMs),
      fillRandom: (bytes) => crypto.getRandomValues(bytes),
      publish: ({ opensAtMs, closesAtMs, items, queue }, takenAtMs) =>
        feed.publish({ takenAtMs, opensAtMs, closesAtMs, items, drawAtMs: queue?.drawAtMs }),
      nowMs: () => Date.now(),
      pause: (ms) => scheduler.wait(ms),
      report: (error) => log('error', 'group failed', { eventId, error }),
      // Without an adapter its mails are dropped, for which nobody has to hurry: the sweep sees to it.
      mailsWritten: outboxWaker(
        OUTBOX_NAME,
        config.dispatchesOutbox && (config.mail !== undefined || config.push !== undefined),
      ),
      paymentsWritten: outboxWaker(
        PAYMENTS_OUTBOX_NAME,
        config.dispatchesOutbox && config.payment !== undefined,
      ),
      groupSettled: (group) => {
        log('info', 'group', { eventId, ...group });
        writeGroup(env.SALE_GROUPS, eventId, group);
      },
    });
  }

  /** Answers each attempt in the order given; a list, so that edges can batch them. */
  attempt(attempts: Attempt[], report: EdgeReport): Promise<AttemptResult> {
    return this.#sale.attempt(attempts, report);
  }

  /** Answered at once, whatever the ledger does. */
  figures(): CommitFigures {
    return this.#sale.figures();
  }

  /** Expires what is due; the cron sweep calls it where an alarm was lost. */
  tidy(): Promise<void> {
    return this.#sale.expireDue();
  }

  override alarm(): Promise<void> {
    return this.#sale.onAlarm();
  }
}
