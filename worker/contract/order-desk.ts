/** What admins write down of an order after it was sold: that it was sent, and a note. */
import * as z from 'zod';
import { orderIdSchema } from './ids.ts';
import { areUnique, instantSchema, LIMITS, textSchema } from './values.ts';

/** Orders that one call says were sent. */
export const SENT_AT_ONCE_MAX = 100;

/** A page of whoever carries it; written as browsers write addresses. */
export const trackingUrlSchema = z
  .url({ protocol: /^https?$/, normalize: true })
  .max(LIMITS.urlCharsMax);

const trackingUrl = trackingUrlSchema.nullable().optional().meta({
  description:
    'Where its way is shown, http or https. Null takes it away; left out, it stays as it is.',
});

export const markSentSchema = z.strictObject({ trackingUrl });

export const markAllSentSchema = z
  .strictObject({
    ids: z
      .array(orderIdSchema)
      .min(1)
      .max(SENT_AT_ONCE_MAX)
      .refine(areUnique, 'must each be named once'),
    trackingUrl,
    trackingUrls: z
      .array(z.strictObject({ id: orderIdSchema, trackingUrl: trackingUrlSchema.nullable() }))
      .max(SENT_AT_ONCE_MAX)
      .refine((links) => areUnique(links.map(({ id }) => id)), 'must each be named once')
      .optional()
      .meta({ description: 'Of single orders among them, in place of the one for all.' }),
  })
  .superRefine(({ ids, trackingUrls = [] }, context) => {
    for (const [n, { id }] of trackingUrls.entries()) {
      if (ids.includes(id)) continue;
      context.addIssue({
        code: 'custom',
        path: ['trackingUrls', n, 'id'],
        message: 'must be one of ids',
      });
    }
  });

export const NOTE_CHARS_MAX = 2_000;

export const orderNoteSchema = z.strictObject({
  note: textSchema(0, NOTE_CHARS_MAX).meta({ description: 'Empty takes it away.' }),
  was: textSchema(0, NOTE_CHARS_MAX).optional().meta({
    description:
      'The note that is to be replaced, as it was read. It is not replaced where another one is there by now. Left out, whatever is there is replaced.',
  }),
});

/** Why an order is not sent: it has no buyer, or all its units were given back. */
export const notSentSchema = z.enum(['not_found', 'order_not_confirmed', 'order_returned']);
export type NotSent = z.infer<typeof notSentSchema>;

/** In the order in which they were named. */
export const sentAnswerSchema = z.object({
  sent: z.array(orderIdSchema),
  sentBefore: z
    .array(orderIdSchema)
    .meta({ description: 'Those among them that had been sent before: their time stays.' }),
  refused: z.array(z.object({ id: orderIdSchema, code: notSentSchema })),
  serverNow: instantSchema,
});
export type SentAnswer = z.infer<typeof sentAnswerSchema>;

/** Mails about one order that admins may have sent again within an hour. */
export const ORDER_MAILS_PER_HOUR_MAX = 3;

/** That it was confirmed, or that it was sent. */
export const orderMailKindSchema = z.enum(['order_confirmed', 'order_sent']);
export type OrderMailKind = z.infer<typeof orderMailKindSchema>;

export const orderMailSchema = z.strictObject({ kind: orderMailKindSchema });

export const orderMailAnswerSchema = z.object({
  mail: z.object({ kind: orderMailKindSchema, createdAt: instantSchema }),
  serverNow: instantSchema,
});
export type OrderMailAnswer = z.infer<typeof orderMailAnswerSchema>;
