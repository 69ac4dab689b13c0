/** Ratings and discussion without a server, for tests: the real client over a fetch that a test answers. */
import { signal } from '@preact/signals-core';
import type { ProblemCode } from '../../worker/contract/problems.ts';
import type { Comment, Review, ReviewSummary } from '../../worker/contract/reviews.ts';
import { createApi, type ShopApi } from '../api/api.ts';
import { aSession, EVENT_ID, instant, MINUTE_MS, NOON_MS } from './builders.ts';
import { type FakeApi, fakeApi } from './fake-api.ts';

export interface Asked {
  /** `POST /reviews/…`, without the query. */
  readonly what: string;
  readonly query: URLSearchParams;
  readonly body: Record<string, unknown>;
  readonly isSignedIn: boolean;
  readonly key: string | null;
}

export interface FakeReviews {
  readonly api: FakeApi;
  readonly asked: Asked[];
  /** What is answered to a call from now on: a body, or the status of an answer without one. */
  answer(what: string, given: object | number): void;
  /** With a problem from now on. */
  refuse(what: string, problem: { status: number; code: ProblemCode }): void;
  /** How often it was asked. */
  count(what: string): number;
}

/** Whatever has no answer is answered 503, as by a shop whose MongoDB is away. */
export function fakeReviews(): FakeReviews {
  const asked: Asked[] = [];
  const answers = new Map<string, () => Response>();
  const { asCaller, asAnyone }: ShopApi = createApi({
    fetch: async (input, init) => {
      const url = new URL(input instanceof Request ? input.url : input, 'https://shop.example');
      const what = `${init?.method ?? 'GET'} ${url.pathname.replace('/api/v1', '')}`;
      const headers = new Headers(init?.headers);
      asked.push({
        what,
        query: url.searchParams,
        body: typeof init?.body === 'string' ? JSON.parse(init.body) : {},
        isSignedIn: headers.has('Authorization'),
        key: headers.get('Idempotency-Key'),
      });
      return (answers.get(what) ?? away)();
    },
    monotonicMs: () => Date.now(),
    session: {
      current: signal({ user: aSession().user }),
      token: () => aSession(),
      start: () => {},
      end: () => {},
    },
    serverNowMs: () => NOON_MS,
    alone: (task) => task(),
    onSample: () => {},
    sleep: () => Promise.resolve(),
    random: () => 0.5,
  });
  return {
    api: { ...fakeApi(), asCaller, asAnyone },
    asked,
    answer: (what, given) => void answers.set(what, () => answerOf(given)),
    refuse: (what, { status, ...body }) =>
      void answers.set(what, () => new Response(JSON.stringify(body), { status })),
    count: (what) => asked.filter((one) => one.what === what).length,
  };
}

const NO_BODY: ReadonlySet<number> = new Set([202, 204]);

function away(): Response {
  return answerOf(503);
}

function answerOf(given: object | number): Response {
  if (typeof given !== 'number') return new Response(JSON.stringify(given));
  return new Response(NO_BODY.has(given) ? null : '{}', { status: given });
}

export function aComment(fields: Omit<Partial<Comment>, 'id'> & { id: string }): Comment {
  return {
    eventId: EVENT_ID,
    parentId: null,
    depth: 0,
    status: 'shown',
    body: 'Does it fold?',
    author: { id: 'usr_00000000000000ada1', name: 'Ada', staff: false },
    replyCount: 0,
    createdAt: instant(NOON_MS - MINUTE_MS),
    editedAt: null,
    ...fields,
  } as Comment;
}

export function aReview(fields: Partial<Review> = {}): Review {
  return {
    id: 'rev_000000000000000001_00000000000000ada1',
    itemId: 'itm_000000000000000001',
    rating: 4,
    comment: 'Quiet.',
    author: { id: 'usr_00000000000000ada1', name: 'Ada', staff: false },
    verifiedBuyer: true,
    boughtVariants: ['42'],
    helpful: 2,
    hidden: false,
    createdAt: instant(NOON_MS - MINUTE_MS),
    updatedAt: instant(NOON_MS - MINUTE_MS),
    ...fields,
  } as Review;
}

export function aRatingSummary(fields: Partial<ReviewSummary> = {}): ReviewSummary {
  return {
    itemId: 'itm_000000000000000001',
    average: 4.25,
    count: 4,
    distribution: { 1: 0, 2: 0, 3: 1, 4: 1, 5: 2 },
    ...fields,
  } as ReviewSummary;
}

/** Everything that is watched comes near at once. */
export class InViewportAtOnce implements IntersectionObserver {
  readonly root = null;
  readonly rootMargin = '';
  readonly scrollMargin = '';
  readonly thresholds = [];
  readonly #callback: IntersectionObserverCallback;

  constructor(callback: IntersectionObserverCallback) {
    this.#callback = callback;
  }
  observe(target: Element) {
    this.#callback(
      [{ target, isIntersecting: true } as unknown as IntersectionObserverEntry],
      this,
    );
  }
  unobserve() {}
  disconnect() {}
  takeRecords() {
    return [];
  }
}
