/** Reads a public report from the shop, in a limited time and of a limited size. */
import type { EventId } from '../worker/contract/ids.ts';
import { boundedText } from '../worker/platform/bounded-text.ts';
import { type ShownReport, shownReportSchema } from './shown-report.ts';

const ANSWER_MS_MAX = 5_000;
/** A report has a line for each item and variant: about 500 bytes each. */
const ANSWER_BYTES_MAX = 2_000_000;

export interface ShopPorts {
  /** As `https://shop.example`. */
  shopUrl: string;
  fetch(url: string, init: RequestInit): Promise<Response>;
  /** Five seconds, unless a test is in a hurry. */
  answerMsMax?: number;
}

/** @returns undefined where there is no public report. Throws where the shop does not tell. */
export async function readReport(
  { shopUrl, fetch, answerMsMax = ANSWER_MS_MAX }: ShopPorts,
  id: EventId,
): Promise<ShownReport | undefined> {
  const response = await fetch(`${shopUrl}/api/v1/events/${id}/report`, {
    headers: { Accept: 'application/json' },
    // To another address the shop would send only what is not there.
    redirect: 'manual',
    // Of the body too.
    signal: AbortSignal.timeout(answerMsMax),
  });
  if (response.status === 404) {
    await response.body?.cancel();
    return undefined;
  }
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new Error(`the shop answered ${response.status}`);
  }
  const text = await boundedText(response, ANSWER_BYTES_MAX);
  if (text === undefined) {
    throw new Error(`the shop's answer has more than ${ANSWER_BYTES_MAX} bytes`);
  }
  return shownReportSchema.parse(JSON.parse(text));
}
