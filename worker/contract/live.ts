/** What a viewer of an event is sent over its socket: whole snapshots, numbered, and notes. */
import * as z from 'zod';
import { eventStatusSchema, stockSchema } from './events.ts';
import { eventItemIdSchema } from './ids.ts';
import { itemQueueSchema } from './queue.ts';
import { instantSchema } from './values.ts';

export const LIVE_VERSION = 1;

const msSchema = z.int().min(0).meta({ description: 'Milliseconds since the epoch.' });

export const liveItemSchema = z.object({
  id: eventItemIdSchema,
  ...stockSchema.shape,
  nextReleaseAtMs: msSchema.nullable().meta({
    description: 'When the earliest hold ends: a unit may come back then. Null without holds.',
  }),
  queue: itemQueueSchema.optional().meta({
    description: 'Who waits for it. Left out where nobody ever entered a queue of the event.',
  }),
});

/** A later snapshot of an event has the greater `seq`, whichever socket brings it. */
export const liveSnapshotSchema = z.object({
  v: z.literal(LIVE_VERSION),
  seq: z.int().min(0).meta({ description: 'Grows with each snapshot; not by one.' }),
  takenAtMs: msSchema,
  status: eventStatusSchema,
  opensAtMs: msSchema,
  closesAtMs: msSchema.meta({ description: 'Not after takenAtMs once the sale is over.' }),
  items: z.array(liveItemSchema),
  drawAtMs: msSchema.nullable().optional().meta({
    description:
      'When a draw is due that is still to come. Null once it is drawn; left out as `queue` is.',
  }),
  serverNow: instantSchema,
});
export type LiveSnapshot = z.infer<typeof liveSnapshotSchema>;

/** Of messages that name their kind. Whoever knows snapshots only leaves another version alone. */
export const LIVE_NOTE_VERSION = 2;

/** The discussion changed: its new state is requested, not sent. */
export const liveDiscussionSchema = z.object({
  v: z.literal(LIVE_NOTE_VERSION),
  kind: z.literal('discussion'),
  changedAtMs: msSchema.meta({ description: 'A later change has the greater one.' }),
  serverNow: instantSchema,
});
export type LiveDiscussion = z.infer<typeof liveDiscussionSchema>;

export const liveMessageSchema = z.discriminatedUnion('v', [
  liveSnapshotSchema,
  liveDiscussionSchema,
]);

/** The server closes a socket with this code when its event is no longer public. */
export const CLOSE_NOT_FOUND = 4_404;
