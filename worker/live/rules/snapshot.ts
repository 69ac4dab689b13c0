/** What is sent of an event: its status by the clock, its sequence number, the text of each message. */
import { type EventState, eventStatus, type ItemState } from '../../contract/event-state.ts';
import type { EventStatus } from '../../contract/events.ts';
import {
  LIVE_NOTE_VERSION,
  LIVE_VERSION,
  type LiveDiscussion,
  type LiveSnapshot,
} from '../../contract/live.ts';
import { EMPTY_QUEUE } from '../../contract/queue.ts';

/** Numbers for each millisecond, so that a number made from a later time is a greater one. */
const SEQ_PER_MS = 1_000;

/** What the ledger or a read showed, and when, in milliseconds since the epoch. */
export interface LiveState extends Pick<EventState, 'opensAtMs' | 'closesAtMs' | 'items'> {
  takenAtMs: number;
  /** When a draw is due that is still to come; null for none. Undefined for an event without a queue. */
  drawAtMs?: number | null | undefined;
}

/** What an object knows of its event, with the status and number that it sent last. */
export interface Known {
  state: LiveState;
  status: EventStatus;
  seq: number;
}

/** @returns the same `seq` if a viewer would see no difference. */
export function learn(before: Known | undefined, state: LiveState, nowMs: number): Known {
  const status = statusAt(state, nowMs);
  if (before === undefined) return { state, status, seq: state.takenAtMs * SEQ_PER_MS };
  const isSame = status === before.status && textOf(state) === textOf(before.state);
  const seq = isSame ? before.seq : Math.max(before.seq + 1, state.takenAtMs * SEQ_PER_MS);
  return { state, status, seq };
}

/** As time passes without a new state: a greater `seq` only if the status changed. */
export function advance(known: Known, nowMs: number): Known {
  const status = statusAt(known.state, nowMs);
  return status === known.status ? known : { ...known, status, seq: known.seq + 1 };
}

/** When the clock alone changes the status next; undefined if it never will. */
export function nextStatusChangeAtMs(
  { opensAtMs, closesAtMs }: LiveState,
  nowMs: number,
): number | undefined {
  if (nowMs >= closesAtMs) return undefined;
  return nowMs < opensAtMs ? Math.min(opensAtMs, closesAtMs) : closesAtMs;
}

export function snapshotText({ state, status, seq }: Known, nowMs: number): string {
  const { takenAtMs, opensAtMs, closesAtMs, items, drawAtMs } = state;
  const serverNow = new Date(nowMs).toISOString();
  const times = { takenAtMs, opensAtMs, closesAtMs, serverNow };
  const snapshot: LiveSnapshot = {
    v: LIVE_VERSION,
    seq,
    status,
    ...times,
    items,
    ...(drawAtMs !== undefined && { drawAtMs }),
  };
  return JSON.stringify(snapshot);
}

export function discussionText(changedAtMs: number, nowMs: number): string {
  const serverNow = new Date(nowMs).toISOString();
  const note: LiveDiscussion = {
    v: LIVE_NOTE_VERSION,
    kind: 'discussion',
    changedAtMs,
    serverNow,
  };
  return JSON.stringify(note);
}

function statusAt({ opensAtMs, closesAtMs, items }: LiveState, nowMs: number): EventStatus {
  const window = {
    startsAtMs: opensAtMs,
    endsAtMs: closesAtMs,
    openedAtMs: null,
    closedAtMs: null,
  };
  const unitsFree = items.reduce((units, { remaining }) => units + remaining, 0);
  return eventStatus(window, unitsFree, nowMs);
}

function textOf({ opensAtMs, closesAtMs, items, drawAtMs = null }: LiveState): string {
  return JSON.stringify([opensAtMs, closesAtMs, drawAtMs, items.map(itemTextOf)]);
}

/** Nobody who waits, and no queue at all, look the same. */
function itemTextOf({ queue = EMPTY_QUEUE, ...item }: ItemState): unknown[] {
  const { id, total, remaining, held, sold, nextReleaseAtMs } = item;
  const { waiting, waitingUnits, servedRank, offers } = queue;
  const inQueue = [waiting, waitingUnits, servedRank, offers];
  return [id, total, remaining, held, sold, nextReleaseAtMs, ...inQueue];
}
