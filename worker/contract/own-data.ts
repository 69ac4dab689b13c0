/** What the shop keeps about one account, as its owner takes it away; and how the account is deleted. */
import * as z from 'zod';
import { roleSchema, typedPasswordSchema } from './accounts.ts';
import { addressSchema } from './address.ts';
import { auditEntrySchema } from './administration.ts';
import {
  commentIdSchema,
  eventIdSchema,
  itemIdSchema,
  loginIdSchema,
  reviewIdSchema,
  userIdSchema,
} from './ids.ts';
import { languageSchema } from './languages.ts';
import { suppressionSchema } from './mail-events.ts';
import { orderHistoryEntrySchema } from './orders.ts';
import { OUTBOX_KINDS, outboxOutcomeSchema } from './outbox.ts';
import { queueEntrySchema } from './queue.ts';
import { ratingSchema, reportInputSchema } from './reviews.ts';
import { instantSchema } from './values.ts';

/** How many entries one download has of each list that may be longer. */
export const OWN_DATA_ENTRIES_MAX = {
  orders: 10_000,
  queueEntries: 10_000,
  reviews: 2_000,
  comments: 2_000,
  helpfulVotes: 2_000,
  reports: 2_000,
  mails: 2_000,
  auditLog: 2_000,
} as const;

export type OwnDataList = keyof typeof OWN_DATA_ENTRIES_MAX;
const LISTS = Object.keys(OWN_DATA_ENTRIES_MAX) as [OwnDataList, ...OwnDataList[]];

const failuresSchema = z.strictObject({ count: z.int().min(0), lastAt: instantSchema });

const loginSchema = z.strictObject({
  id: loginIdSchema,
  /** What its browser calls itself, null where it does not. */
  device: z.string().nullable(),
  createdAt: instantSchema,
  lastUsedAt: instantSchema,
  expiresAt: instantSchema,
});

const deviceSchema = z.strictObject({
  /** At the push service of the device’s browser. */
  endpoint: z.string(),
  language: languageSchema,
  createdAt: instantSchema,
});

const linkSchema = z.strictObject({
  purpose: z.enum(['verify_email', 'change_email', 'reset_password']),
  /** The address that it was sent to. */
  email: z.string(),
  createdAt: instantSchema,
  expiresAt: instantSchema,
  usedAt: instantSchema.nullable(),
});

const writtenReviewSchema = z.strictObject({
  id: reviewIdSchema,
  itemId: itemIdSchema,
  rating: ratingSchema,
  comment: z.string(),
  hidden: z.boolean(),
  createdAt: instantSchema,
  updatedAt: instantSchema,
});

/** One that its author deleted has no text; it is kept for its replies. */
const writtenCommentSchema = z.strictObject({
  id: commentIdSchema,
  eventId: eventIdSchema,
  parentId: commentIdSchema.nullable(),
  body: z.string(),
  deleted: z.boolean(),
  hidden: z.boolean(),
  createdAt: instantSchema,
  editedAt: instantSchema.nullable(),
});

/** Each list newest first, but votes and reports, whose time is not kept: by id. */
export const ownDataSchema = z.strictObject({
  madeAt: instantSchema,
  account: z.strictObject({
    id: userIdSchema,
    email: z.string(),
    displayName: z.string(),
    role: roleSchema,
    language: languageSchema,
    createdAt: instantSchema,
    /** When the owner showed that the address is theirs. */
    emailVerifiedAt: instantSchema.nullable(),
    /** Where orders are delivered to, as the account keeps it; null where it keeps none. */
    address: addressSchema.nullable(),
  }),
  logins: z.array(loginSchema),
  /** Devices that are told by notifications. */
  devices: z.array(deviceSchema),
  /** Wrong passwords for the account lately, from anywhere; null without. */
  failedSignIns: failuresSchema.nullable(),
  /** Links for one use that were sent by mail. */
  links: z.array(linkSchema),
  orders: z.array(
    z.strictObject({
      ...orderHistoryEntrySchema.shape,
      /** What admins wrote down about it, which tells of its customer; empty without a word. */
      note: z.string(),
    }),
  ),
  /** Every wish for units that the owner ever queued for. */
  queueEntries: z.array(
    z.strictObject({
      ...queueEntrySchema.omit({ ahead: true, outlook: true, record: true, receipt: true }).shape,
      /** As it was kept: an entry for a sale that is over waits still. */
      status: queueEntrySchema.shape.status.exclude(['closed']),
      eventTitle: z.string(),
      itemName: z.string(),
      variantLabel: z.string().nullable(),
      /** Null while it waits. */
      endedAt: instantSchema.nullable(),
    }),
  ),
  reminders: z.array(
    z.strictObject({
      eventId: eventIdSchema,
      createdAt: instantSchema,
      /** When its mail was handed on to be sent; null while it waits. */
      queuedAt: instantSchema.nullable(),
    }),
  ),
  reviews: z.array(writtenReviewSchema),
  comments: z.array(writtenCommentSchema),
  /** Others’ reviews that the owner found helpful. */
  helpfulVotes: z.array(reviewIdSchema),
  reports: z.array(
    z.strictObject({
      id: z.union([reviewIdSchema, commentIdSchema]),
      /** Null where it was not kept to whom a reason belongs. */
      reason: reportInputSchema.shape.reason.nullable(),
    }),
  ),
  /** Mails and notifications that were sent to the owner, or wait to be sent; kept for a while. */
  mails: z.array(
    z.strictObject({
      kind: z.enum(OUTBOX_KINDS),
      createdAt: instantSchema,
      /** Null while it waits. */
      outcome: outboxOutcomeSchema.nullable(),
      endedAt: instantSchema.nullable(),
    }),
  ),
  /** Why nothing is sent to the address any more; null where mail is sent. */
  mailSuppression: z.strictObject({ reason: suppressionSchema, at: instantSchema }).nullable(),
  /** Entries about the account. */
  auditLog: z.array(auditEntrySchema),
  /** Lists that have more entries than one download takes along: empty where all is here. */
  incomplete: z.array(z.enum(LISTS)),
});
export type OwnData = z.infer<typeof ownDataSchema>;

export const accountDeletionSchema = z.strictObject({ password: typedPasswordSchema });
