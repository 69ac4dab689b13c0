/** What came with the page, for its first screen to begin with. Must not ask for anything itself. */
import type { EventDetail, EventList } from '../../worker/contract/events.ts';
import type { PageData } from '../../worker/contract/pages.ts';
import type { Result } from '../api/call-problem.ts';

/** As an answer to the question that is asked anyway. */
export interface FirstAnswer<Value> {
  readonly result: Result<Value>;
  /** In epoch milliseconds of the server; -Infinity where nobody knows. */
  readonly takenAtMs: number;
}

export interface InitialAnswers {
  events(): FirstAnswer<EventList> | null;
  event(id: string): FirstAnswer<EventDetail> | null;
  /** All of it, for screens that are fetched: fetched-answers.ts. */
  arrived(): { readonly data: PageData | null; readonly takenAtMs: number };
  /** Of the next screen it is not true any more. */
  forget(): void;
}

const MISSING = { ok: false, problem: { code: 'not_found' } } as const;

/** @param takenAtMs as `FirstAnswer` has it */
export function createInitialAnswers(data: PageData | null, takenAtMs: number): InitialAnswers {
  let left = data;
  return {
    events: () =>
      left?.kind === 'events' ? { result: { ok: true, value: left.list }, takenAtMs } : null,
    event: (id) => {
      if (left?.kind === 'missing') return { result: MISSING, takenAtMs };
      if (left?.kind !== 'event' || left.event.id !== id) return null;
      return { result: { ok: true, value: left.event }, takenAtMs };
    },
    arrived: () => ({ data: left, takenAtMs }),
    forget: () => {
      left = null;
    },
  };
}

/** Reads the page's data block. The Worker writes it, so that it is either whole or not there. */
export function readPageData(page: ParentNode): PageData | null {
  const text = page.querySelector('#page-data')?.textContent;
  return text ? (JSON.parse(text) as PageData) : null;
}

/** When a page was asked for and answered, as the browser measured it. */
export type PageTiming = Pick<
  PerformanceNavigationTiming,
  'requestStart' | 'responseStart' | 'transferSize' | 'encodedBodySize'
>;

/**
 * Whether the page came over the network just now. One that the browser had kept, for a step back or
 * a tab that is opened again, has a time of long ago; less than its size is sent for it.
 */
export function isFromNetwork({ transferSize, encodedBodySize }: PageTiming): boolean {
  return transferSize > encodedBodySize;
}

export function serverNowOf(data: PageData): string {
  if ('serverNow' in data) return data.serverNow;
  if (data.kind === 'events') return data.list.serverNow;
  return (data.kind === 'event' ? data.event : data.legal).serverNow;
}
