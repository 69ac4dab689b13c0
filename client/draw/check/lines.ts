/** The lines of a body that is streamed: one at a time, none longer than it may be. */

/** A record has some 350. */
const LINE_CHARS_MAX = 4_000;

/**
 * A line that is too long is given cut, which is no JSON any more, and ends the list.
 * @param body UTF-8
 */
export async function* linesOf(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<string, void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      const lines = (rest + decoder.decode(value, { stream: !done })).split('\n');
      rest = lines.pop() ?? '';
      if (done && rest.trim() !== '') lines.push(rest);
      for (const line of lines) {
        if (line !== '') yield line.slice(0, LINE_CHARS_MAX);
        if (line.length > LINE_CHARS_MAX) return;
      }
      if (rest.length > LINE_CHARS_MAX) {
        yield rest.slice(0, LINE_CHARS_MAX);
        return;
      }
      if (done) return;
    }
  } finally {
    // Whoever stops early does not want the rest.
    await reader.cancel().catch(() => undefined);
  }
}
