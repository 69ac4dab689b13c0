/** What every operation works on: the state, the clock and new ids, and how events come about. */
import { ApiError, missing } from './api-error.ts';
import {
  DELAYED_DELIVERY_MS,
  DELIVERIES_MAX,
  DISORDER_MS,
  EVENTS_MAX,
  OBJECTS_MAX,
} from './limits.ts';
import type { ApiEvent, ApiObject, SessionRecord } from './objects.ts';
import type { ProviderFaults } from './provider-faults.ts';
import type { SessionFault } from './session-faults.ts';
import { type State, type Timer, timerKey } from './state.ts';

/** The one that the objects here are shaped after. */
export const API_VERSION = '2026-08-26.dahlia';
/** Between two deliveries that change places. */
const DISORDER_STEP_MS = 100;

export interface World {
  state: State;
  faults: ProviderFaults;
  nowMs(): number;
  random(): number;
  newId(prefix: string): string;
  /** When the first of the timers is due, or before that; undefined where nobody has looked. */
  soonestTimerMs: number | undefined;
  /** How many events there were since the start. */
  eventCount: number;
  /** The request that is worked on. */
  request: ApiEvent['request'];
}

export function nowS(world: World): number {
  return Math.floor(world.nowMs() / 1_000);
}

export function startTimer(world: World, timer: Timer): void {
  world.state.timers.set(timerKey(timer), timer);
  if (world.soonestTimerMs !== undefined && timer.atMs < world.soonestTimerMs) {
    world.soonestTimerMs = timer.atMs;
  }
}

/** @throws ApiError where there is none. */
export function find<T>(map: Map<string, T>, id: string, kind: string): T {
  const found = map.get(id);
  if (found === undefined) throw missing(kind, id);
  return found;
}

/** @throws ApiError where there are too many. */
export function add<T extends { object: { id: string } }>(map: Map<string, T>, entry: T): T {
  if (map.size >= OBJECTS_MAX) {
    throw new ApiError(429, {
      type: 'rate_limit_error',
      code: 'rate_limit',
      message: `This server keeps ${OBJECTS_MAX} objects of a kind; start it anew.`,
    });
  }
  map.set(entry.object.id, entry);
  return entry;
}

/** Makes an event of an object as it is now, and its deliveries as the session's fault has them. */
export function emit(
  world: World,
  type: string,
  about: { object: ApiObject; session: SessionRecord },
) {
  const { events } = world.state;
  const event: ApiEvent = {
    id: world.newId('evt'),
    object: 'event',
    api_version: API_VERSION,
    created: nowS(world),
    livemode: false,
    type,
    data: { object: structuredClone(about.object) },
    pending_webhooks: 0,
    request: world.request,
  };
  world.eventCount += 1;
  events.set(event.id, event);
  for (const id of events.keys()) {
    if (events.size <= EVENTS_MAX) break;
    events.delete(id);
  }
  for (const delayMs of delaysMs(world, about.session.fault)) deliver(world, event, delayMs);
}

/** One for each delivery. */
function delaysMs(world: World, fault: SessionFault): number[] {
  const { webhooks } = world.faults;
  const { eventCount: sent } = world;
  if (fault === 'webhook_lost') return [];
  if (webhooks.loseEvery > 0 && sent % webhooks.loseEvery === 0) return [];
  const delayMs = fault === 'webhook_delayed' ? DELAYED_DELIVERY_MS : 0;
  const disorderMs = fault === 'webhook_disordered' ? reversedMs(sent) : 0;
  const shuffleMs = webhooks.isShuffled ? Math.floor(world.random() * DISORDER_MS) : 0;
  const isTwice = fault === 'webhook_twice' || webhooks.isTwice;
  return Array.from({ length: isTwice ? 2 : 1 }, () => delayMs + disorderMs + shuffleMs);
}

/** Of two events at the same time the later one waits less. */
function reversedMs(sent: number): number {
  const steps = DISORDER_MS / DISORDER_STEP_MS;
  return DISORDER_MS - (sent % steps) * DISORDER_STEP_MS;
}

export function deliver(world: World, event: ApiEvent, delayMs: number): void {
  const { deliveries } = world.state;
  event.pending_webhooks = 1;
  const delivery = { id: world.newId('whd'), eventId: event.id, tries: 0 };
  deliveries.set(delivery.id, { ...delivery, atMs: world.nowMs() + delayMs });
  for (const id of deliveries.keys()) {
    if (deliveries.size <= DELIVERIES_MAX) return;
    deliveries.delete(id);
  }
}
