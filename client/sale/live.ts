/**
 * What an event's socket has sent, laid over what was polled, and when to connect again.
 * Must not open sockets or set timers.
 */
import type { EventDetail, EventItem } from '../../worker/contract/events.ts';
import type { LiveDiscussion, LiveSnapshot } from '../../worker/contract/live.ts';

export interface Live {
  /** A socket is open and has sent something: no polling is needed meanwhile. */
  readonly isOn: boolean;
  /** The newest snapshot ever sent. */
  readonly last: LiveSnapshot | null;
  /** When the discussion changed last, in epoch milliseconds; 0 if no socket sent it. */
  readonly discussedAtMs: number;
  /** How often a socket was lost, and with it perhaps what it would have sent. */
  readonly drops: number;
}

/** An item with what only a socket sends. */
export interface LiveItem extends EventItem {
  /** When the earliest hold ends. Null without holds, undefined where no socket sent it. */
  readonly nextReleaseAtMs?: number | null;
}

export type LiveEvent = Omit<EventDetail, 'items'> & { readonly items: readonly LiveItem[] };

export const NOT_LIVE: Live = { isOn: false, last: null, discussedAtMs: 0, drops: 0 };

export type LiveUpdate =
  | { readonly kind: 'snapshot'; readonly snapshot: LiveSnapshot }
  | { readonly kind: 'discussion'; readonly changedAtMs: number }
  | { readonly kind: 'dropped' };

/** The server's code for an event that is no longer public, see the contract's live.ts. */
export const CLOSE_NOT_FOUND = 4_404;
/** While the socket sends, the event is polled this rarely. */
export const LIVE_POLL_MS = 60_000;
/** Sockets that drop together come back spread over this long; doubled if that fails. */
export const RECONNECT_SPREAD_MS = 20_000;
const RECONNECT_MS_MIN = 500;
const RECONNECT_DOUBLINGS_MAX = 2;
/** What is asked for may be this much older than its answer. */
const ASKED_AGE_MS_MAX = 2_000;
const SNAPSHOT_VERSION = 1;
const NOTE_VERSION = 2;

/** An older snapshot never takes the place of a newer one, whichever socket brings it. */
export function reduceLive(live: Live, update: LiveUpdate): Live {
  if (update.kind === 'dropped') return { ...live, isOn: false, drops: live.drops + 1 };
  if (update.kind === 'discussion') {
    return update.changedAtMs > live.discussedAtMs
      ? { ...live, discussedAtMs: update.changedAtMs }
      : live;
  }
  const { snapshot } = update;
  const isNewer = live.last === null || snapshot.seq > live.last.seq;
  return { ...live, isOn: true, last: isNewer ? snapshot : live.last };
}

/** @returns null for what this page does not understand: a later server may say more. */
export function readMessage(text: string): LiveUpdate | null {
  if (!text.startsWith('{')) return null;
  const message = JSON.parse(text) as LiveSnapshot | LiveDiscussion | { v: null };
  if (message.v === SNAPSHOT_VERSION) return { kind: 'snapshot', snapshot: message };
  if (message.v !== NOTE_VERSION || (message.kind as string) !== 'discussion') return null;
  return { kind: 'discussion', changedAtMs: message.changedAtMs };
}

/** The event with its stock, status and times as the socket sent them, unless what was polled is newer. */
export function withLive(event: EventDetail, { isOn, last }: Live): LiveEvent {
  if (last === null) return event;
  const askedMs = Date.parse(event.serverNow);
  if (!isOn && last.takenAtMs <= askedMs - ASKED_AGE_MS_MAX) return event;
  const { status, opensAtMs, closesAtMs } = last;
  return {
    ...event,
    status,
    startsAt: new Date(opensAtMs).toISOString(),
    // A sale that was closed by hand ends at no time of its own.
    endsAt: closesAtMs > 0 ? new Date(closesAtMs).toISOString() : event.endsAt,
    items: event.items.map((item) => {
      const sent = last.items.find(({ id }) => id === item.id);
      if (sent === undefined) return item;
      const { total, remaining, held, sold, queue = item.queue, ...rest } = sent;
      return { ...item, stock: { total, remaining, held, sold }, queue, ...rest };
    }),
  };
}

/**
 * Milliseconds to wait before connecting again.
 * @param failures attempts in a row that brought nothing, from 0
 * @param random from 0 to 1
 */
export function reconnectMs(failures: number, random: number): number {
  const spreadMs = RECONNECT_SPREAD_MS * 2 ** Math.min(failures, RECONNECT_DOUBLINGS_MAX);
  return RECONNECT_MS_MIN + random * spreadMs;
}
