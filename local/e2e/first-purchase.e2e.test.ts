/** A shopper who has never been here, on a phone, at the moment of the sale. */
import { expect, it } from 'vitest';
import { useBrowser } from './browser-pages.ts';
import { makeSale } from './sale-setup.ts';
import { buyButton, confirm, hold, ITEM, markPage, register, wasReloaded } from './shopper.ts';

const HOUR_MS = 3_600_000;
const browser = useBrowser();

it('lets a first-time shopper register, wait for the opening, buy and confirm', async () => {
  const sale = await makeSale({ opensInMs: HOUR_MS });
  const page = await browser.open();
  const purchases: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/purchase/')) purchases.push(new URL(request.url()).pathname);
  });

  // She follows a link to the sale, and creates an account without losing the place.
  await page.goto(sale.path);
  await page.getByRole('heading', { level: 1, name: 'Night of lamps' }).waitFor();
  await register(page, 'Maja Holm');
  await page.getByRole('heading', { level: 1, name: 'Night of lamps' }).waitFor();
  await markPage(page);

  // The opening is moved to a few seconds from now; the page learns of it by itself.
  const opensAtMs = await sale.openIn(8_000);
  const early = page.getByRole('button', { name: `Not open yet: ${ITEM}` });
  await page.getByText(/^Opens in less than|^Opens in \d+ seconds/).waitFor({ state: 'attached' });

  // Pressing early costs nothing: nothing is sent, and no press is held against her.
  for (let press = 0; press < 20; press++) await early.click({ force: true });
  expect(purchases).toEqual([]);

  // The button becomes ready on time, and the first press buys.
  await buyButton(page).click();
  expect(Date.now()).toBeGreaterThanOrEqual(opensAtMs);
  await hold(page).waitFor();
  await confirm(page);
  expect(await wasReloaded(page)).toBe(false);
  expect(purchases.map((path) => path.split('/').at(-1) === 'confirm')).toEqual([false, true]);

  await page.getByRole('link', { name: 'My orders' }).first().click();
  await page.getByRole('heading', { level: 2, name: ITEM }).waitFor();
  await page.getByText('Confirmed', { exact: true }).waitFor();
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
  expect(await sale.stock()).toEqual({ total: 5, remaining: 4, held: 0, sold: 1 });
});
