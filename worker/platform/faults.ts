/**
 * Faults: something outside failed. Thrown, caught in one place; a refusal is returned instead,
 * and a bug is any other error. The class is lost across RPC, so faults never leave an object.
 */

export class Fault extends Error {
  override readonly name = 'Fault';
  readonly retryable: boolean;

  /** @param retryable whether the same call may succeed a moment later. */
  constructor(message: string, options: { retryable: boolean; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.retryable = options.retryable;
  }
}

export function isRetryable(error: unknown): boolean {
  return error instanceof Fault && error.retryable;
}
