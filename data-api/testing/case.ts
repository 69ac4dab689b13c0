/** One promise of the Data API as requests and answers, and what it takes of a database. */
import { expect } from 'vitest';
import type { Action } from '../protocol/operation.ts';

/**
 * What not every database behind the Data API can do. A case that needs one is expected to fail on
 * a database without it, so that a list which is out of date fails too.
 */
export type Capability =
  | '$facet'
  | '$avg'
  | 'several accumulators at once'
  | 'fields in $addFields'
  | '$lookup'
  | 'arithmetic in expressions'
  | '$push with $slice'
  | 'positional updates'
  | 'conditions in $pull'
  | '$unset in a list'
  | "MongoDB's messages"
  | 'expressions'
  | 'rare types'
  | 'lists of types'
  | 'references'
  | 'lists in lists'
  | 'an empty $each'
  | 'later stages'
  | 'the order of computed fields'
  | 'unmodified replacements';

export interface Step {
  action: Action;
  /** Beside data source, database and collection, which the runner adds unless they are here. */
  body: Record<string, unknown>;
  /** 200 by default. */
  status?: number;
  /** The whole answer; without it, any. */
  answer?: Record<string, unknown>;
  /** Asks for canonical EJSON. */
  ejson?: true;
}

export interface Case {
  name: string;
  needs?: Capability;
  steps: Step[];
}

export const COLLECTION = 'reviews';
export const OTHER_COLLECTION = 'event_comments';

export const insert = (...documents: Record<string, unknown>[]): Step => ({
  action: 'insertMany',
  body: { documents },
});

export const find = (body: Record<string, unknown>, documents: unknown[]): Step => ({
  action: 'find',
  body,
  answer: { documents },
});

export const findOne = (filter: Record<string, unknown>, document: unknown): Step => ({
  action: 'findOne',
  body: { filter },
  answer: { document },
});

export const update = (
  filter: Record<string, unknown>,
  change: Record<string, unknown>,
  answer: Record<string, unknown> = { matchedCount: 1, modifiedCount: 1 },
): Step => ({
  action: 'updateOne',
  body: { filter, update: change, ...('upsertedId' in answer ? { upsert: true } : {}) },
  answer,
});

export const aggregate = (pipeline: unknown[], documents: unknown[]): Step => ({
  action: 'aggregate',
  body: { pipeline },
  answer: { documents },
});

export const refused = (action: Action, body: Record<string, unknown>, code: string): Step => ({
  action,
  body,
  status: code === 'NoMatchingRuleFound' ? 403 : 400,
  answer: { error: expect.any(String), error_code: code },
});

export const AGGREGATE_STAGES_TOO_MANY = [
  { $facet: { a: Array.from({ length: 50 }, () => ({ $match: {} })) } },
];
