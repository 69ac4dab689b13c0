/** What the report's figures are called, and times as it tells them. Must not draw. */
import type { CountedFrom } from '../../worker/contract/report.ts';
import { durationParts } from '../format/times.ts';
import type { REPORT_EN } from '../texts/report/en.ts';
import { TEXTS, type Worded } from '../texts/texts.ts';

/** Handed in, so that the Worker can draw the report in any language. */
export type ReportWords = Worded<typeof REPORT_EN>;

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** With a tenth of a second below a minute, where it makes a difference; without seconds from a day on. */
export function durationText(ms: number, words: ReportWords): string {
  if (ms < MINUTE_MS) return words.seconds(Math.round(ms / 100) / 10);
  const parts = durationParts(ms);
  return TEXTS.spokenDuration(ms < DAY_MS ? parts : { ...parts, seconds: 0 });
}

/** A code for which there are no words yet is shown as it is. */
export function reasonText(code: string, words: ReportWords): string {
  return (words.reasons as Readonly<Record<string, string>>)[code] ?? code;
}

export function sourceText(from: CountedFrom, words: ReportWords): string {
  return `${words.from} ${words.countedFrom[from]}`;
}
