/**
 * Ends work that takes too long, in the middle of whatever it does: JavaScript's regular
 * expressions may take years, and nothing else can stop one on the same thread.
 */
import { createContext, Script } from 'node:vm';

const CODE = 'ERR_SCRIPT_EXECUTION_TIMEOUT';
const context: { run: (() => void) | undefined } = { run: undefined };
const sandbox = createContext(context);
const script = new Script('run()');

/** The work was ended; nothing that it was to return is there. */
export class TookTooLong extends Error {
  override readonly name = 'TookTooLong';
}

/** @param work must leave nothing half done where it is ended: reads and calculates, writes nothing. */
export function within<T>(msMax: number, work: () => T): T {
  let result: { value: T } | undefined;
  context.run = () => {
    result = { value: work() };
  };
  try {
    script.runInContext(sandbox, { timeout: msMax });
  } catch (error) {
    if (Reflect.get(Object(error), 'code') === CODE) throw new TookTooLong();
    throw error;
  } finally {
    context.run = undefined;
  }
  if (result === undefined) throw new Error('the work has no result');
  return result.value;
}
