/** Reads a body as bytes, and no further than told. */

/** Undefined where it is longer; then it is cut off behind what was read. */
export async function boundedBytes(
  { body }: Pick<Request, 'body'>,
  bytesMax: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = body?.getReader();
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true };
    if (done || value === undefined) break;
    length += value.byteLength;
    if (length > bytesMax) {
      await reader?.cancel();
      return undefined;
    }
    parts.push(value);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.byteLength;
  }
  return bytes;
}
