/** The model's confirms and cancels, of holds that stand and of those that have ended. */
import type { LedgerAnswer, StampedAttempt } from '../worker/sale/rules/attempts.ts';
import { ENDED_WITH_ACCOUNT, type OrderRow } from './ledger.ts';
import { confirmsInTime, isSameKey, yes } from './model-answers.ts';
import { end, type Moment, type Round } from './model-orders.ts';
import type { ModelQueue, QueueParts } from './model-queue.ts';
import { confirmationOf } from './outbox-rows.ts';
import { releasedAtMs } from './payment-rows.ts';

type SettleHold = Extract<StampedAttempt, { kind: 'confirm' | 'cancel' | 'confirm_paid' }>;
export type Answers = Map<StampedAttempt, LedgerAnswer>;

export class ModelHolds {
  readonly #parts: QueueParts & { queue: ModelQueue };

  constructor(parts: QueueParts & { queue: ModelQueue }) {
    this.#parts = parts;
  }

  /** Confirms and cancels; in an event with a queue no confirms of what has ended. */
  settle(
    group: StampedAttempt[],
    { answers, moment, isEarly }: { answers: Answers; moment: Moment; isEarly: boolean },
  ): void {
    this.#expire(moment, (order) => group.some((one) => confirmsInTime(one, order)));
    for (const attempt of group) {
      if (attempt.kind === 'cancel') answers.set(attempt, this.#cancel(attempt, moment));
      if (!isConfirm(attempt)) continue;
      const isEnded = this.#orderOf(attempt)?.status === 'expired';
      const refusal = this.#whyNotSettled(attempt);
      if (refusal || !(isEarly && isEnded)) {
        answers.set(
          attempt,
          this.#paid(attempt, refusal ?? this.#confirm(attempt, moment), moment),
        );
      }
    }
    this.#expire(moment, () => false);
  }

  #expire(moment: Moment, isSpared: (order: OrderRow) => boolean): void {
    for (const order of this.#parts.orders.expire(moment, isSpared)) {
      this.#parts.payments.holdEnded(order, moment.nowMs, 'in the line');
    }
  }

  /** What is refused is released. */
  #paid(attempt: SettleHold, answer: LedgerAnswer, { nowMs }: Moment): LedgerAnswer {
    const isRefused = 'refusal' in answer && answer.refusal !== 'not_found';
    if (isRefused && attempt.kind === 'confirm_paid')
      this.#parts.payments.refused(attempt.paymentId, nowMs);
    return answer;
  }

  /** After the queue was served. */
  confirmLate(group: StampedAttempt[], at: { answers: Answers; round: Round }): void {
    for (const attempt of group) {
      if (!isConfirm(attempt) || at.answers.has(attempt)) continue;
      const refusal = this.#whyNotSettled(attempt);
      const answer = refusal ?? this.#confirm(attempt, at.round, at.round);
      at.answers.set(attempt, this.#paid(attempt, answer, at.round));
    }
  }

  #confirm(attempt: SettleHold, moment: Moment, round?: Round): LedgerAnswer {
    const order = this.#orderOf(attempt);
    if (order === undefined) return { refusal: 'not_found' };
    if (order.status === 'expired' && !this.#mayTakeAgain(attempt, order, round)) {
      return { refusal: 'hold_expired' };
    }
    end(order, 'confirmed', moment.settlement);
    order.confirmKey = attempt.key ?? null;
    if (attempt.kind === 'confirm_paid')
      this.#parts.payments.confirmed(order, attempt.paymentId, moment.nowMs);
    this.#parts.outbox.push(confirmationOf(order, moment.nowMs));
    return yes(order, false);
  }

  /** What is answered before anybody looks at the units; undefined if they decide. */
  #whyNotSettled(attempt: SettleHold): LedgerAnswer | undefined {
    const order = this.#orderOf(attempt);
    if (order === undefined) return { refusal: 'not_found' };
    if (attempt.kind === 'confirm' && order.status === 'confirmed')
      return yes(order, isSameKey(order.confirmKey, attempt.key));
    const isCancelled = order.status === 'cancelled' && order.cancelKey !== ENDED_WITH_ACCOUNT;
    if (attempt.kind === 'cancel' && isCancelled)
      return yes(order, isSameKey(order.cancelKey, attempt.key));
    if (attempt.kind === 'confirm_paid' && order.paymentId === attempt.paymentId)
      return yes(order, true);
    const { accounts, payments } = this.#parts;
    const mayAct =
      attempt.kind === 'confirm_paid'
        ? accounts.isActive(order.customerId)
        : accounts.mayAct(attempt);
    if (!mayAct) return { refusal: 'unauthenticated' };
    if (this.#isKeyUsed(attempt, order)) return { refusal: 'idempotency_key_reused' };
    if (order.status === 'confirmed') return { refusal: 'order_confirmed' };
    if (order.status === 'cancelled') return { refusal: 'order_cancelled' };
    if (this.#parts.window.isCancelled && attempt.kind !== 'cancel') return { refusal: 'closed' };
    if (attempt.kind === 'confirm' && order.payOnline)
      return { refusal: attempt.atMs < order.expiresAtMs ? 'payment_required' : 'hold_expired' };
    if (attempt.kind === 'confirm_paid' && !payments.pays(attempt.paymentId, order))
      return { refusal: 'payment_required' };
    return undefined;
  }

  #cancel(attempt: SettleHold, moment: Moment): LedgerAnswer {
    const refusal = this.#whyNotSettled(attempt);
    const order = this.#orderOf(attempt);
    if (refusal || order === undefined) return refusal ?? { refusal: 'not_found' };
    if (order.status === 'expired') return { refusal: 'hold_expired' };
    this.#parts.payments.cancel(order, moment);
    order.cancelKey = attempt.key ?? null;
    return yes(order, false);
  }

  /** A hold that has ended: its units must be free, and a late confirmation is treated like a new purchase. */
  #mayTakeAgain(attempt: SettleHold, order: OrderRow, round: Round | undefined): boolean {
    const item = this.#parts.items.find(order.eventItemId);
    if (item === undefined || this.#parts.orders.count(item).remaining < order.quantity)
      return false;
    if (this.#parts.queue.isAhead(item.id, round)) return false;
    const { held, bought } = this.#parts.orders.unitsOf(order);
    if (held + bought + order.quantity > item.limit) return false;
    return attempt.atMs < releasedAtMs(order) || attempt.atMs < this.#parts.window.closesAtMs;
  }

  /** Whether a request that has done something had that key; what is done already is answered before. */
  #isKeyUsed({ key }: SettleHold, order: OrderRow): boolean {
    if (key == null) return false;
    return this.#parts.orders
      .of(order.customerId)
      .some(
        (other) => other.reserveKey === key || other.confirmKey === key || other.cancelKey === key,
      );
  }

  #orderOf({ orderId, customerId }: SettleHold): OrderRow | undefined {
    const order = this.#parts.orders.get(orderId);
    return order?.customerId === customerId ? order : undefined;
  }
}

function isConfirm(attempt: StampedAttempt): attempt is SettleHold {
  return attempt.kind === 'confirm' || attempt.kind === 'confirm_paid';
}
