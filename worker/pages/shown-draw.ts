/** What the page of a draw shows, from the reads that the API has. */
import type { Context } from 'hono';
import type { EventDetail } from '../contract/events.ts';
import { type EventId, eventIdSchema } from '../contract/ids.ts';
import type { DrawnEvent } from '../contract/pages.ts';
import type { Needs } from '../deps/deps.ts';
import { requesterOf } from '../http/requester.ts';
import { cachedDraw } from '../stores/postgres/public-draws.ts';
import { cachedEvent } from '../stores/postgres/public-events.ts';
import type { Shown } from './pages.ts';

type Needed = Needs<{
  stores: 'db' | 'readCache' | 'known';
  limits: 'purchase';
  platform: 'nowMs';
}>;

/** @returns undefined where there is no such draw. Throws a Fault. */
export async function shownDraw(
  { stores, limits, platform }: Needed,
  c: Context,
  text: string,
): Promise<Shown | undefined> {
  const id = eventIdSchema.safeParse(text);
  if (!id.success) return undefined;
  const eventId: EventId = id.data;
  const requester = requesterOf(c, limits.purchase);
  const read = await cachedDraw(stores, eventId, requester);
  if (read === undefined) return undefined;
  const event = await cachedEvent(stores, eventId, { keepAlive: requester.keepAlive });
  return {
    data: {
      kind: 'draw',
      eventId,
      draw: read.draw,
      event: event ? drawnEvent(event) : null,
      serverNow: new Date(platform.nowMs()).toISOString(),
    },
    read,
  };
}

function drawnEvent({
  title,
  translations,
  entriesCloseAt,
  items,
}: Pick<EventDetail, keyof DrawnEvent>): DrawnEvent {
  return {
    title,
    translations,
    entriesCloseAt,
    items: items.map(({ id, name, translations: ofItem, variant }) => ({
      id,
      name,
      translations: ofItem,
      variant,
    })),
  };
}
