/** What routes may ask of the world. Tests hand in plain functions. */

import type { Devices } from './auth/device-cookie.ts';
import type { Passwords } from './auth/hash-pool.ts';
import type { Tokens } from './auth/tokens.ts';
import type { ScryptCost } from './config/scrypt-cost.ts';
import type { EventId, FillRandom, ItemId, KeyedDigest } from './contract/ids.ts';
import type { AddressLimit } from './http/address-limit.ts';
import type { Organizer } from './http/calendar.ts';
import type { CommitFigures } from './sale/object/commit-metrics.ts';
import type { Answer, Attempt } from './sale/rules/attempts.ts';
import type { RecentReads } from './stores/cache/read-cache.ts';
import type { DataApiClient } from './stores/documents/data-api-client.ts';
import type { Db } from './stores/postgres/client.ts';
import type { KnownIds } from './stores/postgres/known-ids.ts';

export interface Deps {
  db: Db;
  /** Reviews and discussion; undefined where no MongoDB is configured. */
  documents: DataApiClient | undefined;
  tokens: Tokens;
  /** Which devices have signed in before. */
  devices: Devices;
  scryptCost: ScryptCost;
  /** Hashes and compares passwords where no purchase waits for it. */
  passwords: Passwords;
  /** Milliseconds since the epoch. */
  nowMs(): number;
  fillRandom: FillRandom;
  /** Marks the ids of new events; undefined where they are not marked. */
  eventDigest: KeyedDigest | undefined;
  /** Whether an id that a client sent can name something: what is done for it costs more. */
  known: { events: KnownIds<EventId>; items: KnownIds<ItemId> };
  /** Limits per address at the edge; they let everything pass where they are switched off. */
  addressLimits: { purchase: AddressLimit; account: AddressLimit };
  /** Origins whose pages may read the answers; empty for this site's own alone. */
  allowedOrigins: ReadonlySet<string>;
  /** Who holds the sales, as calendars show it. */
  organizer: Organizer;
  /** Hosts under which the shop answers; empty for all. */
  allowedHosts: ReadonlySet<string>;
  /** The shop's own address, as `https://shop.example`; never taken from a request. */
  publicUrl: string | undefined;
  /** Whom reports of holes go to, as a URI; undefined for the usual mailbox at the public address. */
  securityContact: string | undefined;
  /** What many read at once, read once a second. Never for what one caller alone may see. */
  recent: RecentReads;
  /** Stands in an event's line, once admitted there, see sale/admission.ts. Throws a Fault. */
  attempt(eventId: EventId, attempt: Attempt): Promise<Answer>;
  /** Runs an event's tidying: expires what is due. Throws a Fault. */
  tidy(eventId: EventId): Promise<void>;
  /** What an event's object knows of its line; it keeps nobody waiting. Throws a Fault. */
  lineFigures(eventId: EventId): Promise<CommitFigures>;
  /**
   * Hands a WebSocket handshake, which tells its network in NETWORK_HEADER, to one of the event's
   * fan-out objects. Answered 101, SHARD_FULL where all are, or ADDRESS_FULL. Throws a Fault.
   */
  watch(eventId: EventId, handshake: Request): Promise<Response>;
  /** Something but a purchase changed the event: its viewers see it soon. Never throws. */
  tellViewers(eventId: EventId): void;
  /** The built page, as a browser would be given it: an answer whose body is HTML. */
  builtPage(): Promise<Response>;
  /** The event's discussion changed: whoever reads it asks for it soon. Never throws. */
  tellReaders(eventId: EventId): void;
  /** Work that goes on when the request was answered. It must not fail. */
  goOn(work: Promise<void>): void;
  log(level: 'info' | 'error', message: string, fields?: Record<string, unknown>): void;
  /** Of everyday requests (see http/journal.ts), how many are written to the log: 0 to 1. */
  everydayLogShare: number;
  /** Whoever scrapes the figures must show it; undefined where nobody may. */
  metricsToken: string | undefined;
}
