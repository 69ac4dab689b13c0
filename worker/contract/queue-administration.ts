/** What admins read and do of an event's queue. */
import * as z from 'zod';
import { emailSchema } from './email.ts';
import { queueEntryIdSchema, userIdSchema } from './ids.ts';
import { orderSchema } from './orders.ts';
import { queueEntrySchema, queueEntryStatusSchema } from './queue.ts';
import { instantSchema, pageQuerySchema, textSchema } from './values.ts';

export const adminQueueEntrySchema = z.object({
  ...queueEntrySchema.omit({ ahead: true, outlook: true, record: true, receipt: true }).shape,
  itemName: z.string(),
  variantLabel: z.string().nullable(),
  customerId: userIdSchema,
  customerEmail: z.string(),
  endedAt: instantSchema.nullable().meta({ description: 'Null while it waits.' }),
  order: orderSchema
    .pick({ id: true, status: true, quantity: true, expiresAt: true })
    .nullable()
    .meta({
      description:
        'The offer. A hold that has ended counts as expired, whether or not it was written off.',
    }),
});
export type AdminQueueEntry = z.infer<typeof adminQueueEntrySchema>;

/** What it names is named whole; together they narrow further. */
export const adminQueueQuerySchema = pageQuerySchema.extend({
  email: emailSchema.optional(),
  customerId: userIdSchema.optional(),
  entryId: queueEntryIdSchema.optional(),
  status: queueEntryStatusSchema.optional(),
});

export const adminQueueSchema = z.object({
  entries: z.array(adminQueueEntrySchema),
  nextCursor: z.string().nullable(),
  serverNow: instantSchema,
});
export type AdminQueue = z.infer<typeof adminQueueSchema>;

export const disqualifySchema = z.strictObject({
  reason: textSchema(1, 200).meta({
    description: 'Kept in the audit log; the customer is told `disqualified` only.',
  }),
});

export const adminQueueAnswerSchema = z.object({
  entry: adminQueueEntrySchema,
  serverNow: instantSchema,
});
export type AdminQueueAnswer = z.infer<typeof adminQueueAnswerSchema>;
