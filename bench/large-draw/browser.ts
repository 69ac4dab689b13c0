/**
 * The check on a draw's page in a real Chromium, with all of a processor and with a quarter of it. The plain runtime
 * serves no files, so a server beside it serves the built page, and passes on what the page asks the shop.
 */
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { DRAW_EN } from '../../client/draw/texts/en.ts';
import { openBrowser } from '../../local/e2e/browser.ts';
import { commandOf, descendantsOf, usageOf } from '../speed/process-usage.ts';
import { openPageServer } from './page-server.ts';
import type { LargeDraw, LargeDrawShop } from './shop.ts';
import { withShareOf } from './slow-process.ts';

const SHARES = [1, 0.25, 1, 0.25];
const PAGE_MS_MAX = 60_000;
const CHECK_MS_MAX = 240_000;
const SAMPLE_EVERY_MS = 50;
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

export interface BrowserCheck {
  /** Of a processor. */
  share: number;
  /** From the press of the button to the outcome. */
  seconds: number;
  /** Of the process that has the page, with its workers. */
  cpuSeconds: number;
  rssBytes: number;
  /** Of the page itself, not of its worker: the longest time for which it could not answer. */
  longestGapMs: number;
  /** How often the page showed how far it is. */
  steps: number;
}

export async function checkInBrowser(
  { url, stopped, logStep }: LargeDrawShop,
  { eventId }: LargeDraw,
  folder: string,
): Promise<BrowserCheck[]> {
  logStep('building the page');
  const outDir = join(folder, 'client');
  await build({ configFile: 'client/vite.config.ts', logLevel: 'warn', build: { outDir } });
  const server = await openPageServer(outDir, url);
  try {
    const checks: BrowserCheck[] = [];
    for (const share of SHARES) {
      stopped.throwIfAborted();
      logStep(`checking in Chromium with ${share} of a processor`);
      // Each in a new one, whose code nothing has made fast yet.
      const browser = await openBrowser();
      try {
        checks.push(await checkOnce(browser, `${server.url}/events/${eventId}/draw`, share));
      } finally {
        await browser.close();
      }
    }
    return checks;
  } finally {
    await server.close();
  }
}

/** Counts in the page what it shows, and the times between two moments in which it could have answered. */
const WATCH = `
  window.seen = { steps: 0, gapMs: 0 };
  let last = performance.now();
  setInterval(() => {
    const now = performance.now();
    window.seen.gapMs = Math.max(window.seen.gapMs, now - last);
    last = now;
  }, 10);
  new MutationObserver((changes) => {
    if (changes.some(({ target }) => target.nodeName === 'PROGRESS')) window.seen.steps += 1;
  }).observe(document, { subtree: true, attributes: true, attributeFilter: ['value'] });`;

async function checkOnce(browser: Browser, url: string, share: number): Promise<BrowserCheck> {
  const page = await browser.newPage(PHONE);
  page.setDefaultTimeout(PAGE_MS_MAX);
  await page.goto(url);
  const button = page.getByRole('button', { name: DRAW_EN.check, disabled: false });
  await button.waitFor();
  await page.evaluate(WATCH);
  const pids = renderers();
  const before = usageOf(pids).cpuSeconds;
  let rssBytes = 0;
  const sampling = setInterval(() => {
    rssBytes = Math.max(rssBytes, usageOf(pids).rssBytes);
  }, SAMPLE_EVERY_MS);
  try {
    const fromMs = performance.now();
    await withShareOf(
      share,
      () => pids,
      async () => {
        await button.click();
        await untilRight(page);
      },
    );
    const seconds = (performance.now() - fromMs) / 1_000;
    const cpuSeconds = usageOf(pids).cpuSeconds - before;
    const seen = await page.evaluate<{ steps: number; gapMs: number }>('window.seen');
    return { share, seconds, cpuSeconds, rssBytes, longestGapMs: seen.gapMs, steps: seen.steps };
  } finally {
    clearInterval(sampling);
  }
}

/** @throws where the check finds anything, or takes too long. */
async function untilRight(page: Page): Promise<void> {
  const title = page.locator('.draw-check .notice-title').first();
  await title.waitFor({ timeout: CHECK_MS_MAX });
  if ((await title.textContent()) === DRAW_EN.right) return;
  throw new Error(`the page says: ${await page.locator('.draw-check').textContent()}`);
}

/** The processes of Chromium that have pages. There is one browser of ours at a time. */
function renderers(): number[] {
  // Chromium writes its command line anew, as one word.
  const pids = descendantsOf(process.pid).filter((pid) =>
    commandOf(pid).join(' ').includes('--type=renderer'),
  );
  if (pids.length === 0) throw new Error('the processes of Chromium are not known here');
  return pids;
}
