/** Faults of a payment provider: what is known of the change that was asked for, and when to ask again. */
import { Fault } from '../platform/faults.ts';

/**
 * - `no_answer`, `unavailable`: the change may have been made; the same key finds out.
 * - `throttled`: it was not made; the same key is good after a pause.
 * - `key_spent`: the change may have been made, and the key stands for its failure from now on; first ask
 *   what the provider has, then use another key.
 * - `key_reused`: the key stands for another change. `unauthorised`: our key to the provider is wrong.
 * - `rejected`: the request is not as the provider takes it. `unreadable`: its answer is not as we do.
 */
export type PaymentFaultCode =
  | 'key_reused'
  | 'key_spent'
  | 'no_answer'
  | 'rejected'
  | 'throttled'
  | 'unauthorised'
  | 'unavailable'
  | 'unreadable';

const RETRYABLE: ReadonlySet<PaymentFaultCode> = new Set(['no_answer', 'throttled', 'unavailable']);

export class PaymentFault extends Fault {
  readonly code: PaymentFaultCode;
  /** How long the provider asks to be left alone. */
  readonly retryAfterMs: number | undefined;

  constructor(
    code: PaymentFaultCode,
    { cause, retryAfterMs }: { cause?: unknown; retryAfterMs?: number | undefined } = {},
  ) {
    super(`payment provider: ${code}`, { retryable: RETRYABLE.has(code), cause });
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}
