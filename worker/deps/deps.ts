/** What routes, pages and the sweep may ask of the world, by topic. Tests hand in plain functions. */
import type { AskerKeyOf, RecipientKeyOf } from '../auth/account-tokens.ts';
import type { Devices } from '../auth/device-cookie.ts';
import type { Passwords } from '../auth/hash-pool.ts';
import type { PreviewTokens } from '../auth/preview-tokens.ts';
import type { ReminderTokens } from '../auth/reminder-tokens.ts';
import type { Tokens } from '../auth/tokens.ts';
import type { ScryptCost } from '../config/scrypt-cost.ts';
import type { EventId, FillRandom, ItemId, KeyedDigest } from '../contract/ids.ts';
import type { TaxPlan } from '../contract/totals.ts';
import type { BeaconPlan } from '../draw/beacon-plan.ts';
import type { DrawSigner } from '../draw/signing.ts';
import type { AddressLimit } from '../http/address-limit.ts';
import type { Organizer } from '../http/formats/calendar.ts';
import type { PaymentProvider } from '../payment/provider.ts';
import type { RenderPicture } from '../pictures/render.ts';
import type { CommitFigures } from '../sale/object/commit-metrics.ts';
import type { Answer, Attempt } from '../sale/rules/attempts.ts';
import type { ReadCache } from '../stores/cache/read-cache.ts';
import type { DataApiClient } from '../stores/documents/data-api-client.ts';
import type { PictureStore } from '../stores/pictures/picture-store.ts';
import type { Db } from '../stores/postgres/client.ts';
import type { KnownIds } from '../stores/postgres/known-ids.ts';

export interface Deps {
  sale: Sale;
  live: Live;
  outbox: Outbox;
  payments: Payments;
  push: Push;
  draws: Draws;
  stores: Stores;
  pictures: Pictures;
  accounts: Accounts;
  limits: Limits;
  site: Site;
  logging: Logging;
  platform: Platform;
}

/**
 * The part of Deps that one file needs, member by member, as
 * `Needs<{ stores: 'db'; platform: 'nowMs' }>`: it can touch nothing else.
 */
export type Needs<Members extends { [Group in keyof Deps]?: keyof Deps[Group] }> = {
  [Group in keyof Members & keyof Deps]: Pick<Deps[Group], Members[Group] & keyof Deps[Group]>;
};

/** The objects that sell, one for each event. */
export interface Sale {
  /** Puts an attempt to the event's object, unless the edge answers it. Throws a Fault. */
  attempt(eventId: EventId, attempt: Attempt): Promise<Answer>;
  /** Expires the event's holds that are due, in an empty group. Throws a Fault. */
  expireDue(eventId: EventId): Promise<void>;
  /** What an event's object knows of its group commits; it keeps nobody waiting. Throws a Fault. */
  commitMetrics(eventId: EventId): Promise<CommitFigures>;
  /** Marks the ids of new events; undefined where they are not marked. */
  eventDigest: KeyedDigest | undefined;
}

/** The objects that hold the viewers' sockets. */
export interface Live {
  /**
   * Hands a WebSocket handshake, which names its network in NETWORK_HEADER, to one of the event's
   * fan-out objects. Answered 101, SHARD_FULL where all are, or ADDRESS_FULL. Throws a Fault.
   */
  watch(eventId: EventId, handshake: Request): Promise<Response>;
  /** Something but a purchase changed the event: its viewers see it soon. Never throws. */
  notifyViewers(eventId: EventId): void;
  /** The event's discussion changed: whoever reads it asks for it soon. Never throws. */
  notifyReaders(eventId: EventId): void;
}

/** What is to be done in the world outside, such as mails. Rows are written by stores/postgres/outbox.ts. */
export interface Outbox {
  /** Whether mails leave this shop at all. Where not, nothing may be promised that needs one. */
  sendsMail: boolean;
  /** Rows were written: has them worked off soon. Never throws, and keeps nobody waiting. */
  wake(): void;
  /** The same, where all of them are about payments. */
  wakePayments(): void;
}

/** Whoever takes the money of orders that are paid online. */
export interface Payments {
  /** Undefined where none is configured: then no event is paid online. */
  provider: PaymentProvider | undefined;
  /** What the provider signs its webhooks with; without it none is taken. */
  webhookSecret: string | undefined;
  /** What orders are taxed by. */
  tax: TaxPlan;
}

/** Notifications on devices. */
export interface Push {
  /** By which browsers know the shop; undefined where it sends none. */
  publicKey: string | undefined;
  /** Whether an address that a browser named is one of a push service. */
  takes(endpoint: string): boolean;
}

/** What draws are proven by. */
export interface Draws extends BeaconPlan {
  /** Signs receipts. Its keys are public but for their private parts. */
  signer: DrawSigner;
}

export interface Stores {
  db: Db;
  /** Reviews and discussion; undefined where no MongoDB is configured. */
  documents: DataApiClient | undefined;
  /** For what many read at once, which is read once a second. Never for one caller's own data. */
  readCache: ReadCache;
  /** The same for pages of draws' records, which are large: few are kept. */
  recordPages: ReadCache;
  /** Whether an id that a client sent can name something: what is done for it costs more. */
  known: { events: KnownIds<EventId>; items: KnownIds<ItemId> };
}

/** By address. */
export interface PictureCache {
  match(url: string): Promise<Response | undefined>;
  put(url: string, answer: Response): Promise<void>;
}

/** What a shop without these lacks is uploads alone. */
export interface Pictures {
  store: PictureStore | undefined;
  render: RenderPicture | undefined;
  /** The platform's, in front of the store; undefined where there is none. */
  cache: PictureCache | undefined;
}

export interface Accounts {
  tokens: Tokens;
  /** Which devices have signed in before. */
  devices: Devices;
  /** What a reminder's mail turns it off with. */
  reminderTokens: ReminderTokens;
  /** What a link to a draft carries. */
  previewTokens: PreviewTokens;
  /** By what is counted how much an address is sent. */
  recipientKeyOf: RecipientKeyOf;
  /** By what is counted how much somebody has a mailbox sent. */
  askerKeyOf: AskerKeyOf;
  scryptCost: ScryptCost;
  /** Hashes and compares passwords where no purchase waits for it. */
  passwords: Passwords;
}

/** Limits per address at the edge; they let everything pass where they are switched off. */
export interface Limits {
  purchase: AddressLimit;
  account: AddressLimit;
}

/** The shop as its owner configured it, and the page that its client's build made. */
export interface Site {
  /** Origins whose pages may read the answers; empty for this site's own alone. */
  allowedOrigins: ReadonlySet<string>;
  /** Hosts under which the shop answers; empty for all. */
  allowedHosts: ReadonlySet<string>;
  /** The shop's own address, as `https://shop.example`; never taken from a request. */
  publicUrl: string | undefined;
  /** Where pictures of reports are drawn, as `https://previews.example`; undefined where they are not. */
  previewsUrl: string | undefined;
  /** Who holds the sales, as calendars show it. */
  organizer: Organizer;
  /** Where to report vulnerabilities, as a URI; undefined for the usual mailbox at the public address. */
  securityContact: string | undefined;
  /** Whoever scrapes the metrics must show it; undefined where nobody may. */
  metricsToken: string | undefined;
  /** For how many days the address of a confirmed order is kept. */
  addressKeepDays: number;
  /** What the mail provider signs its reports with, `whsec_…`; without it none is taken. */
  mailWebhookSecret: string | undefined;
  /** The built page, as a browser would be given it: an answer whose body is HTML. */
  builtPage(): Promise<Response>;
}

export interface Logging {
  log(level: 'info' | 'error', message: string, fields?: Record<string, unknown>): void;
  /** Of everyday requests (see http/pipeline/access-log.ts), how many are written to the log: 0 to 1. */
  everydayShare: number;
}

export interface Platform {
  /** Milliseconds since the epoch. */
  nowMs(): number;
  fillRandom: FillRandom;
  /** Work that goes on when the request was answered. It must not fail. */
  waitUntil(work: Promise<void>): void;
}
