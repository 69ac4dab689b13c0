/** Reads one HTTP/1.1 answer out of bytes. Knows no socket. */

export interface HttpAnswer {
  status: number;
  body: string;
}

const HEAD_END = '\r\n\r\n';
const STATUS_AT = 'HTTP/1.1 '.length;
const STATUS_CHARS = 3;

/**
 * The answer at the start of the bytes; undefined if they do not hold all of it yet. Only answers
 * that state their length: those of the measured Worker do.
 */
export function readAnswer(bytes: Buffer): HttpAnswer | undefined {
  const headEnd = bytes.indexOf(HEAD_END);
  if (headEnd < 0) return undefined;
  const head = bytes.toString('latin1', 0, headEnd);
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length === undefined) throw new Error(`an answer without a length: ${head}`);
  const bodyAt = headEnd + HEAD_END.length;
  const end = bodyAt + Number(length);
  if (bytes.length < end) return undefined;
  return {
    status: Number(head.slice(STATUS_AT, STATUS_AT + STATUS_CHARS)),
    body: bytes.toString('utf8', bodyAt, end),
  };
}
