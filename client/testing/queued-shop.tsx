/** A shop on the page of a drop whose only item is sold out, for tests of its queue. Must not be imported by the page itself. */
import type { Session } from '../../worker/contract/accounts.ts';
import type { EventDetail } from '../../worker/contract/events.ts';
import type { QueueEntry } from '../../worker/contract/queue.ts';
import {
  anEvent,
  anItem,
  anOwnEntry,
  aQueue,
  aQueueEntry,
  aSession,
  EVENT_ID,
  ITEM_ID,
  instant,
  NOON_MS,
} from './builders.ts';
import { ok } from './fake-api.ts';
import { fakeReviews } from './fake-reviews.tsx';
import { openShop, settle } from './fake-shop.tsx';

const PATH = `/events/${EVENT_ID}`;

export const serverNow = instant(NOON_MS);
export const GONE = { total: 10, remaining: 0, held: 4, sold: 6 };

export interface World {
  readonly event?: Partial<EventDetail>;
  readonly item?: Parameters<typeof anItem>[0];
  readonly session?: Session | null;
  readonly own?: readonly QueueEntry[];
  readonly path?: string;
  readonly sendsMail?: boolean;
}

export async function openQueued({ event = {}, item = {}, own = [], ...world }: World) {
  const { session = aSession(), path = PATH, sendsMail = false } = world;
  const server = fakeReviews();
  const sold = anItem({ stock: GONE, queue: aQueue(), ...item });
  server.api.getEvent.mockResolvedValue(ok(anEvent({ items: [sold], ...event })));
  const entries = own.map((entry) => anOwnEntry(entry));
  server.answer('GET /profile/queue', { entries, nextCursor: null, serverNow });
  server.answer(`POST /queue/${ITEM_ID}`, { entry: aQueueEntry(), serverNow });
  const shop = await openShop({ api: server.api, session, path, sendsMail });
  await settleAll(1_000);
  return { server, ...shop };
}

export async function settleAll(passMs = 0) {
  for (let turn = 0; turn < 4; turn++) await settle(turn === 0 ? passMs : 0);
}
