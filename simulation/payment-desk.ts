/**
 * The Worker's side of payments in a simulated sale: pages to pay on, the webhook, the page that a shopper
 * returns to, and the outbox. Whatever it does may end at any await, as a request of a Worker may, and is
 * begun again by whoever finds it undone.
 */
import {
  makePaymentId,
  makeRefundId,
  type OrderId,
  type PaymentId,
} from '../worker/contract/ids.ts';
import type { ShopAttempt } from '../worker/sale/rules/shop-attempts.ts';
import type { AnswerCheck } from './check-answers.ts';
import type { SendAttempt } from './edges.ts';
import type { OutboxRow } from './outbox-rows.ts';
import type { PaymentChange, PaymentRow } from './payment-rows.ts';
import { PaymentTurns } from './payment-turns.ts';
import { look, type RowEnd, type WorkPorts, workOff } from './payment-work.ts';
import { Provider } from './provider.ts';
import { scheduleRefunds } from './refund-admin.ts';
import type { RunContext } from './run-context.ts';
import type { SeededRandom } from './seeded-random.ts';

const STORE_MS_MAX = 20;
const POLL_MS = 700;
const LEASE_MS = 40_000;
const PAUSE_MS_MAX = 4_000;
/** These decide nothing: what was asked for is asked again. */
const UNDECIDED = new Set<string>(['busy', 'internal', 'rate_limited', 'unavailable']);
const STREAMS = { provider: 1, refunds: 2 };

export class PaymentDesk {
  readonly provider: Provider;
  readonly #context: RunContext;
  readonly #random: SeededRandom;
  readonly #ports: WorkPorts;
  readonly #turns: PaymentTurns;

  constructor(
    context: RunContext,
    random: SeededRandom,
    { send, answers }: { send: SendAttempt; answers: AnswerCheck },
  ) {
    this.#context = context;
    this.#random = random;
    this.#turns = new PaymentTurns(context);
    const { eventId } = context.scenario;
    const { clock, store } = context;
    this.provider = new Provider(context, random.fork(STREAMS.provider), (paymentId, turn) =>
      this.#change({ kind: 'queue_look', paymentId, turn, nowMs: clock.nowMs }),
    );
    this.#ports = {
      provider: this.provider,
      latest: () => store.latest,
      nowMs: () => clock.nowMs,
      change: (change) => this.#change(change),
      inLine: async (attempt) => {
        await this.#mayEnd();
        answers.sending(attempt);
        const isDone = await this.#inLine(send, attempt);
        await this.#mayEnd();
        return isDone;
      },
      newRefundId: () => makeRefundId(eventId, clock.nowMs, random.fill),
    };
  }

  /** The outbox is worked off, and admins give money back. */
  start(): void {
    const { clock } = this.#context;
    const poll = () => {
      clock.after(POLL_MS, poll);
      for (const row of this.#turns.due()) void this.#work(row);
    };
    clock.after(POLL_MS, poll);
    scheduleRefunds(this.#context, this.#random.fork(STREAMS.refunds));
  }

  /** Whether the outbox has anything to do about a payment, or a page is being made. */
  get isBusy(): boolean {
    return this.#turns.openRows.length > 0;
  }

  /** Begins to pay, or goes on where that stopped. @returns the attempt with a page to pay on. */
  async begin(orderId: OrderId): Promise<PaymentId | undefined> {
    const { scenario, clock, random } = this.#context;
    const known = this.#openOf(orderId);
    if (known === undefined) {
      const paymentId = makePaymentId(scenario.eventId, clock.nowMs, random.fill);
      await this.#change({ kind: 'begin_payment', paymentId, orderId, nowMs: clock.nowMs });
    }
    const payment = this.#openOf(orderId);
    // Nobody pays twice for what was taken and is about to be decided.
    if (payment === undefined) return undefined;
    if (!payment.hasPage) {
      await this.provider.makePage(payment);
      await this.#mayEnd();
      await this.#change({ kind: 'page_opened', paymentId: payment.id, nowMs: clock.nowMs });
    }
    return payment.id;
  }

  /** The shopper is back on the shop's page. */
  look(id: PaymentId): Promise<void> {
    return look(this.#ports, id);
  }

  #openOf(orderId: OrderId): PaymentRow | undefined {
    const { payments } = this.#context.store.latest;
    return [...payments.values()].find(
      (one) => one.orderId === orderId && (one.state === 'open' || one.state === 'authorised'),
    );
  }

  async #inLine(send: SendAttempt, attempt: ShopAttempt): Promise<boolean> {
    const answer = await send(attempt);
    if (!answer.ok && UNDECIDED.has(answer.refusal.code)) throw new Error(answer.refusal.code);
    return answer.ok;
  }

  /** In one event of the clock, since a real database takes real time. */
  async #change(change: PaymentChange): Promise<void> {
    const { clock, faults, store, trace, note } = this.#context;
    await this.#mayEnd();
    await new Promise<void>((done, failed) => {
      clock.after(this.#random.int(1, STORE_MS_MAX), async () => {
        const fate = faults.drawRequestFate();
        if (faults.isStoreDown(clock.nowMs) || fate === 'lost' || fate === 'fatal')
          return failed(new Error('postgres failed'));
        trace.count(`payment: ${change.kind}`);
        note(`payment ${JSON.stringify(change)}`);
        await store.change(change, clock.nowMs);
        if (fate === 'answered') done();
        else failed(new Error('the answer was lost'));
      });
    });
    await this.#mayEnd();
  }

  /** Whoever does it may be gone, with a payment in flight. */
  #mayEnd(): Promise<void> {
    const { faults, trace } = this.#context;
    if (!faults.occurs('leaderLost')) return Promise.resolve();
    trace.count('fault: payment in flight');
    return new Promise(() => {});
  }

  async #work(row: OutboxRow): Promise<void> {
    const { clock, note } = this.#context;
    const lease = this.#turns.leaseOf(row);
    const untilMs = clock.nowMs + LEASE_MS;
    lease.untilMs = untilMs;
    let end: RowEnd;
    try {
      end = await workOff(this.#ports, row);
      if (end) await this.#endRow(row, end);
    } catch (error) {
      end = undefined;
      note(`row ${row.key} failed: ${String(error)}`);
    }
    if (end !== undefined || lease.untilMs !== untilMs) return;
    lease.untilMs = 0;
    lease.dueAtMs = clock.nowMs + this.#random.int(1, PAUSE_MS_MAX);
  }

  #endRow({ key }: OutboxRow, outcome: NonNullable<RowEnd>): Promise<void> {
    return this.#change({ kind: 'row_ended', key, outcome, nowMs: this.#context.clock.nowMs });
  }
}
