/** What came with a page whose screen is fetched: its first answer, as page-data.ts has that of a first screen. */
import type { LegalPageText } from '../../worker/contract/legal.ts';
import type { DrawPageData, PageData } from '../../worker/contract/pages.ts';
import type { FirstAnswer, InitialAnswers } from './page-data.ts';

type Arrived = Pick<InitialAnswers, 'arrived'>;

/** @returns null where it did not come with the page */
export function legalIn(initial: Arrived, page: string): FirstAnswer<LegalPageText> | null {
  return answerIn(initial, (data) =>
    data.kind === 'legal' && data.legal.page === page ? data.legal : null,
  );
}

/** @returns null where it did not come with the page */
export function drawIn(initial: Arrived, eventId: string): FirstAnswer<DrawPageData> | null {
  return answerIn(initial, (data) =>
    data.kind === 'draw' && data.eventId === eventId ? data : null,
  );
}

function answerIn<Value>(
  initial: Arrived,
  pick: (data: PageData) => Value | null,
): FirstAnswer<Value> | null {
  const { data, takenAtMs } = initial.arrived();
  if (data === null) return null;
  if (data.kind === 'missing') {
    return { result: { ok: false, problem: { code: 'not_found' } }, takenAtMs };
  }
  const value = pick(data);
  return value && { result: { ok: true, value }, takenAtMs };
}
