/**
 * The console's home: what is on sale now and next, and what needs somebody's attention. Counts end at COUNT_MAX: one
 * more stands for more than that, so that none of them costs more where there is much to do.
 */
import * as z from 'zod';
import { stockSchema } from './events.ts';
import {
  COUNT_MAX,
  HOME_LIVE_MAX,
  HOME_LOW_STOCK_MAX,
  HOME_NEXT_MAX,
  LOW_STOCK_PERCENT,
  UNSENT_DAYS,
} from './home-limits.ts';
import { eventIdSchema, eventItemIdSchema } from './ids.ts';
import { legalPageSchema } from './legal.ts';
import { paymentAttentionSchema } from './payment-attention.ts';
import { instantSchema } from './values.ts';

const countSchema = z
  .int()
  .min(0)
  .max(COUNT_MAX + 1)
  .meta({ description: `${COUNT_MAX + 1} stands for more than ${COUNT_MAX}.` });

const saleFields = { id: eventIdSchema, title: z.string(), startsAt: instantSchema };

export const homeSchema = z.object({
  live: z.object({
    events: z
      .array(z.object({ ...saleFields, endsAt: instantSchema, stock: stockSchema }))
      .max(HOME_LIVE_MAX)
      .meta({ description: 'The one that ends first comes first.' }),
    hasMore: z.boolean(),
  }),
  next: z.object({
    events: z
      .array(z.object({ ...saleFields, published: z.boolean() }))
      .max(HOME_NEXT_MAX)
      .meta({ description: 'Drafts too, which do not open unless they are published.' }),
    hasMore: z.boolean(),
  }),
  attention: z.object({
    givenUp: countSchema.meta({
      description: 'Rows of the outbox that were given up, of any kind.',
    }),
    payments: paymentAttentionSchema.omit({ serverNow: true }),
    reports: z
      .object({ reviews: countSchema, comments: countSchema })
      .nullable()
      .meta({ description: 'That wait for a decision; null where they cannot be read now.' }),
    lowStock: z.object({
      items: z
        .array(
          z.object({
            eventId: eventIdSchema,
            eventItemId: eventItemIdSchema,
            eventTitle: z.string(),
            name: z.string(),
            variantLabel: z.string().nullable(),
            remaining: z.int().min(0),
            total: z.int().min(0),
            waiting: z.int().min(0).meta({ description: 'Who wait in the queue for it.' }),
          }),
        )
        .max(HOME_LOW_STOCK_MAX)
        .meta({
          description: `Of live events: no more than ${LOW_STOCK_PERCENT} of a hundred units are free, or none while somebody waits.`,
        }),
      hasMore: z.boolean(),
    }),
    unsent: countSchema.meta({
      description: `Orders of events with delivery that were made more than ${UNSENT_DAYS} days ago, and not sent.`,
    }),
    legalMissing: z.array(legalPageSchema).meta({
      description: 'Pages that are there in no language.',
    }),
  }),
  serverNow: instantSchema,
});
export type Home = z.infer<typeof homeSchema>;
