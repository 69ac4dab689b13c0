/** What works off each kind of row that is about a payment. Types only. */
import type { OutboxKind } from '../../contract/outbox.ts';
import type { LeasedRow } from '../../stores/postgres/outbox-work.ts';
import type { TryOutcome } from '../rules/outcome.ts';

type PaymentKind = Extract<OutboxKind, `payment.${string}`>;

/** One try each; may be repeated at any time. May throw, which counts as a failure. */
export type PaymentHandlers = {
  readonly [Of in PaymentKind]: (row: LeasedRow<Of>) => Promise<TryOutcome>;
};
