/** Clocks that are wrong, and machines that sleep: the page runs on the server's time all the same. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { PHONE, useBrowser } from './browser-pages.ts';
import { eventually, makeSale } from './sale-setup.ts';
import {
  arrive,
  buyButton,
  hold,
  holdOne,
  markPage,
  secondsShown,
  wasReloaded,
} from './shopper.ts';
import { changeWallClock, setClockWrong, sleepWith } from './wrong-clock.ts';

const HOUR_MS = 3_600_000;
const ASLEEP_MS = 6_000;
/** Between an opening and the time at which a busy machine was seen to have noticed. */
const NOTICED_MS_MAX = 5_000;

const browser = useBrowser();

/** Seconds by which the large countdown is off; 0 while it could be any of those it showed. */
async function secondsOff(page: Page, momentMs: number): Promise<number> {
  const most = Math.ceil((momentMs - Date.now()) / 1_000);
  const shown = await secondsShown(page);
  const least = Math.ceil((momentMs - Date.now()) / 1_000);
  return shown > most ? shown - most : Math.min(0, shown - least);
}

async function countdownIsRight(page: Page, momentMs: number): Promise<void> {
  await eventually(
    () => secondsOff(page, momentMs),
    (off) => Math.abs(off) <= 1,
  );
}

/** Keeps each reading of the large countdown from now on. */
async function recordDigits(page: Page): Promise<() => Promise<number[]>> {
  await page.evaluate(`{
    const read = () => [...document.querySelectorAll('.countdown-large .countdown-digits')]
      .map(({ textContent }) => Number(textContent))
      .reduce((sum, value) => sum * 60 + value, 0);
    globalThis.readings = [read()];
    new MutationObserver(() => readings.push(read()))
      .observe(document.body, { subtree: true, childList: true, characterData: true });
  }`);
  return async () => page.evaluate('readings');
}

describe('a machine whose clock is wrong', () => {
  it.each([
    ['an hour ahead', HOUR_MS, 'Pacific/Auckland'],
    ['an hour behind', -HOUR_MS, 'America/Los_Angeles'],
  ])(
    'that is %s and in another zone counts down right within a second, and buys on time',
    async (_, aheadMs, timeZone) => {
      const sale = await makeSale({ opensInMs: HOUR_MS / 2 });
      const page = await browser.open({ ...PHONE, timezoneId: timeZone });
      await setClockWrong(page, aheadMs);
      await arrive(page, sale.path, 'Maja');
      await countdownIsRight(page, sale.opensAtMs);
      // Times of day are those of the zone that the machine is set to.
      const style = { hour: '2-digit', minute: '2-digit', timeZone } as const;
      const opens = new Intl.DateTimeFormat('en-GB', style).format(sale.opensAtMs);
      await page.getByText(new RegExp(`^Opens .*${opens}`)).waitFor();

      const opensAtMs = await sale.openIn(8_000);
      await eventually(
        () => secondsShown(page),
        (seconds) => seconds <= 8,
      );
      await countdownIsRight(page, opensAtMs);
      await buyButton(page).waitFor();
      expect(Date.now() - opensAtMs).toBeGreaterThanOrEqual(0);
      expect(Date.now() - opensAtMs).toBeLessThan(NOTICED_MS_MAX);
      await holdOne(page);
      // Five minutes, not an hour and five or none.
      expect(
        await hold(page)
          .getByText(/^(5:00|4:[2-5]\d)$/)
          .count(),
      ).toBe(1);
    },
  );

  it('is set right while one looks, and no digit moves', async () => {
    const sale = await makeSale({ opensInMs: HOUR_MS / 2 });
    const page = await browser.open();
    await setClockWrong(page, HOUR_MS);
    await page.goto(sale.path);
    await countdownIsRight(page, sale.opensAtMs);
    const readings = await recordDigits(page);
    const asked = page.waitForResponse((response) => response.url().endsWith(sale.path));
    await changeWallClock(page, 0);
    // It notices, asks the server for the time, and finds that it had it right.
    await asked;
    await countdownIsRight(page, sale.opensAtMs);
    const shown = await readings();
    expect(shown).toEqual(shown.toSorted((a, b) => b - a));
    expect(Math.max(...shown) - Math.min(...shown)).toBeLessThan(60);
  });
});

describe('a laptop that sleeps', () => {
  it.each([
    ['stands still', true],
    ['goes on', false],
  ])(
    'and whose monotonic clock %s meanwhile finds the countdown right, no digit going back',
    async (_, standsStill) => {
      const sale = await makeSale({ opensInMs: HOUR_MS / 2 });
      const page = await browser.open();
      await setClockWrong(page, 0);
      await page.goto(sale.path);
      await countdownIsRight(page, sale.opensAtMs);
      await markPage(page);
      const readings = await recordDigits(page);
      await sleepWith(page, { forMs: ASLEEP_MS, standsStill });
      await countdownIsRight(page, sale.opensAtMs);
      const shown = await readings();
      expect(shown).toEqual(shown.toSorted((a, b) => b - a));
      // It was asleep for real: there are seconds that nobody saw.
      const [first = 0, last = 0] = [shown[0], shown.at(-1)];
      expect(first - last).toBeGreaterThanOrEqual(ASLEEP_MS / 1_000 - 1);
      expect(new Set(shown).size).toBeLessThan(first - last);
      expect(await wasReloaded(page)).toBe(false);
    },
  );

  it('through an opening finds the sale open', async () => {
    const sale = await makeSale({ opensInMs: HOUR_MS / 2 });
    const page = await browser.open();
    await setClockWrong(page, 0);
    await arrive(page, sale.path, 'Maja');
    await markPage(page);
    await sale.openIn(ASLEEP_MS);
    await sleepWith(page, { forMs: ASLEEP_MS + 1_000, standsStill: true });
    await holdOne(page);
    expect(await wasReloaded(page)).toBe(false);
  });
});
