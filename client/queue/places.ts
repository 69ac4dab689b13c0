/**
 * One's places in queues, kept in step: learns what the public news say, and asks for one's own entry when
 * there is a reason to. Must not enter or leave.
 */
import { type ReadonlySignal, signal } from '@preact/signals-core';
import type { EventQueue, ItemQueue, QueueEntry } from '../../worker/contract/queue.ts';
import { needsSignIn } from '../api/call-problem.ts';
import { rankMinOf } from './draw-score.ts';
import { type AskReason, type Place, takeEntry, takeFailure, takeQueue } from './place.ts';
import type { QueueApi } from './queue-api.ts';
import { askInMs, reasonToAsk } from './when-to-ask.ts';

export interface Places {
  /** The latest of each event item, by its id. */
  readonly places: ReadonlySignal<ReadonlyMap<string, Place>>;
  /** @param name what it is called, for a person; null where that is not known here */
  learn(entry: QueueEntry, name: string | null): void;
  /** What the public news say of an item's queue. */
  see(eventItemId: string, queue: ItemQueue): void;
  /** What everybody may know of an event's queue, asked for. */
  seeAll(document: EventQueue): Promise<void>;
  /** Nothing is asked for any more. */
  stop(): void;
}

export interface PlacesPorts {
  readonly api: Pick<QueueApi, 'entry'>;
  /** The server's time in epoch milliseconds. */
  nowMs(): number;
  /** From 0 to 1. */
  random(): number;
  /** The score of an entry in a draw; null where it cannot be worked out here. */
  scoreOf(draw: { seed: string; entryId: string }): Promise<string | null>;
  /** An order is held for the shopper that was not there before. */
  onOffered(entry: QueueEntry): void;
  /** The session turned out to be over. */
  onSessionOver(): void;
}

interface Planned {
  /** Chosen once for each ask: the smallest of many would be no spread. */
  readonly random: number;
  /** When it is asked, on the server's clock. */
  readonly atMs: number;
  readonly timer: ReturnType<typeof setTimeout>;
}

export function createPlaces(ports: PlacesPorts): Places {
  const { api, nowMs } = ports;
  const places = signal<ReadonlyMap<string, Place>>(new Map());
  const planned = new Map<string, Planned>();
  let isStopped = false;

  function put(place: Place) {
    const { eventItemId } = place.entry;
    if (places.peek().get(eventItemId) === place) return;
    places.value = new Map(places.peek()).set(eventItemId, place);
    if (!isStopped) plan(place);
  }
  /** One timer an item; what was planned is only ever brought forward. */
  function plan(place: Place) {
    const { eventItemId } = place.entry;
    const before = planned.get(eventItemId);
    const random = before?.random ?? ports.random();
    const waitMs = askInMs(place, { nowMs: nowMs(), random });
    if (waitMs === null || (before && before.atMs <= nowMs() + waitMs)) return;
    clearTimeout(before?.timer);
    const timer = setTimeout(() => void ask(eventItemId), waitMs);
    planned.set(eventItemId, { random, atMs: nowMs() + waitMs, timer });
  }
  async function ask(eventItemId: string) {
    const place = places.peek().get(eventItemId);
    const reason = place && reasonToAsk(place);
    // Else what it was planned for is told by now.
    const result = place && reason ? await api.entry(place.entry.id) : null;
    planned.delete(eventItemId);
    if (isStopped || !result || !place || !reason) return;
    const now = places.peek().get(eventItemId);
    if (result.ok) take(result.value.entry, { reason });
    else if (needsSignIn(result.problem)) ports.onSessionOver();
    else if (now?.entry.id === place.entry.id) put(takeFailure(now, { nowMs: nowMs(), reason }));
  }
  function take(entry: QueueEntry, told: { name?: string | null; reason?: AskReason }) {
    const before = places.peek().get(entry.eventItemId);
    const isSame = before?.entry.id === entry.id;
    if (before && !isSame && before.entry.seq > entry.seq) return;
    put(takeEntry(before, entry, { nowMs: nowMs(), ...told }));
    const isNews = isSame && before.entry.status === 'waiting';
    if (isNews && entry.status === 'offered') ports.onOffered(entry);
  }
  function see(eventItemId: string, { waiting, waitingUnits, servedRank, offers }: ItemQueue) {
    const place = places.peek().get(eventItemId);
    if (place) put(takeQueue(place, { waiting, waitingUnits, servedRank, offers }, nowMs()));
  }
  async function seeDrawn({ entry }: Place, document: EventQueue) {
    const drawn = { rankMin: await rankMin(ports, entry, document) };
    const place = places.peek().get(entry.eventItemId);
    if (place?.entry.id === entry.id && place.entry.rank === null) put({ ...place, drawn });
  }

  return {
    places,
    learn: (entry, name) => take(entry, { name }),
    see,
    seeAll: async (document) => {
      for (const { eventItemId, ...queue } of document.items) {
        see(eventItemId, queue);
        const place = places.peek().get(eventItemId);
        const isUndrawn = place?.entry.rank === null && place.drawn === null;
        if (document.drawn && isUndrawn) await seeDrawn(place, document);
      }
    },
    stop: () => {
      isStopped = true;
      for (const { timer } of planned.values()) clearTimeout(timer);
    },
  };
}

async function rankMin(
  { scoreOf }: PlacesPorts,
  { id, eventItemId }: QueueEntry,
  { items, seed }: EventQueue,
): Promise<number> {
  const steps = items.find((item) => item.eventItemId === eventItemId)?.steps ?? [];
  return rankMinOf(seed === null ? null : await scoreOf({ seed, entryId: id }), steps);
}
