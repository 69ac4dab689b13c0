/**
 * Pages rendered here and hydrated by the browser. Whatever goes wrong, the page is sent as it was
 * built: it asks for its data itself, and can say what is the matter.
 */
import type { Context } from 'hono';
import type { EventId } from '../contract/ids.ts';
import type { PageAsked, PageData, Reader } from '../contract/pages.ts';
import { RETRY_AFTER_MS } from '../contract/problems.ts';
import type { Needs } from '../deps/deps.ts';
import { HttpProblem } from '../http/problem.ts';
import { isRetryable } from '../platform/faults.ts';
import { TooManyReads } from '../stores/cache/cached-read.ts';
import { couldBePage } from './addresses.ts';
import {
  filled,
  namingLegalPages,
  offeringMail,
  still,
  takingPayments,
  unlisted,
} from './built-page.ts';
import { createLegalLinks } from './legal-links.ts';
import { createRenderCache } from './render-cache.ts';
import { allowingStyle, createShopFace, type PageFace, renamed, wearing } from './shop-face.ts';

/**
 * Kept by nobody on the way, since one address has a page for each language and zone. A browser asks
 * again each time: a page out of its cache shows a time that is over.
 */
const OF_ONE_READER = { 'Cache-Control': 'private, no-cache', Vary: 'Accept-Language, Cookie' };
/** A link of a mail has its token in the address, which is told to nobody. */
const OWN = { 'X-Robots-Tag': 'noindex', 'Referrer-Policy': 'no-referrer' };
const UNKEPT = { 'Cache-Control': 'no-store' };
/** An address that no event has. */
const NOWHERE = '/events/-';
/** It changes with a deployment, and with each build on a developer's machine. */
const BUILT_MS = 1_000;

/** What an address shows. */
export interface Shown {
  data: PageData;
  /** The object that was read, the same for all who are shown it; undefined where nothing was. */
  read?: object;
  /** Only for whoever has the link to it: it is kept by nobody and stands still. */
  preview?: Preview;
}

interface Preview {
  eventId: EventId;
  /** Of the page that it shows, and of the first page of the preview itself. */
  path: string;
  from: string;
  until: string | null;
  /** Of the event; that of the reader's place where it is left out. */
  timeZone?: string;
}

type Look = (reader: Reader) => Promise<Shown>;

export interface Pages {
  /**
   * @param look reads what is to be shown; where it fails, the page as it was built is sent.
   * @param preferred in this language, unless the reader has chosen one; else as their browser asks.
   */
  render(c: Context, look: Look, preferred?: string): Promise<Response>;
  /** The page as it was built, for what is one person's own; search engines leave it out. */
  own(c: Context): Promise<Response>;
}

/** What a page shows, with the page of it. */
interface Drawn {
  page: BuiltPage;
  shown: Shown;
}

interface BuiltPage {
  html: string;
  headers: Headers;
}

type Needed = Needs<{
  stores: 'db' | 'readCache';
  site: 'builtPage' | 'publicUrl' | 'previewsUrl';
  outbox: 'sendsMail';
  payments: 'provider';
  logging: 'log';
  platform: 'nowMs';
}>;

export function createPages({
  stores,
  site,
  outbox,
  payments,
  logging: { log },
  platform: { nowMs },
}: Needed): Pages {
  let kept: { page: BuiltPage; takenAtMs: number } | undefined;
  let renders: ReturnType<typeof createRenderCache> | undefined;

  const legalPages = createLegalLinks(stores);
  const shopFace = createShopFace(stores);

  async function built(): Promise<BuiltPage> {
    const atMs = nowMs();
    if (kept === undefined || atMs - kept.takenAtMs >= BUILT_MS) {
      const page = await take(await site.builtPage());
      const mailing = outbox.sendsMail ? offeringMail(page.html) : page.html;
      const html = payments.provider ? takingPayments(mailing) : mailing;
      kept = { page: { ...page, html }, takenAtMs: atMs };
    }
    return kept.page;
  }

  async function rendered(c: Context, look: Look, preferred?: string): Promise<Drawn> {
    // Loaded by the first who looks: no purchase waits for it, and no object has it.
    const { chooseReader, drawPage, drawPreview } = await import('../../client/server.js');
    renders ??= createRenderCache(drawPage);
    const coming = legalPages(c);
    const first = await shopFace(c);
    const languages = first?.face.languages ?? null;
    const reader = chooseReader({ ...languagesAsked(c, preferred), languages });
    const [shown, page, legal] = await Promise.all([look(reader), built(), coming]);
    // One that came too late for the language may be there by now.
    const worn = first ?? (await shopFace(c));
    const { data, read = data, preview } = shown;
    const place = { ...placeOf(c), ...ownAddresses(site), face: worn?.face ?? null };
    const asked = { data, reader, ...place, legalPages: legal, nowMs: nowMs() };
    const drawn = preview ? drawPreview({ ...asked, ...preview }) : renders(read, asked);
    const html = still(namingLegalPages(filled(page.html, drawn, data), legal), preview);
    return { page: dressed({ ...page, html }, worn), shown };
  }

  async function undrawn(c: Context): Promise<BuiltPage> {
    const [page, legal, worn] = await Promise.all([built(), legalPages(c), shopFace(c)]);
    const html = namingLegalPages(worn ? renamed(page.html, worn) : page.html, legal);
    return dressed({ ...page, html }, worn);
  }

  return {
    own: async (c) => {
      if (!couldBePage(new URL(c.req.url).pathname)) throw new HttpProblem('not_found');
      const page = await undrawn(c);
      return answer({ ...page, html: unlisted(page.html) }, { headers: OWN });
    },
    render: async (c, look, preferred) => {
      if (!couldBePage(new URL(c.req.url).pathname)) throw new HttpProblem('not_found');
      try {
        const { page, shown } = await rendered(c, look, preferred);
        return answer(page, wayOf(shown));
      } catch (error) {
        // Where it is for others that the shop spares its database, nothing is wrong.
        if (!(error instanceof TooManyReads)) {
          log('error', 'page not drawn', { requestId: c.get('requestId'), error });
        }
        if (!isRetryable(error)) return answer(await undrawn(c), { headers: UNKEPT });
        const headers = { ...UNKEPT, 'Retry-After': String(RETRY_AFTER_MS / 1_000) };
        return answer(await undrawn(c), { status: 503, headers });
      }
    },
  };
}

function wayOf({ data, preview }: Shown) {
  const isMissing = data.kind === 'missing';
  if (preview) return { status: isMissing ? 410 : 200, headers: { ...OWN, ...UNKEPT } };
  return { status: isMissing ? 404 : 200, headers: OF_ONE_READER };
}

/** @param preferred as an Accept-Language says it: in its place */
function languagesAsked(c: Context, preferred: string | undefined) {
  const acceptLanguage = preferred ?? c.req.header('Accept-Language') ?? '';
  return { acceptLanguage, cookies: c.req.header('Cookie') ?? '' };
}

function ownAddresses({ publicUrl, previewsUrl }: Needed['site']) {
  return { origin: publicUrl ?? null, previews: previewsUrl ?? null };
}

function dressed({ html, headers }: BuiltPage, worn: PageFace | null): BuiltPage {
  if (worn === null) return { html, headers };
  return { html: wearing(html, worn), headers: allowingStyle(headers, worn) };
}

async function take(answered: Response): Promise<BuiltPage> {
  if (!answered.ok) throw new Error(`the built page was answered ${answered.status}`);
  const html = await answered.text();
  const headers = new Headers(answered.headers);
  // Of the file, not of what is made of it.
  for (const name of ['ETag', 'Content-Length', 'CF-Cache-Status']) headers.delete(name);
  return { html, headers };
}

function answer(
  { html, headers }: BuiltPage,
  { status = 200, headers: own = {} }: { status?: number; headers?: Record<string, string> },
): Response {
  const all = new Headers(headers);
  for (const [name, value] of Object.entries(own)) all.set(name, value);
  return new Response(html, { status, headers: all });
}

/** What a page shows of where it is and of where it is read. */
function placeOf(c: Context): Pick<PageAsked, 'path' | 'timeZone'> {
  const { pathname } = new URL(c.req.url);
  const path = isReadable(pathname) ? pathname : NOWHERE;
  return { path, timeZone: timeZoneOf(c.req.raw) };
}

/** The components' router decodes what it is given, and throws at what it cannot. */
function isReadable(pathname: string): boolean {
  try {
    decodeURIComponent(pathname);
    return true;
  } catch {
    return false;
  }
}

/** Where the platform takes the reader to be; the browser, which knows, corrects it. */
function timeZoneOf(request: Request): string {
  const zone = request.cf?.['timezone'];
  return typeof zone === 'string' ? zone : 'UTC';
}
