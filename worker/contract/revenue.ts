/**
 * Revenue over time, across events or of one: what is counted, when, and in which buckets. Must not read.
 *
 * An order counts when it was confirmed, with all that it costs: its units, delivery and a tax that is added.
 * Money that goes back, or that never came, counts when that happened: a refund that was made, a dispute that was
 * lost, a capture that failed, and the orders of a cancelled event whose money the shop did not take online.
 * `netCents` is what is left of both, and less than 0 where more went back than was sold.
 */
import * as z from 'zod';
import { eventIdSchema } from './ids.ts';
import { isTimeZone } from './local-time.ts';
import { currencySchema, instantSchema, LIMITS } from './values.ts';

/** Days, weeks or months in one answer: a year of days. */
export const REVENUE_BUCKETS_MAX = 366;
/** Before it no zone of any shop is asked for. */
const FIRST_DAY = '2000-01-01';
const LAST_DAY = '2199-12-31';
const DAY_MS = 24 * 60 * 60_000;

/** Weeks begin on Monday, as ISO 8601 has them. */
export const revenueStepSchema = z.enum(['day', 'week', 'month']);
export type RevenueStep = z.infer<typeof revenueStepSchema>;

/** The fewest days that a step has. */
const DAYS_OF_STEP: Record<RevenueStep, number> = { day: 1, week: 7, month: 28 };

const daySchema = z.iso.date().refine((day) => day >= FIRST_DAY && day <= LAST_DAY, {
  error: `must be from ${FIRST_DAY} to ${LAST_DAY}`,
});

export const revenueQuerySchema = z
  .strictObject({
    from: daySchema.meta({ description: 'The first day, in timeZone.' }),
    to: daySchema.meta({ description: 'The last day, in timeZone.' }),
    by: revenueStepSchema.default('day').meta({ description: 'Weeks begin on Monday.' }),
    timeZone: z
      .string()
      .max(LIMITS.timeZoneCharsMax)
      .refine(isTimeZone, 'must be the IANA name of a time zone')
      .default('UTC')
      .meta({ description: 'The IANA name of the zone whose days are counted.' }),
    eventId: eventIdSchema.optional().meta({ description: 'Of this event only.' }),
  })
  .check(({ value, issues }) => {
    const { from, to, by } = value;
    const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
    // The first one may be a single day.
    const daysMax = (REVENUE_BUCKETS_MAX - 1) * DAYS_OF_STEP[by] + 1;
    const tooLong = days > daysMax ? `must be at most ${daysMax} days with from` : undefined;
    const message = days < 1 ? 'must not be before from' : tooLong;
    if (message !== undefined) issues.push({ code: 'custom', path: ['to'], message, input: to });
  });
export type RevenueQuery = z.infer<typeof revenueQuerySchema>;

/** Always `grossCents - refundedCents = netCents`. Minor units of the currency. */
const revenueFields = {
  orders: z.int().min(0).meta({ description: 'Orders that were confirmed, free ones too.' }),
  units: z
    .int()
    .min(0)
    .meta({ description: 'Of these orders, also those that were given back later.' }),
  grossCents: z.int().min(0).meta({
    description: 'What these orders cost with delivery and a tax that is added.',
  }),
  refundedCents: z.int().min(0).meta({
    description:
      'What went back or never came, when that happened: refunds that were made, disputes that were lost, captures that failed, and orders of cancelled events that were not paid online.',
  }),
  netCents: z.int().meta({ description: 'grossCents less refundedCents.' }),
};

export const revenueFiguresSchema = z.object({ currency: currencySchema, ...revenueFields });
export type RevenueFigures = z.infer<typeof revenueFiguresSchema>;

export const revenueBucketSchema = z.object({
  from: z.iso.date().meta({ description: 'Its first day; of the first bucket, where from is.' }),
  to: z.iso.date().meta({ description: 'Its last day.' }),
  figures: z.array(revenueFiguresSchema).meta({
    description: 'By currency in the order of their codes; none where nothing happened.',
  }),
});
export type RevenueBucket = z.infer<typeof revenueBucketSchema>;

export const revenueSchema = z.object({
  by: revenueStepSchema,
  timeZone: z.string(),
  buckets: z.array(revenueBucketSchema).max(REVENUE_BUCKETS_MAX).meta({
    description: 'Without gaps, the earliest first.',
  }),
  totals: z.array(revenueFiguresSchema).meta({ description: 'Of all buckets, by currency.' }),
  serverNow: instantSchema,
});
export type Revenue = z.infer<typeof revenueSchema>;
