/** Events as anyone may read, watch, recount and put them into a calendar. */
import { Hono } from 'hono';
import * as z from 'zod';
import {
  calendarQuerySchema,
  type EventDetail,
  type EventList,
  eventListQuerySchema,
  type Integrity,
} from '../contract/events.ts';
import { eventIdSchema } from '../contract/ids.ts';
import type { Language } from '../contract/languages.ts';
import { eventIn } from '../contract/text-in.ts';
import { taxBesidePrices } from '../contract/totals.ts';
import { isolated } from '../contract/visible-text.ts';
import type { Needs } from '../deps/deps.ts';
import { calendarOf, type Organizer } from '../http/formats/calendar.ts';
import { pageStart } from '../http/pages.ts';
import { isAdmitted } from '../http/pipeline/cross-origin.ts';
import { HttpProblem } from '../http/problem.ts';
import { countHandshake } from '../http/read-limits.ts';
import { requesterOf } from '../http/requester.ts';
import { revalidated, revalidatedByDate } from '../http/revalidation.ts';
import { valid } from '../http/validate.ts';
import { ADDRESS_FULL, NETWORK_HEADER } from '../live/rules/shards.ts';
import { type CalendarEntry, cachedCalendarEntry } from '../stores/postgres/calendar-entries.ts';
import {
  cachedCategories,
  cachedEvent,
  cachedEvents,
  cachedRecount,
} from '../stores/postgres/public-events.ts';

const SWITCHING_PROTOCOLS = 101;

const eventParam = valid('param', z.object({ id: eventIdSchema }));

/** For caches on the way, as long as the isolate itself keeps a read; never to hide an error. */
export const BRIEFLY = {
  'Cache-Control': 'public, max-age=1, stale-while-revalidate=1, stale-if-error=0',
};

/** How long a viewer waits who found no place. */
const RETRY_AFTER_MS = 5_000;

type Needed = Needs<{
  live: 'watch';
  stores: 'db' | 'readCache' | 'known';
  limits: 'purchase';
  payments: 'tax';
  site: 'allowedOrigins' | 'publicUrl' | 'organizer';
  platform: 'nowMs';
}>;

export function eventRoutes(deps: Needed) {
  const { live, stores, limits } = deps;
  const { allowedOrigins } = deps.site;
  const { nowMs } = deps.platform;
  const { tax } = deps.payments;
  return new Hono()
    .get('/', revalidated, valid('query', eventListQuerySchema), async (c) => {
      const query = c.req.valid('query');
      const after = pageStart(query.cursor);
      const requester = requesterOf(c, limits.purchase);
      const list = await cachedEvents(stores, { ...query, after }, requester);
      const categories = await cachedCategories(stores, requester);
      const answer: EventList = { ...list, categories, serverNow: new Date(nowMs()).toISOString() };
      return c.json(answer, 200, BRIEFLY);
    })
    .get('/:id', revalidated, eventParam, async (c) => {
      const event = await cachedEvent(
        stores,
        c.req.valid('param').id,
        requesterOf(c, limits.purchase),
      );
      if (event === undefined) throw new HttpProblem('not_found');
      const told = { tax: taxBesidePrices(tax, event), serverNow: new Date(nowMs()).toISOString() };
      const answer: EventDetail = { ...event, ...told };
      return c.json(answer, 200, BRIEFLY);
    })
    .get(
      '/:id/calendar.ics',
      revalidatedByDate,
      revalidated,
      eventParam,
      valid('query', calendarQuerySchema),
      async (c) => {
        const { id } = c.req.valid('param');
        const entry = await cachedCalendarEntry(stores, id, requesterOf(c, limits.purchase));
        if (entry === undefined) throw new HttpProblem('not_found');
        return calendarAnswer(deps.site, entry, c.req.valid('query').language);
      },
    )
    .get('/:id/live', eventParam, async (c) => {
      const { id } = c.req.valid('param');
      // A page of any origin may open a socket, and only the server can refuse it.
      if (!isAdmitted(c.req.raw, allowedOrigins)) throw new HttpProblem('forbidden');
      if (c.req.header('Upgrade')?.toLowerCase() !== 'websocket') {
        throw new HttpProblem('upgrade_required', { headers: { Upgrade: 'websocket' } });
      }
      const network = await countHandshake(c, limits.purchase);
      if ((await cachedEvent(stores, id, requesterOf(c, limits.purchase))) === undefined)
        throw new HttpProblem('not_found');
      const headers = new Headers(c.req.raw.headers);
      headers.set(NETWORK_HEADER, network);
      const answer = await live.watch(id, new Request(c.req.raw, { headers }));
      if (answer.status === SWITCHING_PROTOCOLS) return answer;
      const code = answer.status === ADDRESS_FULL ? 'rate_limited' : 'busy';
      throw new HttpProblem(code, { retryAfterMs: RETRY_AFTER_MS });
    })
    .get('/:id/integrity', eventParam, async (c) => {
      const { id } = c.req.valid('param');
      const integrity: Integrity | undefined = await cachedRecount(
        stores,
        id,
        requesterOf(c, limits.purchase),
      );
      if (integrity === undefined) throw new HttpProblem('not_found');
      return c.json(integrity, 200);
    });
}

/** In the name that admins gave their shop, where they did. */
function organizerOf({ shopName }: CalendarEntry, configured: Organizer): Organizer {
  return { ...configured, ...(shopName && { name: shopName }) };
}

function calendarAnswer(
  { publicUrl, organizer }: Needed['site'],
  entry: CalendarEntry,
  language: Language | undefined,
): Response {
  const url = publicUrl && `${publicUrl}/events/${entry.id}`;
  const spoken = language ? eventIn(language, entry) : entry;
  const shown = { ...spoken, title: isolated(spoken.title) };
  return new Response(calendarOf(shown, { url, organizer: organizerOf(entry, organizer) }), {
    headers: {
      ...BRIEFLY,
      'Content-Type': 'text/calendar; charset=utf-8',
      'Content-Disposition': `inline; filename="${entry.id}.ics"`,
      'Last-Modified': new Date(entry.changedAtMs).toUTCString(),
    },
  });
}
