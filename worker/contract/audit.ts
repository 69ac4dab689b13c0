/** The audit log as admins read it: each entry, and what its ids stand for now. */
import * as z from 'zod';
import { auditEntrySchema } from './administration.ts';
import { eventIdSchema, itemIdSchema } from './ids.ts';
import { currencySchema, instantSchema, pageQuerySchema, textSchema } from './values.ts';

const SUBJECT_CHARS_MAX = 100;

export const auditNamesSchema = z.object({
  /** The display name of whoever did it; null for a command and for an account that was deleted. */
  actor: z.string().nullable(),
  /** What it was done to, as that is called now; null where it has no name, or is gone. */
  subject: z.string().nullable(),
  /** The event that it was done to or in. */
  event: z.object({ id: eventIdSchema, title: z.string(), currency: currencySchema }).nullable(),
  /** Of an order. */
  orderNumber: z.string().nullable(),
  /** Of an item, or of what a review is of; null where it was deleted. */
  itemId: itemIdSchema.nullable(),
  /** The items that a plan before or after names, by their ids. */
  items: z.record(z.string(), z.string()),
});
export type AuditNames = z.infer<typeof auditNamesSchema>;

export const namedAuditEntrySchema = z.object({
  ...auditEntrySchema.shape,
  names: auditNamesSchema.meta({
    description: 'What the ids stand for now. The log itself names people by their ids alone.',
  }),
});
export type NamedAuditEntry = z.infer<typeof namedAuditEntrySchema>;

export const auditQuerySchema = pageQuerySchema.extend({
  subject: textSchema(1, SUBJECT_CHARS_MAX).optional(),
  actor: textSchema(1, SUBJECT_CHARS_MAX).optional(),
  action: textSchema(1, SUBJECT_CHARS_MAX).optional(),
});

export const auditListSchema = z.object({
  entries: z.array(namedAuditEntrySchema),
  nextCursor: z.string().nullable(),
  serverNow: instantSchema,
});
export type AuditList = z.infer<typeof auditListSchema>;
