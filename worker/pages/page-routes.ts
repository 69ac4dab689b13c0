/** The pages that arrive with their data: which address shows what. */
import { type Context, Hono } from 'hono';
import { eventIdSchema } from '../contract/ids.ts';
import { languageSchema } from '../contract/languages.ts';
import { legalPageSchema } from '../contract/legal.ts';
import type { PageData, Reader } from '../contract/pages.ts';
import { taxBesidePrices } from '../contract/totals.ts';
import type { Needs } from '../deps/deps.ts';
import { requesterOf } from '../http/requester.ts';
import { cachedLegalTexts, legalTextIn } from '../legal/shown-texts.ts';
import { cachedEvent } from '../stores/postgres/public-events.ts';
import { publicReport } from '../stores/postgres/report.ts';
import { couldBePage, pageMeant } from './addresses.ts';
import type { Pages, Shown } from './pages.ts';
import { shownDraw } from './shown-draw.ts';
import { shownList } from './shown-list.ts';

type Needed = Needs<{
  stores: 'db' | 'readCache' | 'known';
  limits: 'purchase';
  payments: 'tax';
  platform: 'nowMs';
}>;

export function pageRoutes(deps: Needed, pages: Pages) {
  const { stores, limits, payments, platform } = deps;
  const serverNow = () => new Date(platform.nowMs()).toISOString();
  const missing = () => nothing(serverNow());

  async function event(c: Context, text: string): Promise<Shown> {
    const id = eventIdSchema.safeParse(text);
    const read = id.success
      ? await cachedEvent(stores, id.data, requesterOf(c, limits.purchase))
      : undefined;
    if (read === undefined) return missing();
    const tax = taxBesidePrices(payments.tax, read);
    return { data: { kind: 'event', event: { ...read, tax, serverNow: serverNow() } }, read };
  }
  async function legal(c: Context, named: string, { language }: Reader): Promise<Shown> {
    const page = legalPageSchema.safeParse(named);
    const read = page.success
      ? await cachedLegalTexts(stores, page.data, (work) => c.executionCtx.waitUntil(work))
      : undefined;
    if (read === undefined) return missing();
    const { text: _, ...shown } = legalTextIn(read, languageSchema.parse(language));
    return { data: { kind: 'legal', legal: { ...shown, serverNow: serverNow() } }, read };
  }
  return (
    new Hono()
      .get('/', (c) => pages.render(c, () => shownList(deps, c)))
      .get('/events/:id', (c) => pages.render(c, () => event(c, c.req.param('id'))))
      .get('/events/:id/draw', (c) =>
        pages.render(c, async () => (await shownDraw(deps, c, c.req.param('id'))) ?? missing()),
      )
      .get('/events/:id/report', (c) =>
        pages.render(c, async () => (await shownReport(deps, c, c.req.param('id'))) ?? missing()),
      )
      .get('/events/:id/items/:itemId', (c) =>
        pages.render(c, async () => {
          const shown = await event(c, c.req.param('id'));
          return hasItem(shown.data, c.req.param('itemId')) ? shown : missing();
        }),
      )
      // Each language has an address of its own for search engines, and one for all has the reader's.
      .get('/legal/:page', (c) =>
        pages.render(
          c,
          (reader) => legal(c, c.req.param('page'), reader),
          languageSchema.safeParse(c.req.query('language')).data,
        ),
      )
      // What is somebody's own is the browser's to ask for.
      .get('/orders', pages.own)
      .get('/orders/:id', pages.own)
      .get('/profile', pages.own)
      .get('/sign-in', pages.own)
      .get('/register', pages.own)
      .get('/forgotten', pages.own)
      // Opened by the link of a mail.
      .get('/reset', pages.own)
      .get('/verify', pages.own)
      .get('/reminders/off', pages.own)
      .get('/admin', pages.own)
      .get('/admin/*', pages.own)
  );
}

/** @returns undefined where there is no report for everybody. */
async function shownReport(
  { stores, limits, platform }: Needed,
  c: Context,
  text: string,
): Promise<Shown | undefined> {
  const id = eventIdSchema.safeParse(text);
  if (!id.success) return undefined;
  const read = await publicReport(stores, id.data, requesterOf(c, limits.purchase));
  if (typeof read === 'string') return undefined;
  const serverNow = new Date(platform.nowMs()).toISOString();
  return { data: { kind: 'report', report: read, serverNow }, read };
}

/** Any address that no route knows. @returns undefined where nobody could look for a page. */
export async function missingPage(
  c: Context,
  { platform }: Needs<{ platform: 'nowMs' }>,
  pages: Pages,
): Promise<Response | undefined> {
  const { pathname, search } = new URL(c.req.url);
  const isReading = c.req.method === 'GET' || c.req.method === 'HEAD';
  if (!isReading || !couldBePage(pathname)) return undefined;
  const meant = pageMeant(pathname);
  if (meant !== undefined) return c.redirect(`${meant}${search}`, 308);
  return pages.render(c, async () => nothing(new Date(platform.nowMs()).toISOString()));
}

function nothing(serverNow: string): Shown {
  return { data: { kind: 'missing', serverNow } };
}

/** @param named an event item, or a catalogue item of which no variant is chosen */
export function hasItem(data: PageData, named: string): boolean {
  if (data.kind !== 'event') return false;
  return data.event.items.some(({ id, itemId }) => id === named || itemId === named);
}
