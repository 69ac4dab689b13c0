/** Where a draw's randomness comes from: a number that nobody can know before its time. */

export interface Beacon {
  /**
   * How long before an opening entries close, in seconds: as long as it may take until what was locked is
   * published, and before the round can be known.
   */
  leadSeconds: number;
  /**
   * @param atMs milliseconds since the epoch; the first round at or after it is used, and never another
   * @returns its 32 bytes; undefined where they cannot be had yet. Throws a Fault.
   */
  randomness(atMs: number, nowMs: number): Promise<Uint8Array | undefined>;
}
