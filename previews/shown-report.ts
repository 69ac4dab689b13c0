/** What a picture shows of a report, as texts and shares. Must not draw and must not ask for anything. */
import * as z from 'zod';
import { reportUnitsSchema } from '../worker/contract/report.ts';
import { instantSchema } from '../worker/contract/values.ts';
import type { Words } from './words.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** So that neither half is a number that says nothing, such as 1 h 0 min. */
const PARTS_MAX = 2;

/** Only what is shown: a shop that says more is understood too. */
export const shownReportSchema = z.object({
  title: z.string(),
  opensAt: instantSchema,
  closesAt: instantSchema,
  isFinal: z.boolean(),
  cancelledAt: instantSchema.nullable(),
  units: reportUnitsSchema,
  sellOut: z.object({ soldOutAfterMs: z.int().min(0).nullable() }),
  entries: z.object({ made: z.int().min(0) }),
});
export type ShownReport = z.infer<typeof shownReportSchema>;

export type BarColour = 'accent' | 'good' | 'star' | 'sold';

export interface Bar {
  label: string;
  colour: BarColour;
  figure: string;
  /** Of all units, from 0 to 1. */
  share: number;
}

export interface Fact {
  figure: string;
  label: string;
}

export function barsOf({ units }: ShownReport, words: Words): Bar[] {
  const parts = [
    { label: words.soldAtOnce, colour: 'accent' as const, count: units.soldAtOnce },
    { label: words.soldAfterComingBack, colour: 'good' as const, count: units.soldAfterComingBack },
    { label: words.held, colour: 'star' as const, count: units.held },
    {
      label: words.neverSold,
      colour: 'sold' as const,
      count: units.neverHeld + units.cameBackUnsold,
    },
  ];
  return parts
    .filter(({ colour, count }) => colour !== 'star' || count > 0)
    .map(({ label, colour, count }) => ({
      label,
      colour,
      figure: number(count, words),
      share: units.total === 0 ? 0 : count / units.total,
    }));
}

export function factsOf({ units, sellOut, entries }: ShownReport, words: Words): Fact[] {
  const { soldOutAfterMs: ms } = sellOut;
  return [
    { figure: number(units.total, words), label: words.units },
    ms === null
      ? { figure: words.notSoldOut, label: words.notSoldOutLabel }
      : { figure: durationText(ms, words), label: words.soldOutAfter },
    ...(entries.made === 0 ? [] : [{ figure: number(entries.made, words), label: words.entries }]),
  ];
}

/** In UTC, since nobody knows who will look at it. */
export function whenText({ opensAt, closesAt }: ShownReport, { locale }: Words): string {
  const format = new Intl.DateTimeFormat(locale, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'UTC',
  });
  return `${format.formatRange(new Date(opensAt), new Date(closesAt))} UTC`;
}

export function noticeOf({ cancelledAt, isFinal }: ShownReport, words: Words): string | undefined {
  if (cancelledAt !== null) return words.cancelled;
  return isFinal ? undefined : words.lasting;
}

/** Below a minute with a tenth of a second, as on the page of the report; else in two parts. */
export function durationText(ms: number, words: Words): string {
  if (ms < MINUTE_MS) return `${number(Math.round(ms / 100) / 10, words)} ${words.second}`;
  const parts = [
    { count: Math.floor(ms / DAY_MS), unit: words.day },
    { count: Math.floor(ms / HOUR_MS) % 24, unit: words.hour },
    { count: Math.floor(ms / MINUTE_MS) % 60, unit: words.minute },
    { count: Math.floor(ms / SECOND_MS) % 60, unit: words.second },
  ];
  const first = parts.findIndex(({ count }) => count > 0);
  return parts
    .slice(first, first + PARTS_MAX)
    .filter(({ count }) => count > 0)
    .map(({ count, unit }) => `${number(count, words)} ${unit}`)
    .join(' ');
}

function number(value: number, { locale }: Words): string {
  return new Intl.NumberFormat(locale).format(value);
}
