/** Which days of revenue are shown, and how a bucket of them is called. Pure. */
import type { RevenueBucket, RevenueStep } from '../../../worker/contract/revenue.ts';
import type { RevenueRange } from '../api/home-calls.ts';

export const REVENUE_CHOICES = ['week', 'month', 'quarter', 'year'] as const;
export type RevenueChoice = (typeof REVENUE_CHOICES)[number];

const CHOICES: Record<RevenueChoice, { days: number; by: RevenueStep }> = {
  week: { days: 7, by: 'day' },
  month: { days: 30, by: 'day' },
  quarter: { days: 91, by: 'week' },
  year: { days: 365, by: 'month' },
};
const DAY_MS = 24 * 60 * 60_000;

/** So many days until today, as clocks in the zone have it. */
export function rangeOf(
  choice: RevenueChoice,
  { nowMs, timeZone }: { nowMs: number; timeZone: string },
): RevenueRange {
  const { days, by } = CHOICES[choice];
  const to = localDay(nowMs, timeZone);
  const from = new Date(Date.parse(to) - (days - 1) * DAY_MS).toISOString().slice(0, 10);
  return { from, to, by, timeZone };
}

/** `12 Nov`, or from and to where it is longer than a day. */
export function bucketName(
  { from, to }: Pick<RevenueBucket, 'from' | 'to'>,
  locale: string,
): string {
  const words = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  });
  return from === to
    ? words.format(Date.parse(from))
    : words.formatRange(Date.parse(from), Date.parse(to));
}

function localDay(nowMs: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(nowMs);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}
