/**
 * Documents for machines without a MongoDB: held in memory, written through to one file. What an
 * operation changes is calculated first, within a time limit, and then written as a whole; all of
 * it is one synchronous step, so operations follow one another by themselves.
 */

import { fromCanonical, toCanonical, withTypedNumbers } from '../protocol/ejson.ts';
import type { Fields } from '../protocol/fields.ts';
import { OPERATION_MS_MAX, PATTERN_MS_MAX } from '../protocol/limits.ts';
import type { Operation } from '../protocol/operation.ts';
import { Refused, toRefusal } from '../protocol/refusal.ts';
import type { DocumentStore, Outcome } from '../store.ts';
import { identityOf } from './engine/compare.ts';
import { mongoError } from './engine/values.ts';
import { type Change, openJournal } from './journal.ts';
import { hasPattern, namedId } from './operation-cost.ts';
import { type Changes, type Collection, type Plan, planOperation } from './plan.ts';
import { TookTooLong, within } from './time-limit.ts';

/** Of one collection: they are all in memory, and a query looks at each. */
const DOCUMENTS_MAX = 100_000;
/** MongoDB's own limit. */
const DOCUMENT_BYTES_MAX = 16 * 1024 * 1024;

export interface EmbeddedStore extends DocumentStore {
  close(): void;
}

/** @param path of the file, or `:memory:`. @throws where another process has it open. */
export function openEmbeddedStore(path: string): EmbeddedStore {
  const journal = openJournal(path);
  const collections = new Map<string, Collection>();

  function open(name: string): Collection {
    const known = collections.get(name);
    if (known !== undefined) return known;
    const documents = journal.read(name).map(({ text }) => fromCanonical(text) as Fields);
    const collection = new Map(documents.map((one) => [identityOf(one['_id']), one]));
    collections.set(name, collection);
    return collection;
  }

  /** To disk first: what is in memory was never more than what would be found after a kill. */
  function write(name: string, changes: Changes): void {
    const collection = open(name);
    if (collection.size + changes.size > DOCUMENTS_MAX && grows(collection, changes)) {
      throw mongoError(
        'ExceededMemoryLimit',
        `a collection holds at most ${DOCUMENTS_MAX} documents`,
      );
    }
    const toDisk = [...changes].map(([identity, document]) =>
      toChange(name, collection.get(identity) ?? document, document),
    );
    journal.write(toDisk);
    for (const [identity, document] of changes) {
      if (document === undefined) collection.delete(identity);
      else collection.set(identity, document);
    }
  }

  function perform(operation: Operation): Record<string, unknown> {
    open(operation.collection);
    const { answer, changes, refusal } = planned(open, operation);
    if (changes !== undefined && changes.size > 0) write(operation.collection, changes);
    if (refusal !== undefined) throw refusal;
    return answer;
  }

  return {
    async run(operation): Promise<Outcome> {
      try {
        return { answer: perform(typed(operation)) };
      } catch (error) {
        if (error instanceof Refused) return { refusal: toRefusal(error) };
        // A text or a list became larger than JavaScript has them.
        if (error instanceof RangeError) {
          return { refusal: toRefusal(mongoError('ExceededMemoryLimit', error.message)) };
        }
        throw error;
      }
    },
    close: () => journal.close(),
  };
}

function planned(open: (name: string) => Collection, operation: Operation): Plan {
  const pattern = hasPattern(operation);
  if (!pattern && namedId(operation) !== undefined) return planOperation(open, operation);
  try {
    return within(pattern ? PATTERN_MS_MAX : OPERATION_MS_MAX, () =>
      planOperation(open, operation),
    );
  } catch (error) {
    if (!(error instanceof TookTooLong)) throw error;
    if (!pattern) {
      throw new Refused('ExecutionTimeLimitExceeded', 'the operation exceeded its time limit');
    }
    const message = `an operation with a regular expression may take ${PATTERN_MS_MAX} ms; this one takes longer`;
    throw mongoError('MaxTimeMSExpired', message);
  }
}

/** A caller in this process may write a number as JavaScript's, as for the driver. */
function typed(operation: Operation): Operation {
  const parts = Object.entries(operation).map(([name, part]) =>
    typeof part === 'number' ? [name, part] : [name, withTypedNumbers(part)],
  );
  return Object.fromEntries(parts) as Operation;
}

/** @param stored under whose `_id` it is on disk, which an equal one of another type may differ from. */
function toChange(
  collection: string,
  stored: Fields | undefined,
  document: Fields | undefined,
): Change {
  const id = toCanonical(stored?.['_id']);
  const text = document === undefined ? undefined : toCanonical(document);
  if (text !== undefined && text.length > DOCUMENT_BYTES_MAX) {
    throw mongoError('BSONObjectTooLarge', `a document holds at most ${DOCUMENT_BYTES_MAX} bytes`);
  }
  return { collection, id, text };
}

function grows(collection: Collection, changes: Changes): boolean {
  const added = [...changes].filter(
    ([identity, document]) => document && !collection.has(identity),
  );
  return collection.size + added.length > DOCUMENTS_MAX;
}
