/**
 * Ids: opaque text, made here and nowhere else. Must not know stores or HTTP.
 *
 * The ids of event items, orders, queue entries, payments and refunds carry the event's id, so that a purchase finds its
 * Durable Object without reading a database first.
 */
import * as z from 'zod';

/** Crockford's base32, lower case: no i, l, o, u, so an id survives being read aloud. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const B32 = '[0-9a-hjkmnp-tv-z]';
const TIME_CHARS = 10;
const KEY_CHARS = 12;
const TAIL_CHARS = 8;
/** Of an event's key, the last ones. */
const CHECK_CHARS = 4;
const COMMENT_BYTES = 26;
/** How many event items an event can have had in all its plans: a number is never given again. */
export const EVENT_ITEM_NUMBER_MAX = 999;

/** Fills `bytes` with random values and returns it, as `crypto.getRandomValues` does. */
export type FillRandom = (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>;

export const userIdSchema = z
  .string()
  .regex(new RegExp(`^usr_${B32}{18}$`))
  .brand('UserId');
export const itemIdSchema = z
  .string()
  .regex(new RegExp(`^itm_${B32}{18}$`))
  .brand('ItemId');
export const variantIdSchema = z
  .string()
  .regex(new RegExp(`^var_${B32}{18}$`))
  .brand('VariantId');
export const eventIdSchema = z
  .string()
  .regex(new RegExp(`^evt_${B32}{12}$`))
  .brand('EventId');
export const eventItemIdSchema = z
  .string()
  .regex(new RegExp(`^evi_${B32}{12}_[1-9][0-9]{0,2}$`))
  .brand('EventItemId');
export const orderIdSchema = z
  .string()
  .regex(new RegExp(`^ord_${B32}{12}_${B32}{18}$`))
  .brand('OrderId');
export const queueEntryIdSchema = z
  .string()
  .regex(new RegExp(`^ent_${B32}{12}_${B32}{18}$`))
  .brand('QueueEntryId');
export const paymentIdSchema = z
  .string()
  .regex(new RegExp(`^pay_${B32}{12}_${B32}{18}$`))
  .brand('PaymentId');
export const refundIdSchema = z
  .string()
  .regex(new RegExp(`^ref_${B32}{12}_${B32}{18}$`))
  .brand('RefundId');
/** One review per item and customer, so its id is made of both. */
export const reviewIdSchema = z
  .string()
  .regex(new RegExp(`^rev_${B32}{18}_${B32}{18}$`))
  .brand('ReviewId');
export const commentIdSchema = z
  .string()
  .regex(new RegExp(`^cmt_${B32}{12}_${B32}{26}$`))
  .brand('CommentId');

/** Names a login to its owner and in its tokens. Gives access to nothing, and reveals nothing of the cookie. */
export const loginIdSchema = z
  .string()
  .regex(/^lgn_[0-9a-f]{32}$/)
  .brand('LoginId');

export type UserId = z.infer<typeof userIdSchema>;
export type ItemId = z.infer<typeof itemIdSchema>;
export type VariantId = z.infer<typeof variantIdSchema>;
export type EventId = z.infer<typeof eventIdSchema>;
export type EventItemId = z.infer<typeof eventItemIdSchema>;
export type OrderId = z.infer<typeof orderIdSchema>;
export type QueueEntryId = z.infer<typeof queueEntryIdSchema>;
export type PaymentId = z.infer<typeof paymentIdSchema>;
export type RefundId = z.infer<typeof refundIdSchema>;
export type ReviewId = z.infer<typeof reviewIdSchema>;
export type CommentId = z.infer<typeof commentIdSchema>;
export type LoginId = z.infer<typeof loginIdSchema>;

/** @param nowMs milliseconds since the epoch; ids of one kind sort by it. */
export function makeUserId(nowMs: number, fillRandom: FillRandom): UserId {
  return `usr_${timeSorted(nowMs, fillRandom)}` as UserId;
}

/** @param nowMs milliseconds since the epoch; ids of one kind sort by it. */
export function makeItemId(nowMs: number, fillRandom: FillRandom): ItemId {
  return `itm_${timeSorted(nowMs, fillRandom)}` as ItemId;
}

/** @param nowMs milliseconds since the epoch; ids of one kind sort by it. */
export function makeVariantId(nowMs: number, fillRandom: FillRandom): VariantId {
  return `var_${timeSorted(nowMs, fillRandom)}` as VariantId;
}

/** A digest that only this shop can make of a text: a key is in it. At least 4 bytes. */
export type KeyedDigest = (text: string) => Uint8Array;

/**
 * With a digest: 40 random bits and 20 that are made of them, so that the edge recognises an invented id
 * from one of the shop's without a look-up: one in a million is taken for one. Among 10,000 events
 * one in 20,000 shops has two that are called alike, and the database refuses the second. Without a
 * digest: 60 random bits. In either case an event that is not listed cannot be found by guessing.
 */
export function makeEventId(fillRandom: FillRandom, digest?: KeyedDigest): EventId {
  if (digest === undefined) return `evt_${randomChars(KEY_CHARS, fillRandom)}` as EventId;
  const random = randomChars(KEY_CHARS - CHECK_CHARS, fillRandom);
  return `evt_${random}${checkOf(random, digest)}` as EventId;
}

/** Whether the id was made with this digest. */
export function isMadeWith(digest: KeyedDigest, eventId: EventId): boolean {
  const key = keyOf(eventId);
  const random = key.slice(0, -CHECK_CHARS);
  return key === random + checkOf(random, digest);
}

/** @param number 1 to 999, of the event item in its event; throws outside it. Not its place there. */
export function makeEventItemId(eventId: EventId, number: number): EventItemId {
  if (!Number.isInteger(number) || number < 1 || number > EVENT_ITEM_NUMBER_MAX) {
    throw new RangeError(`event item number ${number} is not 1 to ${EVENT_ITEM_NUMBER_MAX}`);
  }
  return `${eventItemIdPrefixOf(eventId)}${number}` as EventItemId;
}

/** What an event item's id is before its number. */
export function eventItemIdPrefixOf(eventId: EventId): string {
  return `evi_${keyOf(eventId)}_`;
}

/** @param nowMs milliseconds since the epoch; an event's orders sort by it. */
export function makeOrderId(eventId: EventId, nowMs: number, fillRandom: FillRandom): OrderId {
  return `ord_${keyOf(eventId)}_${timeSorted(nowMs, fillRandom)}` as OrderId;
}

/** @param nowMs milliseconds since the epoch; an event's entries sort by it. */
export function makeQueueEntryId(
  eventId: EventId,
  nowMs: number,
  fillRandom: FillRandom,
): QueueEntryId {
  return `ent_${keyOf(eventId)}_${timeSorted(nowMs, fillRandom)}` as QueueEntryId;
}

/** @param nowMs milliseconds since the epoch; an event's payments sort by it. */
export function makePaymentId(eventId: EventId, nowMs: number, fillRandom: FillRandom): PaymentId {
  return `pay_${keyOf(eventId)}_${timeSorted(nowMs, fillRandom)}` as PaymentId;
}

/** @param nowMs milliseconds since the epoch; an event's refunds sort by it. */
export function makeRefundId(eventId: EventId, nowMs: number, fillRandom: FillRandom): RefundId {
  return `ref_${keyOf(eventId)}_${timeSorted(nowMs, fillRandom)}` as RefundId;
}

/** Of a mail that an admin has sent again. @param nowMs milliseconds since the epoch */
export function makeMailId(nowMs: number, fillRandom: FillRandom): string {
  return `mail_${timeSorted(nowMs, fillRandom)}`;
}

/** The id of the order that an entry is offered at a time; `offer_order_id` in SQL makes the same. */
export function offerOrderId(entryId: QueueEntryId, nowMs: number): OrderId {
  const [, key] = entryId.split('_');
  return `ord_${key}_${timeChars(nowMs)}${entryId.slice(-TAIL_CHARS)}` as OrderId;
}

/** The first and the last id that an order of the event can have. */
export function orderIdRange(eventId: EventId): [OrderId, OrderId] {
  const idOf = (char: string) =>
    `ord_${keyOf(eventId)}_${char.repeat(TIME_CHARS + TAIL_CHARS)}` as OrderId;
  return [idOf('0'), idOf('z')];
}

/** The first and the last id that a queue entry of the event can have. */
export function queueEntryIdRange(eventId: EventId): [QueueEntryId, QueueEntryId] {
  const [first, last] = orderIdRange(eventId).map((id) => id.replace('ord', 'ent'));
  return [first as QueueEntryId, last as QueueEntryId];
}

/** The first and the last id that a payment of the event can have. */
export function paymentIdRange(eventId: EventId): [PaymentId, PaymentId] {
  const [first, last] = orderIdRange(eventId).map((id) => id.replace('ord', 'pay'));
  return [first as PaymentId, last as PaymentId];
}

export function reviewIdOf(itemId: ItemId, customerId: UserId): ReviewId {
  return `rev_${itemId.slice(4)}_${customerId.slice(4)}` as ReviewId;
}

/** What the ids of an item's reviews, or of an event's comments, begin with. */
export function idPrefixOf(subject: ItemId | EventId): string {
  return `${subject.startsWith('itm_') ? 'rev' : 'cmt'}_${subject.slice(4)}_`;
}

/** @param bytes 26 or more, random or a digest. The same bytes make the same id. */
export function makeCommentId(eventId: EventId, bytes: Uint8Array): CommentId {
  if (bytes.length < COMMENT_BYTES) throw new RangeError('a comment id takes 26 bytes');
  return `cmt_${keyOf(eventId)}_${charsOf(bytes.subarray(0, COMMENT_BYTES))}` as CommentId;
}

/** The item that a review is of, read from its id alone. */
export function itemIdOf(id: ReviewId): ItemId {
  return `itm_${id.slice(4, 4 + TIME_CHARS + TAIL_CHARS)}` as ItemId;
}

/** The event that something belongs to, read from its id alone. */
export function eventIdOf(
  id: EventItemId | OrderId | QueueEntryId | PaymentId | RefundId | CommentId,
): EventId {
  return `evt_${id.slice(4, 4 + KEY_CHARS)}` as EventId;
}

function checkOf(random: string, digest: KeyedDigest): string {
  return charsOf(digest(random).subarray(0, CHECK_CHARS));
}

function keyOf(eventId: EventId): string {
  return eventId.slice(4);
}

function timeSorted(nowMs: number, fillRandom: FillRandom): string {
  return timeChars(nowMs) + randomChars(TAIL_CHARS, fillRandom);
}

function timeChars(nowMs: number): string {
  let time = '';
  for (let rest = nowMs, n = 0; n < TIME_CHARS; n++) {
    time = ALPHABET[rest % 32] + time;
    rest = Math.floor(rest / 32);
  }
  return time;
}

function randomChars(count: number, fillRandom: FillRandom): string {
  return charsOf(fillRandom(new Uint8Array(count)));
}

/** One character of an id for each byte. */
export function charsOf(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += ALPHABET[byte % 32];
  return text;
}
