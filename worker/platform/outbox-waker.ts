/** Calls the outbox's objects when rows were written: what they are called, and one call at a time. */

/** There is one for the whole shop. */
export const OUTBOX_NAME = 'outbox';
/** And one for what payment providers are asked to do, so that no money waits for mails. */
export const PAYMENTS_OUTBOX_NAME = 'payments';
/** A call that takes longer is taken for lost, as with a request that was cancelled. */
const CALL_MS_MAX = 5_000;

export interface WakerPorts {
  /** Whether this Worker works off the outbox; where it does not, nothing is called. */
  dispatches: boolean;
  /** Calls the object. May throw: the sweep wakes it too. */
  call(): Promise<void>;
  nowMs(): number;
  /** Lets work go on when the request was answered. */
  keep(work: Promise<void>): void;
  report(error: unknown): void;
}

/**
 * @returns a function that never throws and keeps nobody waiting. Rows that were written while a call
 *   was on its way get one more call behind it, however many they are.
 */
export function createOutboxWaker(ports: WakerPorts): () => void {
  const { dispatches, call, nowMs, keep, report } = ports;
  if (!dispatches) return () => {};
  let calledAtMs: number | undefined;
  let isAskedAgain = false;

  async function callUntilDone(): Promise<void> {
    do {
      isAskedAgain = false;
      calledAtMs = nowMs();
      try {
        await call();
      } catch (error) {
        report(error);
      }
    } while (isAskedAgain);
    calledAtMs = undefined;
  }

  return () => {
    if (calledAtMs !== undefined && nowMs() - calledAtMs < CALL_MS_MAX) {
      isAskedAgain = true;
      return;
    }
    keep(callUntilDone());
  };
}
