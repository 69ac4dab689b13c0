/** What an object's settlements wrote into the outbox, and has not told of yet. */
import type { Settlement, StampedAttempt } from '../worker/sale/rules/attempts.ts';
import type { ReportViolation } from './first-violation.ts';

export class Untold {
  #hasOffers = false;
  #hasPayments = false;
  #hasConfirmed = false;

  settled(group: StampedAttempt[], settlement: Settlement): void {
    const { unaskedOrders, hasPaymentRows = false, answers } = settlement;
    this.#hasOffers ||= unaskedOrders.length > 0;
    this.#hasPayments ||= hasPaymentRows;
    this.#hasConfirmed ||= group.some(({ kind }, n) => {
      const answer = answers[n];
      const isNew = answer && 'order' in answer && !answer.replayed;
      return isNew && (kind === 'confirm' || kind === 'confirm_paid');
    });
  }

  mailsTold(): void {
    this.#hasOffers = false;
    this.#hasConfirmed = false;
  }

  paymentsTold(): void {
    this.#hasPayments = false;
  }

  /** Before the next group is sent. */
  check(violated: ReportViolation): void {
    if (this.#hasOffers) violated('the outbox is told of offers', 'a group is sent');
    if (this.#hasConfirmed) violated('the outbox is told of what is confirmed', 'a group is sent');
    if (this.#hasPayments) violated('the outbox is told of payments', 'a group is sent');
  }
}
