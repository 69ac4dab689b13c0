/** Opens one page as on a slow phone, and reads from the browser what it took. */
import type { BrowserContext, CDPSession } from 'playwright-core';

/** Nothing of a page comes later than this after its last request, or it is not counted. */
const QUIET_MS = 1_500;
const PAGE_MS_MAX = 60_000;
const MBIT_BYTES = 125_000;

/** As docs/performance.md names them. */
const SLOWNESS = 4;
const NETWORK = {
  offline: false,
  latency: 150,
  downloadThroughput: 1.6 * MBIT_BYTES,
  uploadThroughput: 0.75 * MBIT_BYTES,
};

export interface Reading {
  /** From the start of the navigation. */
  firstPaintMs: number;
  largestPaintMs: number;
  /** What was painted last as the largest: a tag. */
  largest: string;
  /** Beyond the first 50 ms of each task. */
  blockedMs: number;
  /** Cumulative layout shift. */
  shift: number;
  /** As they came over the network. */
  bytes: number;
  scriptBytes: number;
}

/** What the browser itself noted. */
type Noted = Pick<Reading, 'firstPaintMs' | 'largestPaintMs' | 'largest' | 'blockedMs' | 'shift'>;

export async function readPage(context: BrowserContext, url: string): Promise<Reading> {
  const page = await context.newPage();
  try {
    page.setDefaultTimeout(PAGE_MS_MAX);
    const cdp = await context.newCDPSession(page);
    const sent = await countBytes(cdp);
    await cdp.send('Network.setCacheDisabled', { cacheDisabled: true });
    await cdp.send('Network.emulateNetworkConditions', NETWORK);
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: SLOWNESS });
    await page.goto(url, { waitUntil: 'load' });
    await page.waitForTimeout(QUIET_MS);
    return { ...(await page.evaluate<Noted>(READ_NOTED)), ...sent };
  } finally {
    await page.close();
  }
}

async function countBytes(cdp: CDPSession): Promise<Pick<Reading, 'bytes' | 'scriptBytes'>> {
  const sent = { bytes: 0, scriptBytes: 0 };
  const types = new Map<string, string>();
  await cdp.send('Network.enable');
  cdp.on('Network.responseReceived', ({ requestId, type }) => types.set(requestId, type));
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    sent.bytes += encodedDataLength;
    if (types.get(requestId) === 'Script') sent.scriptBytes += encodedDataLength;
  });
  return sent;
}

/** Read once at the end: the observers are given all that was buffered. As text, since a browser runs it. */
const READ_NOTED = `(async () => {
  const entriesOf = (type) =>
    new Promise((resolve) => {
      const observer = new PerformanceObserver((list) => {
        observer.disconnect();
        resolve(list.getEntries());
      });
      observer.observe({ type, buffered: true });
      // Without an entry it is never called.
      setTimeout(() => resolve([]), 200);
    });
  const paints = await entriesOf('paint');
  const largest = (await entriesOf('largest-contentful-paint')).at(-1);
  const shifts = await entriesOf('layout-shift');
  const tasks = await entriesOf('longtask');
  return {
    firstPaintMs: paints.find(({ name }) => name === 'first-contentful-paint')?.startTime ?? NaN,
    largestPaintMs: largest?.startTime ?? NaN,
    largest: largest?.element?.tagName.toLowerCase() ?? '',
    blockedMs: tasks.reduce((sum, { duration }) => sum + Math.max(0, duration - 50), 0),
    shift: shifts.reduce((sum, one) => sum + (one.hadRecentInput ? 0 : one.value), 0),
  };
})()`;
