/**
 * The pages that arrive with their data: drawn here, taken over by the browser. Whatever goes wrong,
 * the page as it was built is sent, which asks for its data itself and can say what is the matter.
 */
import { type Context, Hono } from 'hono';
import { eventIdSchema } from '../contract/ids.ts';
import type { PageAsked, PageData } from '../contract/pages.ts';
import { LIMITS } from '../contract/values.ts';
import type { Deps } from '../deps.ts';
import { isRetryable } from '../faults.ts';
import { recentEvent, recentEvents } from '../stores/public-events.ts';
import { assertFits, filled } from './built-page.ts';
import { createDrawings } from './drawings.ts';

const RETRY_AFTER_SECONDS = '1';

/**
 * Kept by nobody on the way, since one address has a page for each language and zone. A browser asks
 * again each time: a page out of its cache tells a time that is over.
 */
const OWN = { 'Cache-Control': 'private, no-cache', Vary: 'Accept-Language, Cookie' };

/** What an address shows. */
interface Shown {
  data: PageData;
  /** The object that was read, the same for all who are shown it; undefined for a page of nothing. */
  read?: object;
}

export function pageRoutes(deps: Deps) {
  const { nowMs } = deps;
  const pageWith = pages(deps);
  const serverNow = () => new Date(nowMs()).toISOString();
  const missing = (): Shown => ({ data: { kind: 'missing', serverNow: serverNow() } });
  return new Hono()
    .get('/', (c) =>
      pageWith(c, async () => {
        const limit = LIMITS.pageSizeDefault;
        const read = await recentEvents(deps, { limit }, keepAlive(c));
        return { data: { kind: 'events', list: { ...read, serverNow: serverNow() } }, read };
      }),
    )
    .get('/events/:id', (c) =>
      pageWith(c, async () => {
        const id = eventIdSchema.safeParse(c.req.param('id'));
        const read = id.success ? await recentEvent(deps, id.data, keepAlive(c)) : undefined;
        if (read === undefined) return missing();
        return { data: { kind: 'event', event: { ...read, serverNow: serverNow() } }, read };
      }),
    )
    .get('/events/*', (c) => pageWith(c, async () => missing()));
}

function pages({ builtPage, nowMs, log }: Deps) {
  /** It comes with the deployment and does not change while this isolate lives. */
  let built: { html: string; headers: Headers } | undefined;
  let drawings: ReturnType<typeof createDrawings> | undefined;

  async function take(): Promise<{ html: string; headers: Headers }> {
    if (built !== undefined) return built;
    const answer = await builtPage();
    if (!answer.ok) throw new Error(`the built page was answered ${answer.status}`);
    const headers = new Headers(answer.headers);
    // Of the file, not of what is made of it.
    for (const name of ['ETag', 'Content-Length', 'CF-Cache-Status']) headers.delete(name);
    const html = await answer.text();
    built = { html, headers };
    return built;
  }

  async function drawn(c: Context, { data, read }: Shown): Promise<string> {
    const { html } = await take();
    // Loaded by the first who looks: no purchase waits for it, and no object has it.
    const { chooseReader, drawPage } = await import('../../client/server.js');
    assertFits(html);
    const { origin, pathname: path } = new URL(c.req.url);
    const asked: PageAsked = {
      data,
      reader: chooseReader({
        acceptLanguage: c.req.header('Accept-Language') ?? '',
        cookies: c.req.header('Cookie') ?? '',
      }),
      timeZone: timeZoneOf(c.req.raw),
      origin,
      path,
      nowMs: nowMs(),
    };
    drawings ??= createDrawings(drawPage);
    return filled(html, read === undefined ? drawPage(asked) : drawings(read, asked), data);
  }

  return async (c: Context, look: () => Promise<Shown>): Promise<Response> => {
    const { html, headers } = await take();
    const answer = (text: string, status: number, extra: Record<string, string>) => {
      const worn = new Headers(headers);
      for (const [name, value] of Object.entries(extra)) worn.set(name, value);
      return new Response(text, { status, headers: worn });
    };
    try {
      const shown = await look();
      const status = shown.data.kind === 'missing' ? 404 : 200;
      return answer(await drawn(c, shown), status, OWN);
    } catch (error) {
      log('error', 'page not drawn', { requestId: c.get('requestId'), error });
      const bare = { 'Cache-Control': 'no-store' };
      if (!isRetryable(error)) return answer(html, 200, bare);
      return answer(html, 503, { ...bare, 'Retry-After': RETRY_AFTER_SECONDS });
    }
  };
}

/** Where the platform takes the reader to be; the browser, which knows, corrects it. */
function timeZoneOf(request: Request): string {
  const zone = request.cf?.['timezone'];
  return typeof zone === 'string' ? zone : 'UTC';
}

function keepAlive(c: Context): (work: Promise<unknown>) => void {
  return (work) => c.executionCtx.waitUntil(work);
}
