/**
 * Readers of reviews at a fixed rate: who is refused at once does not ask more often for it. Must
 * not know whether the documents are there.
 */
import type { ItemId } from '../../worker/contract/ids.ts';
import { openHttp, type Reply } from '../rehearse/http.ts';
import { percentile } from '../rehearse/statistics.ts';
import type { RowTarget } from '../speed/rows.ts';

const READ_EVERY_MS = 5;
const REVIEWS = 200;
/** So many may wait at once for a Data API that does not answer. */
const CONNECTIONS = 1_024;
const ANSWER_MS_MAX = 15_000;
const UNAVAILABLE = 503;

export interface ReaderFigures {
  given: number;
  /** Answered 503 with Retry-After. */
  refused: number;
  /** What else they got, by status or fault. */
  other: Record<string, number>;
  p50Ms: number;
  slowestMs: number;
}

export interface Readers {
  /** What was asked since the last time, once all of it is answered. */
  take(): Promise<ReaderFigures>;
  stop(): Promise<void>;
}

/** Half of them signed in: only theirs are never answered out of what was read a moment ago. */
export async function startReaders(target: RowTarget, itemId: ItemId): Promise<Readers> {
  const http = openHttp({
    url: `http://127.0.0.1:${target.port}`,
    connections: CONNECTIONS,
    requestMsMax: ANSWER_MS_MAX,
    now: () => performance.now(),
  });
  const path = `/api/v1/reviews/items/${itemId}`;
  const paths = [path, `${path}/summary`, `${path}?sort=helpful`, `${path}/summary`];
  for (let number = 0; number < REVIEWS; number++) {
    const body = { rating: (number % 5) + 1, comment: 'As described.' };
    const token = target.shoppers.token(number);
    const reply = await http.send({ method: 'POST', path, body, token });
    if (reply.kind === 'fault' || reply.status !== 201) {
      throw new Error(`a review was not written: ${describe(reply)}`);
    }
  }
  let asked = 0;
  let replies: Promise<Reply>[] = [];
  const timer = setInterval(() => {
    const token = asked % 2 === 0 ? {} : { token: target.shoppers.token(asked % REVIEWS) };
    const next = paths[Math.floor(asked / 2) % paths.length] ?? path;
    asked++;
    replies.push(http.send({ method: 'GET', path: next, ...token }));
  }, READ_EVERY_MS);
  return {
    take() {
      const taken = replies;
      replies = [];
      return Promise.all(taken).then(readerFigures);
    },
    async stop() {
      clearInterval(timer);
      await Promise.all(replies);
      http.close();
    },
  };
}

function readerFigures(replies: Reply[]): ReaderFigures {
  const tookMs = replies.map((reply) => reply.tookMs).toSorted((a, b) => a - b);
  const figures: ReaderFigures = {
    given: 0,
    refused: 0,
    other: {},
    p50Ms: percentile(tookMs, 50),
    slowestMs: tookMs.at(-1) ?? 0,
  };
  for (const reply of replies) {
    if (reply.kind === 'answer' && reply.status === 200) figures.given++;
    else if (isRefusal(reply)) figures.refused++;
    else figures.other[describe(reply)] = (figures.other[describe(reply)] ?? 0) + 1;
  }
  return figures;
}

function isRefusal(reply: Reply): boolean {
  if (reply.kind === 'fault' || reply.status !== UNAVAILABLE) return false;
  const { code } = (reply.body ?? {}) as { code?: string };
  return code === 'unavailable' && Number(reply.retryAfter) > 0;
}

function describe(reply: Reply): string {
  return reply.kind === 'fault' ? reply.detail : String(reply.status);
}
