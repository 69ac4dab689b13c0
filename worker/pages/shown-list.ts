/** What the page of the list shows, also where its address narrows it. */
import type { Context } from 'hono';
import { eventListQuerySchema } from '../contract/events.ts';
import type { SoughtEvents } from '../contract/pages.ts';
import type { Needs } from '../deps/deps.ts';
import { requesterOf } from '../http/requester.ts';
import { cachedCategories, cachedEvents, FIRST_PAGE } from '../stores/postgres/public-events.ts';
import type { Shown } from './pages.ts';

type Needed = Needs<{
  stores: 'db' | 'readCache' | 'known';
  limits: 'purchase';
  platform: 'nowMs';
}>;

const { q: qSchema, category: categorySchema } = eventListQuerySchema.shape;

/** Throws a Fault. */
export async function shownList({ stores, limits, platform }: Needed, c: Context): Promise<Shown> {
  const requester = requesterOf(c, limits.purchase);
  const sought = soughtIn(c);
  // Each has pages of its own, kept with its own read: those of all events are kept beside them.
  const read = await cachedEvents(stores, { ...FIRST_PAGE, ...sought }, requester);
  const categories = await cachedCategories(stores, requester);
  const list = { ...read, categories, serverNow: new Date(platform.nowMs()).toISOString() };
  return { data: { kind: 'events', list, sought }, read };
}

/** What cannot be sought is left out, as what nobody wrote into the field. */
function soughtIn(c: Context): SoughtEvents {
  const q = qSchema.safeParse(c.req.query('q')?.trim()).data;
  const category = categorySchema.safeParse(c.req.query('category')?.trim()).data;
  return { ...(q && { q }), ...(category && { category }) };
}
