/** What an admin's refund is answered with. */
import * as z from 'zod';
import { orderHistoryEntrySchema } from './orders.ts';
import { refundSchema } from './payments.ts';
import { instantSchema } from './values.ts';

export const refundAnswerSchema = z.object({
  refund: refundSchema,
  /** As it was when the refund was decided: money and units go back soon after it. */
  order: orderHistoryEntrySchema,
  serverNow: instantSchema,
});
export type RefundAnswer = z.infer<typeof refundAnswerSchema>;
