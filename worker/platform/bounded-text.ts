/** Reads an answer's body as text, and no further than told. */

/** Undefined where it is longer; then it is cut off behind what was read. */
export async function boundedText(
  { body }: Response,
  bytesMax: number,
): Promise<string | undefined> {
  if (body === null) return '';
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    text += decoder.decode(value, { stream: true });
    if (bytes > bytesMax) {
      await reader.cancel();
      return undefined;
    }
  }
}
