/** One visit of a page on a phone of the middle kind and a slow network. Must not start any server. */
import type { Browser, BrowserContext, CDPSession } from 'playwright-core';
import { type LongTask, totalBlockingMs } from './total-blocking-time.ts';

const PHONE = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 3,
  isMobile: true,
  hasTouch: true,
};
const CPU_SLOWDOWN = 4;
const BITS_PER_BYTE = 8;
const NETWORK = {
  offline: false,
  latency: 150,
  downloadThroughput: 1_600_000 / BITS_PER_BYTE,
  uploadThroughput: 750_000 / BITS_PER_BYTE,
};
/** Without a long task for so long, the page is at rest. */
const QUIET_MS = 5_000;
const VISIT_MS_MAX = 60_000;
const CHECK_EVERY_MS = 500;

/** Run in the page before anything else. */
const WATCH = `
window.__seen = { paints: {}, lcp: 0, shift: 0, tasks: [] };
const observe = (type, take) => new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) take(entry);
}).observe({ type, buffered: true });
observe('paint', ({ name, startTime }) => { window.__seen.paints[name] = startTime; });
observe('largest-contentful-paint', ({ startTime }) => { window.__seen.lcp = startTime; });
observe('layout-shift', ({ value, hadRecentInput }) => {
  if (!hadRecentInput) window.__seen.shift += value;
});
observe('longtask', ({ startTime, duration }) => window.__seen.tasks.push({ startTime, duration }));
`;

interface Seen {
  paints: Record<string, number>;
  lcp: number;
  shift: number;
  tasks: LongTask[];
}

export interface PageFigures extends Record<string, number> {
  firstPaintMs: number;
  largestPaintMs: number;
  blockingMs: number;
  layoutShift: number;
  transferredBytes: number;
  scriptBytes: number;
  requests: number;
}

/** With nothing in its cache. */
export async function loadPage(browser: Browser, url: string): Promise<PageFigures> {
  const context = await browser.newContext(PHONE);
  try {
    return await visit(context, url);
  } finally {
    await context.close();
  }
}

async function visit(context: BrowserContext, url: string): Promise<PageFigures> {
  const page = await context.newPage();
  const devTools = await context.newCDPSession(page);
  await devTools.send('Network.enable');
  await devTools.send('Network.emulateNetworkConditions', NETWORK);
  await devTools.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
  const traffic = watchTraffic(devTools);
  await page.addInitScript({ content: WATCH });
  await page.goto(url, { waitUntil: 'load', timeout: VISIT_MS_MAX });
  const giveUpAtMs = performance.now() + VISIT_MS_MAX;
  for (;;) {
    const [seen, nowMs] = await page.evaluate<[Seen, number]>('[window.__seen, performance.now()]');
    const fcp = seen.paints['first-contentful-paint'];
    const lastEndMs = seen.tasks.reduce((end, task) => Math.max(end, endOf(task)), fcp ?? nowMs);
    if (nowMs - lastEndMs >= QUIET_MS || performance.now() > giveUpAtMs) {
      return {
        firstPaintMs: fcp ?? 0,
        largestPaintMs: seen.lcp,
        blockingMs: totalBlockingMs(seen.tasks, { firstPaintMs: fcp ?? 0, quietMs: QUIET_MS }),
        layoutShift: seen.shift,
        ...traffic(),
      };
    }
    await page.waitForTimeout(CHECK_EVERY_MS);
  }
}

type Traffic = Pick<PageFigures, 'transferredBytes' | 'scriptBytes' | 'requests'>;

function watchTraffic(devTools: CDPSession): () => Traffic {
  const scripts = new Set<string>();
  const sum: Traffic = { transferredBytes: 0, scriptBytes: 0, requests: 0 };
  devTools.on('Network.responseReceived', ({ requestId, type }) => {
    if (type === 'Script') scripts.add(requestId);
  });
  devTools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    sum.requests++;
    sum.transferredBytes += encodedDataLength;
    if (scripts.has(requestId)) sum.scriptBytes += encodedDataLength;
  });
  return () => sum;
}

function endOf({ startTime, duration }: LongTask): number {
  return startTime + duration;
}
