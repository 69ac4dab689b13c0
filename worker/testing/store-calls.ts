/** Counts what reaches the stores while something happens: SQL statements, and calls of the Data API. */
import { isForRequest } from './request-context.ts';
import { shopEnv } from './shop.ts';

export interface StoreCalls {
  statements: number;
  documents: number;
}

/** @param isCounted which calls are, by what they send; objects work beside, so it is those of requests. */
export async function storeCallsOf(
  what: () => Promise<unknown>,
  isCounted: (body: string) => boolean = isForRequest,
): Promise<StoreCalls> {
  const real = globalThis.fetch;
  const calls: StoreCalls = { statements: 0, documents: 0 };
  globalThis.fetch = (...args) => {
    const [input, init] = args;
    const url = input instanceof Request ? input.url : String(input);
    const body = typeof init?.body === 'string' ? init.body : '';
    if (isCounted(body)) {
      if (url.startsWith(shopEnv.DATABASE_ENDPOINT)) calls.statements += statementsIn(body);
      if (url.startsWith(shopEnv.DATA_API_URL)) calls.documents++;
    }
    return real(...args);
  };
  try {
    await what();
  } finally {
    globalThis.fetch = real;
  }
  return calls;
}

/** Several that are sent together are one request with a list. */
function statementsIn(body: string): number {
  const sent = JSON.parse(body) as { queries?: unknown[] };
  return sent.queries?.length ?? 1;
}
