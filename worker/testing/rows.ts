/** Builders of rows and attempts for tests that have a database and no Worker. */
import type { Role } from '../contract/accounts.ts';
import {
  type EventId,
  type EventItemId,
  type FillRandom,
  type ItemId,
  makeEventItemId,
  makeItemId,
  makeOrderId,
  makeUserId,
  type UserId,
} from '../contract/ids.ts';
import type { ReserveAttempt, StampedAttempt } from '../sale/rules/attempts.ts';
import { insertItem } from '../stores/postgres/catalogue.ts';
import type { Db } from '../stores/postgres/client.ts';
import type { EventPlan } from '../stores/postgres/event-plan-rows.ts';
import { insertUser } from '../stores/postgres/users.ts';

export const fillRandom: FillRandom = (bytes) => crypto.getRandomValues(bytes);

export async function addUser(db: Db, nowMs: number, role: Role = 'customer'): Promise<UserId> {
  const id = makeUserId(nowMs, fillRandom);
  const fields = { displayName: 'A user', passwordHash: 'none', role };
  await insertUser(db, { id, email: `${id}@example.com`, ...fields });
  return id;
}

export async function addItem(db: Db, nowMs: number, name = 'Lamp'): Promise<ItemId> {
  const id = makeItemId(nowMs, fillRandom);
  const texts = { name, description: '', category: 'x', imageUrl: null };
  await insertItem(db, { id, ...texts }, 'a test');
  return id;
}

/** A published plan in euros with holds of five minutes. Times in milliseconds since the epoch. */
export function planOf(
  { startsAtMs, endsAtMs }: { startsAtMs: number; endsAtMs: number },
  items: EventPlan['items'],
  title = 'A sale',
): EventPlan {
  return {
    title,
    description: '',
    currency: 'EUR',
    startsAt: new Date(startsAtMs).toISOString(),
    endsAt: new Date(endsAtMs).toISOString(),
    timeZone: 'UTC',
    published: true,
    requireVerifiedEmail: false,
    oneLimitPerMailbox: false,
    reportPublic: false,
    payment: 'none',
    needsAddress: false,
    shipping: [],
    admission: 'first_come',
    waitlist: true,
    offerSeconds: 600,
    entriesCloseAt: null,
    holdSeconds: 300,
    items,
  };
}

/** One unit of the event's first item, unless another is named. */
export function reservationOf(
  eventId: EventId,
  customerId: UserId,
  {
    atMs,
    eventItemId,
    quantity = 1,
  }: { atMs: number; eventItemId?: EventItemId; quantity?: number },
): StampedAttempt & ReserveAttempt {
  return {
    kind: 'reserve',
    eventItemId: eventItemId ?? makeEventItemId(eventId, 1),
    quantity,
    customerId,
    sessionEpoch: 0,
    key: null,
    orderId: makeOrderId(eventId, atMs, fillRandom),
    atMs,
  };
}
