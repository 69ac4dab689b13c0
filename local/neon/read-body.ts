// Owns reading a request's body within a limit. Does not interpret it.

import type { IncomingMessage } from 'node:http';
import { RequestRefused } from './request-refused.ts';

export async function readBody(request: IncomingMessage, bytesMax: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      bytes += chunk.length;
      if (bytes > bytesMax) break;
      chunks.push(chunk);
    }
  } catch (error) {
    // The sender is gone, so nobody reads this answer; it only ends the work.
    throw new RequestRefused(400, `could not read the HTTP request body: ${String(error)}`);
  }
  if (bytes > bytesMax) {
    // Read to the end unkept: a sender cut off in the middle would never see the answer.
    request.resume();
    throw new RequestRefused(413, `request is too large (max is ${bytesMax} bytes)`);
  }
  return Buffer.concat(chunks);
}
