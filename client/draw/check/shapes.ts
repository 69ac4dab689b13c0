/** How a draw's public data must look: worker/contract/draw.ts without its library. Must not compute. */
import type {
  Draw,
  DrawCounts,
  DrawEntry,
  DrawReceipt,
  DrawStart,
  DrawStatement,
  NamedBeacon,
} from '../../../worker/contract/draw.ts';
import { COUNT_STEPS_MAX } from '../../../worker/contract/draw-counts.ts';
import {
  hash,
  hex,
  instant,
  int,
  list,
  nullable,
  object,
  oneOf,
  optional,
  type Shape,
  text,
} from './shape.ts';

const ITEMS_MAX = 1_000;
/** One of each type, and what would be too many. */
const STATEMENTS_MAX = 10;
const ID = /^[a-z]+_[0-9a-z_]{1,60}$/;
const id = text(ID);
const word = text(/^[\w.-]{1,60}$/);

/** What kinds there are is the checker's to say. */
const BEACON = {
  kind: word,
  chain: hex,
  publicKey: hex,
  round: int(1),
} satisfies Record<keyof Omit<NamedBeacon, 'roundAtMs'>, Shape>;

const NAMED_BEACON = { ...BEACON, roundAtMs: int(0) } satisfies Record<keyof NamedBeacon, Shape>;

const isItems = list(
  object({ eventItemId: id, stock: int(0), priceMinor: int(0), limitPerCustomer: int(0) }),
  ITEMS_MAX,
);

const START = {
  eventId: id,
  number: int(1),
  startsAtMs: int(0),
  entriesCloseAtMs: int(0),
  beacon: object(NAMED_BEACON),
  offerSeconds: int(0),
  payment: word,
  currency: word,
  items: (value) => isItems(value) && isDistinct(value as DrawStart['items']),
} satisfies Record<keyof DrawStart, Shape>;

/** A draw that was saved before there were counts has none. */
const COUNTS = {
  version: int(1),
  records: int(1),
  from: instant,
  stepSeconds: int(1),
  entered: list(int(0), COUNT_STEPS_MAX),
  left: list(int(0), COUNT_STEPS_MAX),
} satisfies Record<keyof DrawCounts, Shape>;

const DRAW = {
  version: int(1),
  number: nullable(int(1)),
  status: oneOf('open', 'locked', 'waiting_for_beacon', 'drawn', 'given_up'),
  entries: int(0),
  records: int(0),
  counts: optional(nullable(object(COUNTS))),
  head: nullable(hash),
  start: nullable(object(START)),
  beacon: object({ ...BEACON, roundAt: instant }),
  lockedAt: nullable(instant),
  randomness: nullable(hash),
  signature: nullable(hex),
  seed: nullable(hash),
  ranking: nullable(hash),
  drawnAt: nullable(instant),
  givenUp: nullable(object({ at: instant, reason: word })),
  statement: nullable(text()),
  statements: list(text(), STATEMENTS_MAX),
} satisfies Record<keyof Draw, Shape>;

/** `kind` and the item are the checker's to judge. */
const RECORD = {
  seq: int(1),
  kind: word,
  entryId: id,
  eventItemId: id,
  quantity: int(1),
  minQuantity: int(1),
  at: instant,
  head: hash,
  rank: optional(nullable(int(1))),
  outcome: optional(nullable(word)),
  reason: optional(nullable(word)),
} satisfies Record<keyof DrawEntry, Shape>;

const RECEIPT = {
  entryId: id,
  eventId: id,
  eventItemId: id,
  seq: int(1),
  head: hash,
  enteredAt: instant,
} satisfies Record<keyof DrawReceipt, Shape>;

type StatementOf<Type extends DrawStatement['type']> = Extract<DrawStatement, { type: Type }>;
type Members<Type extends DrawStatement['type']> = Record<
  keyof Omit<StatementOf<Type>, 'type'>,
  Shape
>;

const STATEMENT = {
  version: int(1),
  eventId: id,
  number: int(1),
  start: hash,
  records: int(0),
  entries: int(0),
  head: hash,
};
const STATEMENTS = new Map<unknown, Shape>([
  [
    'locked',
    object({
      ...STATEMENT,
      beacon: object(NAMED_BEACON),
      lockedAt: instant,
    } satisfies Members<'locked'>),
  ],
  [
    'drawn',
    object({
      ...STATEMENT,
      locked: hash,
      signature: hex,
      randomness: hash,
      seed: hash,
      ranking: hash,
      drawnAt: instant,
    } satisfies Members<'drawn'>),
  ],
  [
    'given_up',
    object({ ...STATEMENT, reason: word, givenUpAt: instant } satisfies Members<'given_up'>),
  ],
]);

const isLikeDraw = object(DRAW);
const isLikeRecord = object(RECORD);
const isLikeReceipt = object(RECEIPT);
const isLikeKeys = object({ keys: list(object({ kty: word }), 100) });

function isDistinct(items: DrawStart['items']): boolean {
  return new Set(items.map(({ eventItemId }) => eventItemId)).size === items.length;
}

export function isDraw(value: unknown): value is Draw {
  return isLikeDraw(value);
}

export function isRecordLine(value: unknown): value is DrawEntry {
  return isLikeRecord(value);
}

export function isReceipt(value: unknown): value is DrawReceipt {
  return isLikeReceipt(value);
}

export function isStatement(value: unknown): value is DrawStatement {
  const shape = STATEMENTS.get((value as { type?: unknown } | null | undefined)?.type);
  return shape?.(value) ?? false;
}

export function isKeySet(value: unknown): value is { keys: JsonWebKey[] } {
  return isLikeKeys(value);
}
