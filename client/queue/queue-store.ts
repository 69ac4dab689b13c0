/**
 * What one shopper does with queues, on whichever screen they are: entering, leaving, and finding where
 * they wait. Joins places.ts with the API; must not draw.
 */
import { type ReadonlySignal, signal } from '@preact/signals-core';
import type { QueueEntry } from '../../worker/contract/queue.ts';
import { type CallProblem, needsSignIn, type Result } from '../api/call-problem.ts';
import { itemTitle } from '../format/item-title.ts';
import { createPlaces, type Places, type PlacesPorts } from './places.ts';
import { type QueueApi, readOwnEntries, type Wish } from './queue-api.ts';

export interface QueueStore extends Places {
  /** By event item id: what was pressed there, and why it did not succeed. */
  readonly actions: ReadonlySignal<Readonly<Record<string, QueueAction>>>;
  /** Whether it is known by now where one waits, as far as that can be known. */
  readonly isLoaded: ReadonlySignal<boolean>;
  enter(target: QueueTarget, wish: Wish): Promise<void>;
  leave(eventItemId: string): Promise<void>;
  /** Finds where one waits: after a reload, or what another device did. */
  load(): Promise<void>;
}

export interface QueueAction {
  readonly step: 'entering' | 'leaving' | null;
  readonly problem: CallProblem | null;
}

export interface QueueTarget {
  readonly eventItemId: string;
  /** What it is called, for a person. */
  readonly name: string;
}

export interface QueuePorts extends PlacesPorts {
  readonly api: Pick<QueueApi, 'enter' | 'entry' | 'leave' | 'own'>;
}

export const IDLE: QueueAction = { step: null, problem: null };
/** Longer than the answer takes to come; then one may enter without it. */
export const OWN_PLACES_WAIT_MS_MAX = 3_000;

export function createQueueStore(ports: QueuePorts): QueueStore {
  const { api, onOffered, onSessionOver } = ports;
  const follower = createPlaces(ports);
  const { learn, places } = follower;
  const actions = signal<Readonly<Record<string, QueueAction>>>({});
  const isLoaded = signal(false);

  /** @returns the entry as it then is; undefined where nothing was sent or it was refused */
  async function act(
    eventItemId: string,
    step: 'entering' | 'leaving',
    call: () => Promise<Result<{ entry: QueueEntry }>>,
  ): Promise<QueueEntry | undefined> {
    const show = (action: QueueAction) => {
      actions.value = { ...actions.peek(), [eventItemId]: action };
    };
    if ((actions.peek()[eventItemId] ?? IDLE).step !== null) return undefined;
    show({ step, problem: null });
    const result = await call();
    show({ step: null, problem: result.ok ? null : result.problem });
    if (result.ok) return result.value.entry;
    if (needsSignIn(result.problem)) onSessionOver();
    // Nobody knows then whether one waits.
    else void load();
    return undefined;
  }
  async function load() {
    const late = setTimeout(() => void (isLoaded.value = true), OWN_PLACES_WAIT_MS_MAX);
    const problem = await readOwnEntries(api, (entries) => {
      // The newest of an item comes first, and is the one that counts.
      for (const entry of entries.toReversed()) {
        learn(entry, itemTitle(entry.itemName, entry.variantLabel));
      }
    });
    clearTimeout(late);
    isLoaded.value = true;
    if (problem && needsSignIn(problem)) onSessionOver();
  }

  return {
    ...follower,
    actions,
    isLoaded,
    load,
    enter: async ({ eventItemId, name }, wish) => {
      const entry = await act(eventItemId, 'entering', () => api.enter(eventItemId, wish));
      if (entry === undefined) return;
      learn(entry, name);
      // Of one that was made before, on another device.
      if (entry.status === 'offered') onOffered(entry);
    },
    leave: async (eventItemId) => {
      const id = places.peek().get(eventItemId)?.entry.id;
      if (id === undefined) return;
      const entry = await act(eventItemId, 'leaving', () => api.leave(id));
      if (entry) learn(entry, null);
    },
  };
}
