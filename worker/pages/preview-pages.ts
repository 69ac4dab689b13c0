/** The pages of a draft, for whoever has a link to it: they show what shoppers will see, and do nothing. */
import { type Context, Hono } from 'hono';
import type { EventWithItems } from '../contract/events.ts';
import type { EventId } from '../contract/ids.ts';
import { taxBesidePrices } from '../contract/totals.ts';
import type { Needs } from '../deps/deps.ts';
import { requesterOf } from '../http/requester.ts';
import { readEvent } from '../stores/postgres/events.ts';
import { hasItem } from './page-routes.ts';
import type { Pages, Shown } from './pages.ts';

type Needed = Needs<{
  accounts: 'previewTokens';
  stores: 'db' | 'readCache';
  limits: 'purchase';
  payments: 'tax';
  platform: 'nowMs';
}>;

export function previewRoutes(deps: Needed, pages: Pages) {
  return new Hono()
    .get('/preview/:token', (c) => preview(c, deps, { pages, token: c.req.param('token') }))
    .get('/preview/:token/items/:itemId', (c) => {
      const { token, itemId } = c.req.param();
      return preview(c, deps, { pages, token, itemId });
    });
}

/** Once the event is published its own page shows it. Throws a Fault. */
async function preview(
  c: Context,
  deps: Needed,
  { pages, token, itemId }: { pages: Pages; token: string; itemId?: string },
): Promise<Response> {
  const { accounts, limits, payments, platform } = deps;
  const serverNow = new Date(platform.nowMs()).toISOString();
  const nothing: Shown = { data: { kind: 'missing', serverNow } };
  const named = accounts.previewTokens.read(token);
  if (named === undefined) return pages.render(c, async () => nothing);
  const { eventId, endsAtMs } = named;
  const path = `/events/${eventId}${itemId === undefined ? '' : `/items/${itemId}`}`;
  const from = `/preview/${token}`;
  const ended = async () => ({ ...nothing, preview: { eventId, path: from, from, until: null } });
  if (endsAtMs <= platform.nowMs()) return pages.render(c, ended);
  const { admit, keepAlive } = requesterOf(c, limits.purchase);
  await admit();
  const found = await findDraft(deps, eventId, keepAlive);
  if (found === undefined) return pages.render(c, ended);
  if (found.isPublished) {
    c.header('Cache-Control', 'no-store');
    return c.redirect(path, 302);
  }
  const event = { ...found.event, tax: taxBesidePrices(payments.tax, found.event), serverNow };
  const data = { kind: 'event', event } as const;
  if (itemId !== undefined && !hasItem(data, itemId)) return pages.render(c, async () => nothing);
  const until = new Date(endsAtMs).toISOString();
  // The page has no script that would know its reader's own zone; it is looked at for the plan's times.
  const { timeZone } = found;
  return pages.render(c, async () => ({ data, preview: { eventId, path, from, until, timeZone } }));
}

/** As it is now, read once for all who ask at the same time. */
function findDraft(
  { stores: { db, readCache } }: Needed,
  id: EventId,
  keepAlive: (work: Promise<unknown>) => void,
): Promise<{ event: EventWithItems; isPublished: boolean; timeZone: string } | undefined> {
  return readCache.get({
    key: `preview ${id}`,
    isUncached: true,
    keepAlive,
    async read(nowMs) {
      const found = await readEvent(db, id, { nowMs });
      if (found === undefined) return undefined;
      const { published: isPublished, timeZone } = found.row;
      const value = { event: found.event, isPublished, timeZone };
      return { value, changesAtMs: Number.POSITIVE_INFINITY };
    },
  });
}
