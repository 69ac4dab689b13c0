/** An answer of lines that is read while it is written, part after part. Must not know what is in it. */

export interface LineParts {
  /** The next part; undefined behind the last one. */
  read(): Promise<string | undefined>;
  onFailure(error: unknown): void;
}

/**
 * A part is read when the one before was taken, and none once the reader has gone: so it holds one at a time.
 * A failure breaks the answer off, so that nobody takes it for the whole.
 */
export function linesStream({ read, onFailure }: LineParts): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const part = await read();
          if (part === undefined) controller.close();
          else controller.enqueue(encoder.encode(part));
        } catch (error) {
          onFailure(error);
          controller.error(error);
        }
      },
    },
    { highWaterMark: 0 },
  );
}
