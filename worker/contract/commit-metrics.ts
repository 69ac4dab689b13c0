/** What the administration is shown of an event's group commit while it works. */
import * as z from 'zod';
import { eventIdSchema } from './ids.ts';
import { instantSchema } from './values.ts';

const perSecond = z.array(z.int());

export const eventLineSchema = z.object({
  id: eventIdSchema,
  serverNow: instantSchema,
  /** When the event's object woke: what is counted in all is counted since then. */
  since: instantSchema,
  /** Attempts that wait, without those of the group that is being settled. */
  lineLength: z.int(),
  settling: z.int(),
  /** With those that were answered at the edge. */
  attempts: z.int(),
  /** By what they did (reserve, confirm, cancel, replayed) or the code of their refusal. */
  outcomes: z.record(z.string(), z.int()),
  groups: z.object({
    count: z.int(),
    sizeMean: z.number(),
    /** How long the first of a group had waited, and how long the database took. */
    waitMsMean: z.number(),
    settleMsMean: z.number(),
  }),
  /** One number for each of the last seconds, at most ten minutes; the last is of the one before now. */
  perSecond: z.object({
    attempts: perSecond,
    reserved: perSecond,
    refused: perSecond,
    groups: perSecond,
    /** The longest wait and the longest line of the second. */
    waitMs: perSecond,
    lineLength: perSecond,
  }),
});
export type EventLine = z.infer<typeof eventLineSchema>;
