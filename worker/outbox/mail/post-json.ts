/** One POST of JSON to a mail receiver: follows no redirect, waits no longer than told, reads a bounded answer. */
import { boundedText } from '../../platform/bounded-text.ts';

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
    const text = await boundedText(answer, ANSWER_BYTES_MAX);
    return { status: answer.status, headers: answer.headers, json: parse(text ?? '') };
  } catch {
    return undefined;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
