/** The languages that the shop speaks, on its pages and in its mails. */
import * as z from 'zod';

export const languageSchema = z.enum(['en', 'de']);
export type Language = z.infer<typeof languageSchema>;
