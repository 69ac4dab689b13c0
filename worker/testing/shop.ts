/** Builders for tests in workerd: accounts, events and calls against the real app and objects. */
import { env, exports } from 'cloudflare:workers';
import type { User } from '../contract/accounts.ts';
import type { EventWithItems, Integrity } from '../contract/events.ts';
import {
  type EventId,
  type EventItemId,
  type ItemId,
  makeEventId,
  makeEventItemId,
  makeItemId,
  makeUserId,
} from '../contract/ids.ts';
import type { Deps } from '../deps/deps.ts';
import { insertItem } from '../stores/postgres/catalogue.ts';
import { type EventPlan } from '../stores/postgres/event-plan-rows.ts';
import { insertEvent } from '../stores/postgres/event-plans.ts';
import { findEvent, recountEvent } from '../stores/postgres/events.ts';
import { insertUser } from '../stores/postgres/users.ts';
import { type ShopEnv, wire } from '../wiring.ts';
import { expectDescribed } from './answers.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;
/** Longer than a test takes on any machine: whoever wants to see a hold end moves the clock. */
const HOLD_SECONDS = 120;
export const HOLD_MS = HOLD_SECONDS * 1_000;

/** Those that every test's shop is given. */
type Secrets = Required<Pick<ShopEnv, 'DATABASE_URL' | 'JWT_SECRET'>>;

export const shopEnv = env as ShopEnv & Secrets;
export const deps: Deps = wire(shopEnv);

export interface Shopper {
  user: User;
  token: string;
}

export interface CallOptions {
  token?: string | undefined;
  body?: unknown;
  /** Sent as it is, in place of `body`. */
  rawBody?: string | Uint8Array<ArrayBuffer>;
  headers?: Record<string, string>;
}

/** One HTTP call to the Worker, whose answer is held against the description. Below /api/v1. */
export async function call(
  method: string,
  path: string,
  options: CallOptions = {},
): Promise<Response> {
  const { token, body, rawBody, headers = {} } = options;
  const text = rawBody ?? (body === undefined ? undefined : JSON.stringify(body));
  const answer = await exports.default.fetch(
    new Request(`https://shop.example/api/v1${path}`, {
      method,
      headers: {
        ...(text === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(text === undefined ? {} : { body: text }),
    }),
  );
  await expectDescribed({ method, path }, answer);
  return answer;
}

/** An account put straight into the database, since hashing a password is not what is tested. */
export async function makeShopper(role: User['role'] = 'customer'): Promise<Shopper> {
  const id = makeUserId(deps.platform.nowMs(), deps.platform.fillRandom);
  const fields = { id, email: `${id}@example.com`, displayName: 'A shopper', role };
  const user = await insertUser(deps.stores.db, { ...fields, passwordHash: 'none' });
  if (user === undefined) throw new Error('the address is taken');
  const { accessToken } = await deps.accounts.tokens.issue({ user, sessionEpoch: 0 }, Date.now());
  return { user, token: accessToken };
}

export function makeShoppers(count: number): Promise<Shopper[]> {
  return Promise.all(Array.from({ length: count }, () => makeShopper()));
}

export async function makeItem(name = 'Lamp'): Promise<ItemId> {
  const id = makeItemId(deps.platform.nowMs(), deps.platform.fillRandom);
  const texts = { name, description: '', category: 'other', imageUrl: null };
  await insertItem(deps.stores.db, { id, ...texts }, 'a test');
  return id;
}

/** A live event with one item, ten of it, one each, and holds of HOLD_MS, unless `wanted` differs. */
export async function makeEvent(
  wanted: Partial<Omit<EventPlan, 'items'>> & {
    stock?: number;
    limitPerCustomer?: number;
    eventId?: EventId;
  } = {},
): Promise<{ eventId: EventId; eventItemId: EventItemId; itemId: ItemId }> {
  const { fillRandom } = deps.platform;
  const { eventDigest } = deps.sale;
  const { stock = 10, limitPerCustomer = 1, ...given } = wanted;
  const { eventId = makeEventId(fillRandom, eventDigest), ...fields } = given;
  const itemId = await makeItem();
  const plan = {
    title: 'A sale',
    description: '',
    currency: 'EUR',
    startsAt: new Date(Date.now() - 1_000).toISOString(),
    endsAt: new Date(Date.now() + DAY_MS).toISOString(),
    timeZone: 'UTC',
    published: true,
    requireVerifiedEmail: false,
    oneLimitPerMailbox: false,
    reportPublic: false,
    payment: 'none' as const,
    needsAddress: false,
    shipping: [],
    admission: 'first_come' as const,
    waitlist: true,
    offerSeconds: 600,
    entriesCloseAt: null,
    holdSeconds: HOLD_SECONDS,
    ...fields,
    items: [{ itemId, priceCents: 1_999, stock, limitPerCustomer }],
  };
  await insertEvent(deps.stores.db, eventId, { plan, actor: 'a test' });
  return { eventId, eventItemId: makeEventItemId(eventId, 1), itemId };
}

/** The event as it is now: over HTTP it may be two seconds old. */
export async function readEvent(eventId: EventId): Promise<EventWithItems> {
  const event = await findEvent(deps.stores.db, eventId, deps.platform.nowMs());
  if (event === undefined) throw new Error('there is no such event');
  return event;
}

/** Counted now: over HTTP it may be a second old. */
export async function readIntegrity(eventId: EventId): Promise<Integrity> {
  const integrity = await recountEvent(deps.stores.db, eventId);
  if (integrity === undefined) throw new Error('there is no such event');
  return integrity;
}
