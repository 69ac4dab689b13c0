/** All that the local Stripe knows, as one value that can be written down. Changes nothing by itself. */
import * as z from 'zod';
import type {
  ApiEvent,
  ChargeRecord,
  Dispute,
  IntentRecord,
  Refund,
  SessionRecord,
} from './objects.ts';

/** Of the form below. */
const VERSION = 1;

/** An answer that an idempotency key stands for. */
export interface KeptAnswer {
  /** Of the method, the path and the parameters. */
  request: string;
  status: number;
  body: string;
  atMs: number;
}

/** Something that happens by itself. */
export interface Timer {
  kind:
    | 'authentication_over'
    | 'authorisation_over'
    | 'dispute_opens'
    | 'payment_settles'
    | 'refund_moves'
    | 'session_over';
  id: string;
  atMs: number;
}

export interface Delivery {
  id: string;
  eventId: string;
  atMs: number;
  tries: number;
}

export interface State {
  sessions: Map<string, SessionRecord>;
  intents: Map<string, IntentRecord>;
  charges: Map<string, ChargeRecord>;
  refunds: Map<string, { object: Refund }>;
  disputes: Map<string, { object: Dispute }>;
  events: Map<string, ApiEvent>;
  keys: Map<string, KeptAnswer>;
  /** By what `timerKey` makes of them. */
  timers: Map<string, Timer>;
  deliveries: Map<string, Delivery>;
  /** Added to the time of the machine. */
  clockAheadMs: number;
}

export function emptyState(): State {
  return {
    sessions: new Map(),
    intents: new Map(),
    charges: new Map(),
    refunds: new Map(),
    disputes: new Map(),
    events: new Map(),
    keys: new Map(),
    timers: new Map(),
    deliveries: new Map(),
    clockAheadMs: 0,
  };
}

export function timerKey({ kind, id }: Timer): string {
  return `${kind}/${id}`;
}

export function writeState(state: State): string {
  const { sessions, intents, charges, refunds, disputes, events, keys, clockAheadMs } = state;
  const maps = { sessions, intents, charges, refunds, disputes, events, keys };
  const entries = Object.entries(maps).map(([name, map]) => [name, [...map]]);
  const timers = [...state.timers.values()];
  const deliveries = [...state.deliveries.values()];
  const rest = { timers, deliveries, clockAheadMs };
  return JSON.stringify({ version: VERSION, ...Object.fromEntries(entries), ...rest });
}

/** Only what is wrong as a whole is noticed: nobody else writes the file. */
const entriesSchema = z.array(z.tuple([z.string(), z.unknown()]));
const fileSchema = z.object({
  version: z.literal(VERSION),
  sessions: entriesSchema,
  intents: entriesSchema,
  charges: entriesSchema,
  refunds: entriesSchema,
  /** Missing in a file from before there were any. */
  disputes: entriesSchema.default([]),
  events: entriesSchema,
  keys: entriesSchema,
  timers: z.array(z.unknown()),
  deliveries: z.array(z.unknown()),
  clockAheadMs: z.number(),
});

/** @throws where it is damaged or of another version. */
export function readState(text: string): State {
  const {
    version: _,
    timers,
    deliveries,
    clockAheadMs,
    ...maps
  } = fileSchema.parse(JSON.parse(text));
  return {
    sessions: new Map(maps.sessions as [string, SessionRecord][]),
    intents: new Map(maps.intents as [string, IntentRecord][]),
    charges: new Map(maps.charges as [string, ChargeRecord][]),
    refunds: new Map(maps.refunds as [string, { object: Refund }][]),
    disputes: new Map(maps.disputes as [string, { object: Dispute }][]),
    events: new Map(maps.events as [string, ApiEvent][]),
    keys: new Map(maps.keys as [string, KeptAnswer][]),
    timers: new Map((timers as Timer[]).map((timer) => [timerKey(timer), timer])),
    deliveries: new Map(deliveries.map(readDelivery)),
    clockAheadMs,
  };
}

/** @param place stands for the id in a file from before deliveries had one. */
function readDelivery(written: unknown, place: number): [string, Delivery] {
  const delivery = { id: `place_${place}`, ...(written as Omit<Delivery, 'id'>) };
  return [delivery.id, delivery];
}
