/** What crawlers and reporters ask every site for. Made of public reads and of configuration. */
import { Hono } from 'hono';
import { OWN_FACE } from '../contract/face.ts';
import type { Needs, Site } from '../deps/deps.ts';
import { cachedFace } from '../face/shown-face.ts';
import { HttpProblem } from '../http/problem.ts';
import { requesterOf } from '../http/requester.ts';
import { cachedLegalList } from '../legal/shown-texts.ts';
import { cachedEvents } from '../stores/postgres/public-events.ts';
import { manifestOf } from './manifest.ts';

/** Of each status; the newest openings come first. The format itself takes 50,000. */
const SITEMAP_EVENTS_MAX = 1_000;
const SITEMAP_STATUSES = ['live', 'locked'] as const;
const DAY_MS = 24 * 60 * 60 * 1_000;
/** RFC 9116 recommends less than a year. */
const CONTACT_GOOD_MS = 180 * DAY_MS;
const TEXT = 'text/plain; charset=utf-8';
const KEPT = { 'Cache-Control': 'public, max-age=3600' };
/** A crawler's look; a sale that was announced just now is not missed for long. */
const KEPT_BRIEFLY = { 'Cache-Control': 'public, max-age=300' };

type Needed = Needs<{
  stores: 'db' | 'readCache' | 'known';
  limits: 'purchase';
  draws: 'signer';
  site: 'publicUrl' | 'securityContact';
  platform: 'nowMs';
}>;

export function siteFiles({ stores, limits, draws, site, platform }: Needed) {
  const { publicUrl, securityContact } = site;
  return (
    new Hono()
      .get('/robots.txt', (c) =>
        c.body(robotsText(publicUrl), 200, { ...KEPT, 'Content-Type': TEXT }),
      )
      .get('/manifest.webmanifest', async (c) => {
        const face = await cachedFace(stores, (work) => c.executionCtx.waitUntil(work)).catch(
          () => undefined,
        );
        return c.body(manifestOf(face ?? OWN_FACE), 200, {
          // Without the shop's own, it is right for this moment alone.
          ...(face ? KEPT_BRIEFLY : { 'Cache-Control': 'no-store' }),
          'Content-Type': 'application/manifest+json',
        });
      })
      .get('/sitemap.xml', async (c) => {
        // Its addresses are absolute, and a request is not asked for them.
        if (publicUrl === undefined) throw new HttpProblem('not_found');
        const lists = await Promise.all(
          SITEMAP_STATUSES.map((status) =>
            cachedEvents(
              stores,
              { status, limit: SITEMAP_EVENTS_MAX },
              requesterOf(c, limits.purchase),
            ),
          ),
        );
        const events = lists.flatMap((list) => list.events.map(({ id }) => `/events/${id}`));
        const legal = await cachedLegalList(stores, (work) => c.executionCtx.waitUntil(work));
        const paths = ['/', ...events, ...legal.map(({ page }) => `/legal/${page}`)];
        return c.body(sitemapOf(paths, publicUrl), 200, {
          ...KEPT_BRIEFLY,
          'Content-Type': 'application/xml; charset=utf-8',
        });
      })
      .get('/.well-known/security.txt', (c) => {
        const text = securityText({ publicUrl, securityContact, nowMs: platform.nowMs() });
        if (text === undefined) throw new HttpProblem('not_found');
        return c.body(text, 200, { ...KEPT, 'Content-Type': TEXT });
      })
      // RFC 7517: by which receipts and statements of draws are checked, see docs/fairness.md. A page of any site may.
      .get('/.well-known/jwks.json', (c) =>
        c.body(JSON.stringify(draws.signer.publicKeys()), 200, {
          ...KEPT_BRIEFLY,
          'Content-Type': 'application/jwk-set+json',
          'Access-Control-Allow-Origin': '*',
        }),
      )
  );
}

/** Pages of one person say so themselves; a crawler that may not read them could not know. */
function robotsText(publicUrl: string | undefined): string {
  const lines = ['User-agent: *', 'Disallow: /api/', 'Allow: /'];
  if (publicUrl !== undefined) lines.push('', `Sitemap: ${publicUrl}/sitemap.xml`);
  return `${lines.join('\n')}\n`;
}

/** Paths and origins have nothing in them that XML would read. */
function sitemapOf(paths: readonly string[], publicUrl: string): string {
  const urls = paths.map((path) => `  <url><loc>${publicUrl}${path}</loc></url>\n`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${urls.join('')}</urlset>
`;
}

type Known = Pick<Site, 'publicUrl' | 'securityContact'> & { nowMs: number };

/** RFC 9116. Without a contact, the mailbox that RFC 2142 names. @returns undefined without either. */
function securityText({ publicUrl, securityContact, nowMs }: Known): string | undefined {
  const contact =
    securityContact ?? (publicUrl && `mailto:security@${new URL(publicUrl).hostname}`);
  if (contact === undefined) return undefined;
  // Whole days, so that it changes once a day.
  const expires = new Date(Math.ceil((nowMs + CONTACT_GOOD_MS) / DAY_MS) * DAY_MS).toISOString();
  const lines = [`Contact: ${contact}`, `Expires: ${expires}`, 'Preferred-Languages: en, de'];
  if (publicUrl !== undefined) lines.push(`Canonical: ${publicUrl}/.well-known/security.txt`);
  return `${lines.join('\n')}\n`;
}
