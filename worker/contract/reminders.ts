/** Reminders of a sale before it opens: what is sent and what is given. */
import * as z from 'zod';
import { eventIdSchema } from './ids.ts';

/** Reminders of one account that wait at a time. */
export const REMINDERS_WAITING_MAX = 100;

/** The sales of which the caller is reminded. */
export const reminderListSchema = z.strictObject({ eventIds: z.array(eventIdSchema) });
export type ReminderList = z.infer<typeof reminderListSchema>;

const reminderTokenSchema = z.string().regex(/^[0-9a-z]{30}\.[\w-]{43}$/);

/** The token of a mail's link, in the body or in the query: a mail program sends it there. */
export const reminderOffSchema = z.strictObject({ token: reminderTokenSchema.optional() });
