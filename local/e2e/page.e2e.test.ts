import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { freePort } from '../free-port.ts';
import { type DevServer, startDev } from '../testing/dev-server.ts';
import { openBrowser } from './browser.ts';

const SHOWN_MS_MAX = 20_000;
/** Longer than the script of this page takes to arrive and to take over. */
const SCRIPT_LATE_MS = 700;
/** Young enough for what follows to be over while it is still as good as an answer. */
const DRAWN_MS_MAX = 300;
const LOOK_MS = 50;
const SIZES = {
  phone: { width: 390, height: 844 },
  desk: { width: 1280, height: 900 },
};

let folder = '';
let browser: Browser | undefined;
let shop: DevServer | undefined;
let eventPath = '';
let itemPath = '';

beforeAll(async () => {
  browser = await openBrowser();
  folder = await mkdtemp(join(tmpdir(), 'swiftdrop-page-'));
  shop = await startDev({
    PORT: String(await freePort()),
    SWIFTDROP_DATA: join(folder, 'data'),
    DATABASE_URL: '',
    MONGODB_URI: '',
  });
  const live = await fetch(`${shop.url}/api/v1/events?status=live`);
  const { events } = (await live.json()) as { events: { id: string }[] };
  eventPath = `/events/${events[0]?.id}`;
  const event = await fetch(`${shop.url}/api/v1${eventPath}`);
  const { items } = (await event.json()) as { items: { id: string }[] };
  itemPath = `${eventPath}/items/${items[0]?.id}`;
});

afterAll(async () => {
  await browser?.close();
  await shop?.interrupt();
  if (folder !== '') await rm(folder, { recursive: true, force: true });
});

afterEach(async () => {
  await Promise.all((browser?.contexts() ?? []).map((context) => context.close()));
});

/** A page of a reader elsewhere, so that nothing is right by chance that the server could not know. */
async function openPage(options: BrowserContextOptions): Promise<Page> {
  if (browser === undefined || shop === undefined) throw new Error('the shop is not open');
  const where = { baseURL: shop.url, locale: 'en-GB', timezoneId: 'Asia/Kolkata' };
  const context = await browser.newContext({ ...where, ...options });
  context.setDefaultTimeout(SHOWN_MS_MAX);
  return context.newPage();
}

/** A page is kept for up to two seconds, after which whoever takes it over asks at once. */
async function untilJustDrawn(path: string): Promise<void> {
  const ageMs = async () => {
    const html = await (await fetch(`${shop?.url}${path}`)).text();
    return Date.now() - Date.parse(/"serverNow":"([^"]+)"/.exec(html)?.[1] ?? '');
  };
  await expect.poll(ageMs, { timeout: SHOWN_MS_MAX, interval: LOOK_MS }).toBeLessThan(DRAWN_MS_MAX);
}

it('shows an event without any script: its items, prices, stock and times', async () => {
  const page = await openPage({ javaScriptEnabled: false, viewport: SIZES.phone });
  await page.goto(eventPath);
  await page.getByRole('heading', { level: 1, name: 'The weekend drop' }).waitFor();
  await page.getByText('€149.00').waitFor();
  await page.getByText('120 left').waitFor();
  await page.getByText(/Closes .* \d\d:\d\d/).waitFor();
  const note = await page.locator('noscript').boundingBox();
  expect(note?.height).toBeGreaterThan(0);
});

it.each(Object.entries(SIZES))(
  'moves nothing on a %s when it is taken over',
  async (_, viewport) => {
    const page = await openPage({ viewport });
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.route('**/*.js', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, SCRIPT_LATE_MS));
      await route.continue();
    });
    await page.addInitScript(`
    window.shifts = [];
    new PerformanceObserver((list) => {
      for (const { value, sources } of list.getEntries())
        window.shifts.push([value, ...sources.map(({ node }) => node?.textContent)].join(' '));
    }).observe({ type: 'layout-shift', buffered: true });
  `);
    for (const path of [eventPath, itemPath, '/']) {
      await untilJustDrawn(path);
      await page.goto(path);
      // Only the browser knows its zone: its times are there once it has taken over.
      await page.getByText('GMT+5:30').first().waitFor();
      await page.waitForFunction('document.fonts.status === "loaded"');
      expect(await page.evaluate('window.shifts')).toEqual([]);
    }
    expect(asked.filter((path) => path.startsWith('/api/v1/events'))).toEqual([]);
  },
);
