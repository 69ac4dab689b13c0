/**
 * The words of a purchase: what is attempted, how it was stamped on arrival, how it was answered.
 * Plain data that survives RPC; no behaviour.
 */
import type { EventState, ItemState } from '../../contract/event-state.ts';
import type { Stock } from '../../contract/events.ts';
import type {
  EventId,
  EventItemId,
  LoginId,
  OrderId,
  QueueEntryId,
  UserId,
} from '../../contract/ids.ts';
import type { Ahead, QueueEntryStatus, SkipReason } from '../../contract/queue.ts';
import type { HolderBits } from './holder-filter.ts';
import type { OrderRecord } from './order-record.ts';
import type { ShopAttempt } from './shop-attempts.ts';

interface Request {
  customerId: UserId;
  /** Of the token; the ledger refuses whoever's logins were ended since. */
  sessionEpoch: number;
  /** Of the token too; the ledger refuses whose login alone was ended. Old tokens name none. */
  loginId?: LoginId | undefined;
  /** The customer's Idempotency-Key, or null if none was sent. */
  key: string | null;
}

export interface ReserveAttempt extends Request {
  kind: 'reserve';
  eventItemId: EventItemId;
  quantity: number;
  /** What the customer was shown, if their request names it: they are given a hold at that price or none. */
  shownPriceCents?: number | undefined;
  shownCurrency?: string | undefined;
}

export interface SettleHoldAttempt extends Request {
  kind: 'confirm' | 'cancel';
  orderId: OrderId;
}

/** Enters the queue of an item. */
export interface EnterAttempt extends Request {
  kind: 'enter';
  eventItemId: EventItemId;
  quantity: number;
  minQuantity: number;
}

/** Leaves the queue, or gives an offer back. */
export interface LeaveAttempt extends Request {
  kind: 'leave';
  entryId: QueueEntryId;
}

/** What is about an order, and what is about a queue entry; and what the shop sends by itself. */
export type OrderAttempt = ReserveAttempt | SettleHoldAttempt;
export type QueueAttempt = EnterAttempt | LeaveAttempt;
export type CustomerAttempt = OrderAttempt | QueueAttempt;
export type Attempt = CustomerAttempt | ShopAttempt;

/**
 * An attempt with what the object gave it on arrival. The id of what a reservation or an entry makes is
 * chosen here, so that a group whose answer was lost can be sent again and counts once.
 */
export type StampedAttempt =
  | StampedReserve
  | Stamped<SettleHoldAttempt>
  | StampedEnter
  | Stamped<LeaveAttempt>
  | Stamped<ShopAttempt>;
export type StampedReserve = Stamped<ReserveAttempt & { orderId: OrderId }>;
export type StampedEnter = Stamped<EnterAttempt & { entryId: QueueEntryId }>;
type Stamped<Of extends Attempt> = Of & { atMs: number };

/** A queue entry as the ledger gives it; times in milliseconds since the epoch. */
export interface EntryRecord {
  id: QueueEntryId;
  eventId: EventId;
  eventItemId: EventItemId;
  quantity: number;
  minQuantity: number;
  status: Exclude<QueueEntryStatus, 'closed'>;
  reason: SkipReason | null;
  enteredAtMs: number;
  seq: number;
  rank: number | null;
  /**
   * Its entering in the chain of a draw, with the head of it; null behind the lock and without a draw. An object of
   * the version before leaves it out.
   */
  record?: { seq: number; head: string } | null;
  orderId: OrderId | null;
}

/** A stable code and what belongs to it; the same word goes into the HTTP answer. */
export type Refusal =
  | {
      code: 'sold_out';
      stock: Stock;
      nextReleaseAtMs: number | null;
      /** Whether one may enter the queue, and who waits there. */
      queue: { open: boolean; waiting: number; waitingUnits: number };
    }
  | {
      code: 'queue_ahead';
      /** `drawAtMs` where a draw is still to come. */
      queue: { waiting: number; waitingUnits: number; drawAtMs: number | null };
    }
  | { code: 'not_open'; opensAtMs: number }
  | ({ code: 'limit_reached' } & LimitCounts)
  | { code: 'changed'; priceCents: number; currency: string }
  | {
      code:
        | 'closed'
        | 'email_unverified'
        | 'hold_expired'
        | 'payment_required'
        | 'order_confirmed'
        | 'order_cancelled'
        | 'idempotency_key_reused'
        | 'stock_available'
        | 'queue_closed'
        | 'queue_full'
        | 'not_found'
        | 'unauthenticated'
        | 'internal';
    }
  | { code: 'rate_limited' | 'busy' | 'unavailable'; retryAfterMs: number };

/**
 * What an attempt is answered: refused, or not (`ok`), and then of which kind; an answer that is no
 * order gets a kind of its own. `ok` stays beside it, because during a deploy an object answers edges
 * of the version before, and edges of the next one read its answers. `nowMs` is the sale's clock when it was decided, in
 * milliseconds since the epoch.
 */
export type Answer =
  | { ok: true; kind: 'order'; order: OrderRecord; replayed: boolean; nowMs: number }
  | ({
      ok: true;
      kind: 'entry';
      item: ItemState;
      /** Whether the sale is over. */
      isOver: boolean;
      replayed: boolean;
      nowMs: number;
    } & PlacedEntry)
  | { ok: false; refusal: Refusal; nowMs: number };

/**
 * An entry, and what is before it; null where it does not wait or has no rank, and where it was given again
 * in a queue too long to count it in a settlement.
 */
export interface PlacedEntry {
  entry: EntryRecord;
  ahead: Ahead | null;
}

/** How often each code was answered. */
export type RefusalCounts = ReadonlyMap<Refusal['code'], number>;

/**
 * What an object lets the edge answer by itself for a moment: a sale without free units. Plain data that survives RPC.
 */
export interface SoldOutNotice {
  takenAtMs: number;
  /** From then on the object must be asked. */
  untilMs: number;
  /** The items without a free unit. */
  items: ItemState[];
  /** Whether one may enter the queue. Left out by an object of the version before. */
  queueOpen?: boolean;
  /** Those who must be let through, see holder-filter.ts. */
  holders: HolderBits;
}

/**
 * What an edge reports to an object besides the attempts. Its names stay: during a deploy an edge
 * calls objects of the version before or after.
 */
export interface EdgeReport {
  /** When the sold-out notice was taken that is cached here, 0 for none. */
  noticeTakenAtMs: number;
  /** How often sold out was answered from the cache since the call before. */
  soldOutSaid: number;
}

/** What the object's one call answers. */
export interface AttemptResult {
  answers: Answer[];
  notice?: SoldOutNotice | undefined;
}

/** What the ledger answers to a group: `answers[i]` belongs to `group[i]`. */
export interface Settlement extends EventState {
  answers: LedgerAnswer[];
  /** Whether it wrote rows about payments into the outbox. */
  hasPaymentRows?: boolean;
  /** Orders that it made for customers who asked for none in this group: offers from the queue. */
  unaskedOrders: { customerId: UserId; order: OrderRecord }[];
}

/** Units of an item that one customer may have, and what they have. */
export interface LimitCounts {
  limit: number;
  held: number;
  bought: number;
  /** For so many at least other accounts of their mailbox wait, where those share the limit; only for who enters. */
  waiting?: number;
  /** When an own hold that has ended gives its units back at the latest: its payment is awaited until then. */
  nextReleaseAtMs?: number;
}

/** A refusal as the ledger words it; what it leaves out follows from the event's state. */
export type LedgerAnswer =
  | { order: OrderRecord; replayed: boolean }
  | (PlacedEntry & { replayed: boolean })
  | { refusal: 'rate_limited'; retryAfterMs: number }
  | ({ refusal: 'limit_reached' } & LimitCounts)
  | { refusal: 'changed'; priceCents: number; currency: string }
  | {
      refusal: Exclude<
        Refusal['code'],
        'limit_reached' | 'changed' | 'rate_limited' | 'busy' | 'unavailable' | 'internal'
      >;
    };
