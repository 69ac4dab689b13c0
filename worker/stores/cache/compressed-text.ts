/** Text that is kept for long and read at times, in a fifth of its room. Must not know what it is. */

const FORMAT = 'gzip';

export async function compressed(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream(FORMAT));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** @param bytes of `compressed`. */
export function plain(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream(FORMAT));
  return new Response(stream).text();
}
