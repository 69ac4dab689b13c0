/** Makes a page's clocks wrong, as a machine's settings and sleeps do. Must not touch timers. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';

/** A gap between two looks at the monotonic clock that is a sleep and no hiccup. */
const SLEEP_MS_MIN = 2_000;
const CHECK_EVERY_MS = 100;

const SCRIPT = (aheadMs: number) => `{
  const wrong = { aheadMs: ${aheadMs}, standsStill: false };
  const RealDate = Date;
  const nowMs = () => RealDate.now() + wrong.aheadMs;
  globalThis.Date = class Date extends RealDate {
    constructor(...given) {
      super(...(given.length === 0 ? [nowMs()] : given));
    }
    static now() {
      return nowMs();
    }
  };
  const originMs = performance.timeOrigin + wrong.aheadMs;
  Object.defineProperty(performance, 'timeOrigin', { get: () => originMs });
  const realMs = performance.now.bind(performance);
  let lastMs = realMs();
  let stoodStillMs = 0;
  performance.now = () => {
    const gapMs = realMs() - lastMs;
    lastMs += gapMs;
    if (wrong.standsStill && gapMs > ${SLEEP_MS_MIN}) stoodStillMs += gapMs;
    return lastMs - stoodStillMs;
  };
  setInterval(() => performance.now(), ${CHECK_EVERY_MS});
  globalThis.wrongClock = wrong;
}`;

/** @param aheadMs how far the machine's clock is ahead of the real one; negative if behind. */
export async function setClockWrong(page: Page, aheadMs: number): Promise<void> {
  await page.addInitScript(SCRIPT(aheadMs));
}

/** Somebody sets the machine's wall clock while the page is open. */
export async function changeWallClock(page: Page, aheadMs: number): Promise<void> {
  await page.evaluate(`wrongClock.aheadMs = ${aheadMs}`);
}

/**
 * Closes the lid: every process of the browser is stopped where it is, and goes on after a while
 * without having noticed. On some systems the monotonic clock stands still meanwhile.
 */
export async function sleepWith(
  page: Page,
  { forMs, standsStill }: { forMs: number; standsStill: boolean },
): Promise<void> {
  await page.evaluate(`wrongClock.standsStill = ${standsStill}`);
  const browser = page.context().browser();
  if (browser === null) throw new Error('the page has no browser');
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const signal = (name: NodeJS.Signals) => {
    for (const { id } of processInfo) process.kill(id, name);
  };
  signal('SIGSTOP');
  try {
    await pause(forMs);
  } finally {
    signal('SIGCONT');
  }
}
