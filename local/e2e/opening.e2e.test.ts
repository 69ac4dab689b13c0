/** Nothing moves at a sale's opening, and Buy is at hand: lived through on phones and a desk. */
import { isDeepStrictEqual } from 'node:util';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { DESK, PHONE, useBrowser } from './browser-pages.ts';
import { eventually, makeSale } from './sale-setup.ts';
import { arrive, buyButton, ITEM, secondsShown } from './shopper.ts';

const browser = useBrowser();

/** The opening is far away until everybody has arrived, and then brought near. */
const FAR_MS = 1_800_000;
/** Long enough for every page to learn of its opening, and to be measured before it. */
const NEAR_MS = 10_000;
/** What a layout shift may be at most; a pixel's rounding is none. */
const SHIFT_MAX = 0.001;

const SCREENS = {
  'a phone': PHONE,
  'a small phone': { ...PHONE, viewport: { width: 390, height: 664 } },
  'the narrowest phone': { ...PHONE, viewport: { width: 320, height: 568 } },
  'a desk': DESK,
};
it.each(['en-GB', 'de-DE'])(
  'nothing moves at the opening, on any screen, in %s',
  async (locale) => {
    const sale = await makeSale({ opensInMs: FAR_MS, limitPerCustomer: 3 });
    const paths = [sale.path, `${sale.path}/items/${sale.itemId}`];
    const arrived = Object.entries(SCREENS).flatMap(([name, screen]) =>
      paths.map(async (path) => {
        const page = await browser.open({ ...screen, locale });
        await arriveAt(page, path);
        return { name, path, page };
      }),
    );
    const waiting = await Promise.all(arrived);
    await sale.openIn(NEAR_MS);
    const lived = waiting.map(async ({ name, path, page }) => ({
      name,
      path,
      ...(await liveThrough(page)),
    }));
    for (const { name, path, moved, shifts, isAtHand } of await Promise.all(lived)) {
      expect({ name, path, moved, shifts, isAtHand }).toEqual({
        name,
        path,
        moved: null,
        shifts: [],
        isAtHand: true,
      });
    }
  },
);

/** Opens a page of a sale that is not open yet, until nothing of it is missing. */
async function arriveAt(page: Page, path: string): Promise<void> {
  await page.addInitScript(`
    window.shifts = [];
    new PerformanceObserver((list) => {
      for (const { value, sources } of list.getEntries())
        window.shifts.push({ value, of: sources.map(({ node }) => node?.className ?? '') });
    }).observe({ type: 'layout-shift', buffered: true });
  `);
  await page.goto(path);
  await page.locator('.buy button').waitFor();
  await page.waitForFunction(`document.querySelectorAll('.item-rating a').length > 0`);
  await page.waitForFunction('document.fonts.status === "loaded"');
}

/** Watches a page whose sale opens within seconds, until Buy can be pressed. */
async function liveThrough(page: Page) {
  const action = page.locator('.buy button');
  // It has learnt when.
  await eventually(
    () => secondsShown(page, '.countdown'),
    (seconds) => seconds * 1_000 <= NEAR_MS,
  );
  await action.and(page.locator('[aria-disabled="true"]')).waitFor();
  const before = await action.boundingBox();
  await page.evaluate('window.shifts.length = 0');

  await page.locator('.badge-live').waitFor();
  await page.locator('.buy button[aria-disabled="false"]').waitFor();
  const after = await action.boundingBox();
  const height = page.viewportSize()?.height ?? 0;
  const shifts = await page.evaluate<{ value: number }[]>('window.shifts');
  return {
    moved: isDeepStrictEqual(after, before) ? null : { before, after },
    shifts: shifts.filter(({ value }) => value > SHIFT_MAX),
    isAtHand: after !== null && after.y + after.height <= height,
  };
}

it('the button that was waited on is the one that buys', async () => {
  const page = await browser.open({ ...PHONE, viewport: { width: 390, height: 664 } });
  const sale = await makeSale({ opensInMs: FAR_MS });
  await arrive(page, sale.path, 'Ida');
  const waiting = page.getByRole('button', { name: `Not open yet: ${ITEM}` });
  await waiting.focus();
  await sale.openIn(NEAR_MS);
  await buyButton(page).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: 'Held for you' }).waitFor();
  expect((await sale.stock()).held).toBe(1);
});
