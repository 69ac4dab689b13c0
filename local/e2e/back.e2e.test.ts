/** Back leads to where one was: a long list with all its pages, at the same place. */
import { expect, it } from 'vitest';
import { PHONE, useBrowser } from './browser-pages.ts';
import { makeSale } from './sale-setup.ts';

const browser = useBrowser();
/** More than a page of the list has. */
const SALES = 24;

it('comes back to the same place in a list of more than one page, and after a reload', async () => {
  for (let n = 0; n < SALES; n++) {
    await makeSale({ title: `A long evening ${n}`, opensInMs: 3_600_000 + n * 1_000 });
  }
  const page = await browser.open(PHONE);
  await page.goto('/');
  await page.getByRole('button', { name: 'Show more' }).click();
  const cards = page.locator('.event-card');
  await expect.poll(() => cards.count()).toBeGreaterThan(SALES);
  const count = await cards.count();
  const far = page.getByRole('link', { name: 'A long evening 22', exact: true });
  await far.scrollIntoViewIfNeeded();
  const before = Number(await page.evaluate('scrollY'));
  expect(before).toBeGreaterThan(2_000);

  await far.click();
  await page.getByRole('heading', { level: 1, name: 'A long evening 22' }).waitFor();
  await expect.poll(() => page.evaluate('scrollY')).toBe(0);
  await page.goBack();
  await far.waitFor();
  await expect.poll(() => page.evaluate('scrollY')).toBe(before);
  expect(await cards.count()).toBe(count);
});
