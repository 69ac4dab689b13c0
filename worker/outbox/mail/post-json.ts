/** One POST of JSON to a mail receiver: follows no redirect, waits no longer than told, reads a bounded answer. */

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

const ANSWER_BYTES_MAX = 16 * 1_024;

export interface Post {
  fetch: Fetch;
  url: string;
  headers: Record<string, string>;
  body: unknown;
  timeoutMs: number;
}

export interface PostAnswer {
  status: number;
  headers: Headers;
  /** Undefined where it is no JSON, or longer than a receiver's answer is. */
  json: unknown;
}

/** @returns undefined where no answer came, or none in time: the receiver may have acted all the same. */
export async function postJson({
  fetch,
  url,
  headers,
  body,
  timeoutMs,
}: Post): Promise<PostAnswer | undefined> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(body),
      // What is sent names people: it goes to the configured address alone.
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { status: answer.status, headers: answer.headers, json: parse(await textOf(answer)) };
  } catch {
    return undefined;
  }
}

/** Cut off behind what is read. */
async function textOf({ body }: Response): Promise<string> {
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
    if (bytes > ANSWER_BYTES_MAX) {
      await reader.cancel();
      return '';
    }
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
