/**
 * The browser of a test: each page has a profile of its own, as another person's would. Keeps what the
 * pages of a failed test looked like in dist/e2e/. Must not act itself.
 */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject } from 'vitest';
import { openBrowser } from './browser.ts';

export const DESK = { viewport: { width: 1_280, height: 900 } };
export const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

/** Whatever a person waits for; a busy machine takes its time. */
const ANSWER_MS_MAX = 30_000;
const KEPT = 'dist/e2e';

export interface BrowserPages {
  /** A page in a browser profile of its own, with nothing on it yet. */
  open(options?: BrowserContextOptions): Promise<Page>;
}

/** To be called once in each file, before its tests. */
export function useBrowser(): BrowserPages {
  let browser: Browser | undefined;
  let contexts: BrowserContext[] = [];
  let complaints: string[] = [];

  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());
  beforeEach(() => {
    contexts = [];
    complaints = [];
  });
  afterEach(async ({ task }) => {
    const hasFailed = task.result?.state === 'fail' || complaints.length > 0;
    const folder = join(KEPT, task.name.replace(/\W+/g, '-').slice(0, 80));
    await rm(folder, { recursive: true, force: true });
    if (hasFailed) await mkdir(folder, { recursive: true });
    await Promise.all(
      contexts.map((context, n) => leave(context, hasFailed ? join(folder, `${n + 1}`) : null)),
    );
    if (hasFailed) console.log(`What the pages looked like is kept in ${folder}.`);
    expect(complaints).toEqual([]);
  });

  async function open(options: BrowserContextOptions = PHONE): Promise<Page> {
    if (browser === undefined) throw new Error('the browser is not open');
    const context = await browser.newContext({
      baseURL: inject('shopUrl'),
      locale: 'en-GB',
      ...options,
    });
    contexts.push(context);
    context.setDefaultTimeout(ANSWER_MS_MAX);
    // A film of it as well would cost a seventh of the processor's time, and shows what is in these.
    await context.tracing.start({ snapshots: true });
    const page = await context.newPage();
    page.on('pageerror', ({ message }) => complaints.push(message));
    // A page that breaks its own content security policy says so here, and nowhere else.
    page.on('console', (said) => {
      if (said.type() === 'error' && said.text().includes('Content Security Policy')) {
        complaints.push(said.text());
      }
    });
    return page;
  }
  return { open };
}

/** @param keep where a picture and a trace of it go, if they are wanted. */
async function leave(context: BrowserContext, keep: string | null): Promise<void> {
  const [page] = context.pages();
  if (keep !== null) {
    // A page that hangs has no picture; its trace tells all the same.
    await page?.screenshot({ path: `${keep}.png`, timeout: 5_000 }).catch(() => {});
    await context.tracing.stop({ path: `${keep}.zip` });
  }
  await context.close();
}
