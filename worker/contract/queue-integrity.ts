/** What can be recounted of an event's queue from its entries and orders. */
import * as z from 'zod';
import { eventItemIdSchema } from './ids.ts';
import { itemQueueSchema } from './queue.ts';

/** `ok` only if every item’s is and no offer is at fault. */
export const queueIntegritySchema = z.object({
  ok: z.boolean(),
  items: z.array(
    z.object({
      eventItemId: eventItemIdSchema,
      ...itemQueueSchema.shape,
      recounted: itemQueueSchema,
      ok: z.boolean(),
    }),
  ),
  unmatchedOffers: z.int().min(0).meta({
    description:
      'Offers and entries that do not belong together one to one, for what was wished: an entry is offered at most once.',
  }),
  untimelyOffers: z.int().min(0).meta({
    description:
      'Offers made before the opening or the draw, or after the close. Clocks may be some seconds apart where it was closed by hand.',
  }),
});
export type QueueIntegrity = z.infer<typeof queueIntegritySchema>;
