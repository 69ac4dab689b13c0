/**
 * What is public of a draw, so that anybody can check it: docs/fairness.md tells how. Its version changes when
 * the computation does, and what was published stays as it is.
 */
import * as z from 'zod';
import { COUNT_STEPS_MAX } from './draw-counts.ts';
import { eventIdSchema, eventItemIdSchema, queueEntryIdSchema } from './ids.ts';
import { skipReasonSchema } from './queue.ts';
import { instantSchema } from './values.ts';

export const DRAW_VERSION = 1;
export const DRAW_COUNTS_VERSION = 1;

const hashSchema = z.string().regex(/^[0-9a-f]{64}$/);
const countsSchema = z.array(z.int().min(0)).min(1).max(COUNT_STEPS_MAX);
const hexSchema = z.string().regex(/^([0-9a-f]{2})*$/);

/** `local`: of this shop's own key, whose owner knows every round in advance: it proves nothing to outsiders. */
export const beaconKindSchema = z.enum(['drand', 'local']);
export type BeaconKind = z.infer<typeof beaconKindSchema>;

/** The round of a beacon that a draw uses, named before anybody enters. */
export const namedBeaconSchema = z.object({
  kind: beaconKindSchema,
  chain: hexSchema.meta({ description: "The hash that names the beacon's chain." }),
  publicKey: hexSchema.meta({
    description: 'By which its signatures are checked, 96 bytes in hex.',
  }),
  round: z.int().min(1),
  roundAtMs: z.int().min(0).meta({ description: 'When the round is due, ms since the epoch.' }),
});
export type NamedBeacon = z.infer<typeof namedBeaconSchema>;

/** Record 0 of a draw: what is fixed before anybody enters. */
export const drawStartSchema = z.object({
  eventId: eventIdSchema,
  number: z.int().min(1).meta({ description: "Of all the shop's draws, without gaps." }),
  startsAtMs: z.int(),
  entriesCloseAtMs: z.int(),
  beacon: namedBeaconSchema,
  offerSeconds: z.int(),
  payment: z.string(),
  currency: z.string(),
  items: z.array(
    z.object({
      eventItemId: eventItemIdSchema,
      stock: z.int(),
      priceMinor: z.int(),
      limitPerCustomer: z.int(),
    }),
  ),
});
export type DrawStart = z.infer<typeof drawStartSchema>;

/**
 * `locked`: no entry is added or taken out any more. `waiting_for_beacon`: the round is due, and the beacon has
 * not given it yet. `given_up`: never drawn, and never to be.
 */
export const drawStatusSchema = z.enum([
  'open',
  'locked',
  'waiting_for_beacon',
  'drawn',
  'given_up',
]);
export type DrawStatus = z.infer<typeof drawStatusSchema>;

/** `cancelled`: before its round was due. `beacon_silent`: for an hour. `undrawn_at_end`: of the sale. */
export const giveUpReasonSchema = z.enum(['cancelled', 'beacon_silent', 'undrawn_at_end']);
export type GiveUpReason = z.infer<typeof giveUpReasonSchema>;

/** How many entered and left over time, recounted by whoever checks a draw. It has a version of its own. */
export const drawCountsSchema = z.object({
  version: z.literal(DRAW_COUNTS_VERSION),
  records: z.int().min(1).meta({
    description:
      'How many records are counted, from the first one on; all of them once it is locked.',
  }),
  from: instantSchema.meta({ description: 'When the first step begins.' }),
  stepSeconds: z.int().min(1).meta({ description: 'How long each step is.' }),
  entered: countsSchema.meta({ description: 'Enterings in each step, up to the end of entries.' }),
  left: countsSchema.meta({ description: 'Leavings in each step.' }),
});
export type DrawCounts = z.infer<typeof drawCountsSchema>;

/** Null is what is not known yet. */
export const drawSchema = z.object({
  version: z.literal(DRAW_VERSION),
  number: drawStartSchema.shape.number.nullable().meta({
    description: "Of all the shop's draws, without gaps; null before the first entry.",
  }),
  status: drawStatusSchema,
  entries: z.int().min(0).meta({ description: 'Entered before the lock, those that left too.' }),
  records: z.int().min(0).meta({ description: 'Enterings and leavings that are chained.' }),
  counts: drawCountsSchema.nullable(),
  head: hashSchema
    .nullable()
    .meta({ description: 'Of the chain, in hex; final once it is locked.' }),
  start: drawStartSchema.nullable(),
  beacon: z.object({
    kind: beaconKindSchema,
    chain: namedBeaconSchema.shape.chain,
    publicKey: namedBeaconSchema.shape.publicKey,
    round: namedBeaconSchema.shape.round,
    roundAt: instantSchema,
  }),
  lockedAt: instantSchema.nullable(),
  randomness: hashSchema.nullable(),
  signature: hexSchema.nullable(),
  seed: hashSchema.nullable(),
  ranking: hashSchema.nullable().meta({ description: 'Of all ranked entries in their order.' }),
  drawnAt: instantSchema.nullable(),
  givenUp: z.object({ at: instantSchema, reason: giveUpReasonSchema }).nullable(),
  statement: z.string().nullable().meta({ description: 'The newest of `statements`.' }),
  statements: z.array(z.string()).meta({
    description: 'Signed by the shop (compact JWS), in the order in which they were made.',
  }),
});
export type Draw = z.infer<typeof drawSchema>;

export const drawAnswerSchema = z.object({ draw: drawSchema, serverNow: instantSchema });
export type DrawAnswer = z.infer<typeof drawAnswerSchema>;

/** One record of the chain, one JSON a line. `rank` and `outcome` are there once it is drawn. */
export const drawEntrySchema = z.object({
  seq: z.int().min(1).meta({ description: 'Of the record, without gaps.' }),
  kind: z.enum(['enter', 'leave']),
  entryId: queueEntryIdSchema,
  eventItemId: eventItemIdSchema,
  quantity: z.int().min(1),
  minQuantity: z.int().min(1),
  at: instantSchema,
  head: hashSchema,
  rank: z.int().min(1).nullable().optional().meta({
    description: 'Null for an entry that left before the lock, and in the record of its leaving.',
  }),
  outcome: z.enum(['waiting', 'offered', 'left', 'skipped']).nullable().optional(),
  reason: skipReasonSchema.nullable().optional().meta({ description: 'Why it was skipped.' }),
});
export type DrawEntry = z.infer<typeof drawEntrySchema>;

/** A list that was read up to some record can be gone on with. */
export const drawEntriesQuerySchema = z.strictObject({
  from: z.coerce
    .number()
    .int()
    .min(1)
    .default(1)
    .meta({ description: '`seq` of the first record.' }),
});

/** What a receipt says, signed: a compact JWS, ES256, by a key of /.well-known/jwks.json. */
export const drawReceiptSchema = z.object({
  entryId: queueEntryIdSchema,
  eventId: eventIdSchema,
  eventItemId: eventItemIdSchema,
  seq: z.int().min(1).meta({ description: 'Of the record by which it entered.' }),
  head: hashSchema.meta({ description: 'Of the chain, with that record as its last one.' }),
  enteredAt: instantSchema,
});
export type DrawReceipt = z.infer<typeof drawReceiptSchema>;

/** `typ` of the protected header of each, so that none can be shown as another. */
export const RECEIPT_TYPE = 'swiftdrop-receipt';
export const STATEMENT_TYPE = 'swiftdrop-draw';

const statementBase = {
  version: z.literal(DRAW_VERSION),
  eventId: eventIdSchema,
  number: drawStartSchema.shape.number,
  start: hashSchema.meta({ description: 'SHA-256 of record 0.' }),
  records: z.int().min(0),
  entries: z.int().min(0),
  head: hashSchema,
};

/** What the shop signs of a draw, once each. Nothing of it is ever edited. */
export const drawStatementSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('locked'),
    ...statementBase,
    beacon: namedBeaconSchema,
    lockedAt: instantSchema,
  }),
  z.object({
    type: z.literal('drawn'),
    ...statementBase,
    locked: hashSchema.meta({ description: 'SHA-256 of the statement of the lock, as text.' }),
    signature: hexSchema,
    randomness: hashSchema,
    seed: hashSchema,
    ranking: hashSchema,
    drawnAt: instantSchema,
  }),
  z.object({
    type: z.literal('given_up'),
    ...statementBase,
    reason: giveUpReasonSchema,
    givenUpAt: instantSchema,
  }),
]);
export type DrawStatement = z.infer<typeof drawStatementSchema>;
