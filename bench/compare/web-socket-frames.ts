/**
 * Reads a server's WebSocket frames out of bytes. Knows no socket and no message: it is bare so that
 * thousands of viewers cost the machine that also sells as little as they can.
 */

const LENGTH_MASK = 0x7f;
const OPCODE_MASK = 0x0f;
const OPCODE_TEXT = 1;
const LENGTH_IN_TWO_BYTES = 126;
const LENGTH_IN_EIGHT_BYTES = 127;

export interface Frames {
  /** Text messages in these bytes. */
  count: number;
  /** Where the newest of them is; undefined if there is none. */
  last: Buffer | undefined;
  /** The start of a frame whose end has not come yet. */
  rest: Buffer | undefined;
}

/** @throws if a frame is longer than any message of the shop. */
export function readFrames(bytes: Buffer): Frames {
  let at = 0;
  let count = 0;
  let last: Buffer | undefined;
  while (bytes.length - at >= 2) {
    let length = (bytes[at + 1] ?? 0) & LENGTH_MASK;
    let from = at + 2;
    if (length === LENGTH_IN_EIGHT_BYTES) throw new Error('a message longer than 64 kB');
    if (length === LENGTH_IN_TWO_BYTES) {
      if (bytes.length - at < 4) break;
      length = bytes.readUInt16BE(from);
      from += 2;
    }
    if (bytes.length < from + length) break;
    if (((bytes[at] ?? 0) & OPCODE_MASK) === OPCODE_TEXT) {
      count++;
      last = bytes.subarray(from, from + length);
    }
    at = from + length;
  }
  return { count, last, rest: at < bytes.length ? bytes.subarray(at) : undefined };
}
