/** What the Data API asks of a store of documents. One function, so that it fits through RPC. */
import type { Operation } from './protocol/operation.ts';
import type { Refusal } from './protocol/refusal.ts';

/** The fields of the answer, with BSON values; or why the store refused. */
export type Outcome = { answer: Record<string, unknown> } | { refusal: Refusal };

export interface DocumentStore {
  /** Answers within a named time, and never throws for what MongoDB would refuse. */
  run(operation: Operation): Promise<Outcome>;
}
