/** What became of one try to work off a row of the outbox. Pure. */

export type TryOutcome =
  | ({ kind: 'done' } & SeenTo)
  /** There is nothing to do any more; `reason` is a stable word, such as `account_gone`. */
  | ({ kind: 'dropped'; reason: string } & SeenTo)
  /** It will never succeed as it is: given up at once, for an admin to see. */
  | { kind: 'refused'; reason: string }
  /** The receiver failed or was not reached: it is tried again, up to the last try of its kind. */
  | { kind: 'failed'; reason: string; retryAfterMs?: number }
  /** The receiver or a quota asked for patience: tried again later, and no try is counted. */
  | { kind: 'throttled'; reason: string; retryAfterMs: number };

/** What is recorded together with the end of a row. */
interface SeenTo {
  /** Events of the payment provider, by its ids, of which nothing is left to be done. */
  events?: readonly string[] | undefined;
}
