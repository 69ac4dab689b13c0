/** Counts what is in a CSV file (RFC 4180). Must not read what the cells say. */

const QUOTE = 0x22;
const LINE_FEED = 0x0a;

/** How many records it has below its header: a line break in quotes ends none. Every record ends with one. */
export async function countRecords(file: Blob): Promise<number> {
  const reader = file.stream().getReader();
  let isQuoted = false;
  let lines = 0;
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    for (const byte of read.value) {
      if (byte === QUOTE) isQuoted = !isQuoted;
      if (byte === LINE_FEED && !isQuoted) lines++;
    }
  }
  return Math.max(0, lines - 1);
}
