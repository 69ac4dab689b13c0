/**
 * Where FerretDB 1.24 is known to do otherwise than MongoDB's documentation says. The embedded store
 * follows the documentation there, and the cases of the contract hold it to that.
 */
import type { AnyOperation } from './any-operation.ts';

/** Null at the end of a path of several parts, which FerretDB finds in lists that hold no object. */
const NULL_IN_PATH = /"\w+\.\w+":(?:null|\{[^[}]*null|\{[^[}]*\[[^\]]*null)/;

const NOT_IN_PATH = /"\w+\.\w+":\{("\$not":\{)?"\$nin"/;

/** @returns why the two are not compared on it. */
export function deviation({ action, body }: AnyOperation): string | undefined {
  if (NULL_IN_PATH.test(JSON.stringify(body))) return 'it finds null in a list without objects';
  if (NOT_IN_PATH.test(JSON.stringify(body))) return 'it takes the first value of a path for all';
  const { update } = body;
  if (action !== 'updateOne' || typeof update !== 'object' || update === null) return undefined;
  for (const [operator, fields] of Object.entries(update)) {
    for (const [path, operand] of Object.entries(fields as Record<string, unknown>)) {
      const inList = /\.\d/.test(path);
      const makesList = operator === '$push' || operator === '$addToSet';
      if (makesList ? inList || Array.isArray(operand) : inList && Array.isArray(operand)) {
        return 'it keeps no list in a list';
      }
      if (operator === '$unset' && inList)
        return 'it takes an element out instead of making it null';
    }
  }
  return undefined;
}

/**
 * Its `processReplacementDoc` compares the document, which has an `_id`, to the replacement, which has
 * none; so it counts a replacement by the same fields as modified.
 *
 * @param isUnchanged whether the operation left all documents as they were in the embedded store.
 * @returns its answer, with that count as MongoDB has it.
 */
export function withoutUnmodified<T extends { answer: unknown }>(
  { action }: AnyOperation,
  { given, isUnchanged }: { given: T; isUnchanged: boolean },
): T {
  const isDeviation =
    action === 'replaceOne' && isUnchanged && given.answer === oneReplaced({ modified: 1 });
  return isDeviation ? { ...given, answer: oneReplaced({ modified: 0 }) } : given;
}

function oneReplaced({ modified }: { modified: 0 | 1 }): string {
  return `{"matchedCount":{"$numberInt":"1"},"modifiedCount":{"$numberInt":"${modified}"}}`;
}
