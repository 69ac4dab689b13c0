/** The outbox's code under test, passed in so that mutants can stand in for it. Types only. */
import type { Dispatcher } from '../worker/outbox/rules/dispatcher.ts';
import type { drainOutbox } from '../worker/outbox/rules/drain.ts';
import type { SendBudget } from '../worker/outbox/rules/send-budget.ts';

export interface OutboxCode {
  drainOutbox: typeof drainOutbox;
  Dispatcher: typeof Dispatcher;
  SendBudget: typeof SendBudget;
}
