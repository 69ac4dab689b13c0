/**
 * The objects that work off the outbox: a thin shell that gives the dispatcher its clock, its rows and its
 * alarm. There is one for what payment providers are asked to do and one for all else, and a second one by
 * accident does no harm: a row is leased by one of them.
 * Keeps nothing that Postgres does not have. The names of its methods stay: during a deploy Workers of
 * two versions call it.
 */
import { DurableObject } from 'cloudflare:workers';
import { type Config, readConfig } from '../../config/config.ts';
import type { EventId, FillRandom } from '../../contract/ids.ts';
import { openProvider } from '../../payment/configured/open-provider.ts';
import { log } from '../../platform/log.ts';
import {
  createOutboxWaker,
  OUTBOX_NAME,
  PAYMENTS_OUTBOX_NAME,
} from '../../platform/outbox-waker.ts';
import { within } from '../../platform/within.ts';
import type { SaleObject } from '../../sale/object/sale-object.ts';
import type { Answer, Attempt } from '../../sale/rules/attempts.ts';
import { openDocuments } from '../../stores/documents/open-documents.ts';
import { type Db, openDb } from '../../stores/postgres/client.ts';
import { readLeasedPayments } from '../../stores/postgres/leased-payments.ts';
import { readMailSubjects } from '../../stores/postgres/mail-facts.ts';
import {
  dropUnsentMails,
  findNextDue,
  type LeasedRow,
  type LeaseRequest,
  leaseRows,
  readSent,
  recordResults,
} from '../../stores/postgres/outbox-work.ts';
import { dropResetsOfNobody } from '../../stores/postgres/password-resets.ts';
import { workOffCancelling } from '../cancelling/cancel-event.ts';
import { type EraseNeeds, eraseAccount } from '../erasure/erase-account.ts';
import { createKinds, kindsOfObject } from '../kinds.ts';
import { mailHandlersOf } from '../mail/configured-handlers.ts';
import { subjectKeysOf } from '../mail/handlers.ts';
import { knowsKeys } from '../mail/send-mail.ts';
import { createPaymentHandlers } from '../payments/handlers.ts';
import type { PaymentHandlers } from '../payments/payment-handlers.ts';
import { ReadAhead } from '../payments/read-ahead.ts';
import { createPushHandlers } from '../push/handlers.ts';
import { AT_ONCE_MAX, UNRECORDED_MAX } from '../rules/batch.ts';
import { Dispatcher } from '../rules/dispatcher.ts';
import { drainOutbox } from '../rules/drain.ts';
import type { DrainPorts } from '../rules/drain-ports.ts';
import { SendBudget } from '../rules/send-budget.ts';

const nowMs = () => Date.now();
const fillRandom: FillRandom = (bytes) => crypto.getRandomValues(bytes);

/** What a payment waits for is worth an admin's look after this. */
const PAYMENT_LATE_MS = 60 * 60_000;
/** Before each lease. */
const DROPPED_AT_ONCE_MAX = 1_000;
/** The same, where all mails are dropped. */
const DROP_CALLS_MAX = 10;
/** Nobody waits for a page here. */
const DOCUMENTS_TIMEOUT_MS = 4_000;

/** The generated types know neither the objects' classes nor a binding that only some shops have. */
export interface OutboxEnv extends Omit<Env, 'SALES' | 'IMAGES' | 'PICTURES'> {
  EMAIL?: SendEmail;
  SALES: DurableObjectNamespace<SaleObject>;
}

export class OutboxObject extends DurableObject<OutboxEnv> {
  readonly #dispatcher: Dispatcher;

  constructor(ctx: DurableObjectState, env: OutboxEnv) {
    super(ctx, env);
    const config = readConfig(env);
    const isOfPayments = ctx.id.name === PAYMENTS_OUTBOX_NAME;
    const wakeMails = wakerOf(OUTBOX_NAME, config.mail !== undefined, {
      ctx,
      env,
      config,
    });
    const isPaid = config.payment !== undefined;
    const wakePayments = wakerOf(PAYMENTS_OUTBOX_NAME, isPaid, { ctx, env, config });
    const ports = portsOf({ env, config, isOfPayments, wakePayments });
    this.#dispatcher = new Dispatcher({
      dispatches: config.dispatchesOutbox,
      async drain() {
        const nextMs = await drainOutbox(ports);
        // What became of a payment may be told by mail.
        if (isOfPayments) wakeMails();
        return nextMs;
      },
      getAlarm: () => ctx.storage.getAlarm(),
      setAlarm: (atMs) => ctx.storage.setAlarm(atMs),
      deleteAlarm: () => ctx.storage.deleteAlarm(),
      nowMs,
    });
  }

  /** Rows were written. Answered at once; they are worked off on the alarm. */
  wake(): Promise<void> {
    return this.#dispatcher.wake();
  }

  override alarm(): Promise<void> {
    return this.#dispatcher.onAlarm();
  }
}

interface Given {
  env: OutboxEnv;
  config: Config;
  isOfPayments: boolean;
  wakePayments(): void;
}

function portsOf({ env, config, isOfPayments, wakePayments }: Given): DrainPorts {
  const db = openDb(config);
  const ahead = new ReadAhead({ read: (ids) => readLeasedPayments(db, ids), nowMs });
  const mails = mailHandlersOf(config, {
    db,
    fetch: (url, init) => fetch(url, init),
    email: env.EMAIL,
    nowMs,
  });
  const needs = ownNeedsOf(env, config, db);
  return {
    kinds: kindsOfObject(
      createKinds({
        mails,
        pushes: createPushHandlers({
          db,
          config: config.push,
          fetch: (url, init) => fetch(url, init),
          nowMs,
        }),
        erase: (userId) => eraseAccount(needs, userId),
        cancel: (batch) => workOffCancelling({ ...needs, outbox: { wakePayments } }, batch),
        payments: paymentHandlersOf(env, config, { db, ahead }),
      }),
      isOfPayments,
    ),
    budget: new SendBudget({
      perSecondMax: config.mail?.perSecondMax,
      perDayMax: config.mail?.perDayMax,
    }),
    // A payment provider tells a repeat by its key.
    unrecordedMax:
      isOfPayments || (config.mail && knowsKeys(config.mail)) ? UNRECORDED_MAX : AT_ONCE_MAX,
    lease: async (request) => {
      if (isOfPayments) return leasePayments(db, request, ahead);
      if (config.mail === undefined) await dropMails(db, request.nowMs);
      else await dropResetsOfNobody(db, { nowMs: request.nowMs, limit: DROPPED_AT_ONCE_MAX });
      return leaseRows(db, request);
    },
    readSubjects: (rows) => readMailSubjects(db, rows.map(subjectKeysOf)),
    record: (leaseId, results) => recordResults(db, { leaseId, results, nowMs: Date.now() }),
    nextDue: (classes) => findNextDue(db, classes, Date.now()),
    sent: (kinds, sinceMs) => readSent(db, { kinds, sinceMs, nowMs: Date.now() }),
    nowMs,
    random: () => Math.random(),
    makeLeaseId: () => crypto.randomUUID(),
    pause: (ms) => scheduler.wait(ms),
    within,
    recorded: ({ id, kind, createdAtMs }, { tries, lastError, next }) => {
      if (lastError === null) return;
      const isLate = isOfPayments && Date.now() - createdAtMs > PAYMENT_LATE_MS;
      const level = next === 'given_up' || isLate ? 'error' : 'info';
      log(level, 'outbox row was not done', { outboxId: id, kind, tries, reason: lastError, next });
    },
    report: (error, row) => {
      log('error', 'outbox failed', { error, outboxId: row?.id, kind: row?.kind });
    },
  };
}

/** Wakes the other object, by its name. */
function wakerOf(
  name: string,
  dispatches: boolean,
  { ctx, env, config }: Pick<Given, 'env' | 'config'> & { ctx: DurableObjectState },
): () => void {
  return createOutboxWaker({
    dispatches: config.dispatchesOutbox && dispatches,
    call: () => env.OUTBOX.getByName(name, config.placement).wake(),
    nowMs,
    keep: (work) => ctx.waitUntil(work),
    report: (error) => log('error', 'the outbox was not woken', { error }),
  });
}

async function leasePayments(
  db: Db,
  request: LeaseRequest,
  ahead: ReadAhead,
): Promise<LeasedRow[]> {
  const rows = await leaseRows(db, request);
  await ahead.readFor(rows);
  return rows;
}

/** Undefined where no payment provider is configured. */
function paymentHandlersOf(
  env: OutboxEnv,
  config: Config,
  { db, ahead }: { db: Db; ahead: ReadAhead },
): PaymentHandlers | undefined {
  const provider = openProvider(config, { fetch: (url, init) => fetch(url, init) });
  if (provider === undefined) return undefined;
  const sale = {
    async attempt(eventId: EventId, attempt: Attempt): Promise<Answer> {
      const object = env.SALES.getByName(eventId, config.placement);
      // No customer is answered by it, so it reports nothing that an edge knows.
      const report = { noticeTakenAtMs: 0, soldOutSaid: 0 };
      const [answer] = (await object.attempt([attempt], report)).answers;
      if (answer === undefined) throw new Error('an attempt without an answer');
      return answer;
    },
  };
  return createPaymentHandlers({ db, provider, nowMs, fillRandom, sale, ahead });
}

function ownNeedsOf(env: OutboxEnv, config: Config, db: Db): EraseNeeds {
  return {
    sale: {
      expireDue: (eventId) => env.SALES.getByName(eventId, config.placement).tidy(),
    },
    stores: { db, documents: openDocuments(config, { nowMs, timeoutMs: DOCUMENTS_TIMEOUT_MS }) },
    logging: { log },
    platform: { nowMs, fillRandom },
  };
}

/** Where no adapter sends them; the rest at the next run, for which the sweep wakes the object. */
async function dropMails(db: Db, atMs: number): Promise<void> {
  for (let calls = 0; calls < DROP_CALLS_MAX; calls++) {
    const count = await dropUnsentMails(db, { nowMs: atMs, limit: DROPPED_AT_ONCE_MAX });
    if (count < DROPPED_AT_ONCE_MAX) return;
  }
}
