/** From a sale that is sent to addresses, over where an order goes and what it costs, to the parcel. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { signInAsAdmin, widerThanScreen } from './admin.ts';
import { violationsOn } from './axe.ts';
import { DESK, PHONE, useBrowser } from './browser-pages.ts';
import { makeSale, type Sale } from './sale-setup.ts';
import { arrive, confirm, holdOne } from './shopper.ts';

const ACCEPTED = '4242424242424242';
/** As narrow as a screen may be. */
const NARROW = { ...PHONE, viewport: { width: 320, height: 640 } };
const SHIPPING = [
  { countries: ['DE', 'AT'], priceCents: 490 },
  { countries: ['CH'], priceCents: 1_990 },
];

const browser = useBrowser();

const payButton = (page: Page, total: string) =>
  page.getByRole('button', { name: `Buy now – pay ${total}` });
const form = (page: Page) => page.getByRole('form', { name: 'Delivery address' });

async function looksRight(page: Page) {
  expect(await violationsOn(page)).toEqual([]);
  expect(await widerThanScreen(page)).toBe(0);
}

async function holdIn(sale: Sale, size = PHONE as typeof DESK): Promise<Page> {
  // So narrow a page has no room for what the registration waits for.
  const page = await browser.open(size.viewport.width < 390 ? PHONE : size);
  await arrive(page, sale.path, 'Maja Holm');
  await page.setViewportSize(size.viewport);
  await holdOne(page);
  return page;
}

async function fillIn(page: Page, country = 'Germany') {
  await form(page).getByLabel('Country or region').selectOption(country);
  await form(page).getByLabel('First and last name').fill('Maja Holm');
  await form(page).getByLabel('Street and number').fill('Torstraße 1');
  await form(page)
    .getByLabel('Postal code')
    .fill(country === 'Germany' ? '10119' : '8001');
  await form(page)
    .getByLabel('Town or city')
    .fill(country === 'Germany' ? 'Berlin' : 'Zürich');
}

const use = (page: Page) => page.getByRole('button', { name: 'Deliver to this address' }).click();

it.each([
  ['narrow phone', NARROW],
  ['desk', DESK],
])('asks a shopper on a %s where it goes, and what they pay is what they saw', async (_, size) => {
  const sale = await makeSale({ payment: 'online', needsAddress: true, shipping: SHIPPING });
  const page = await holdIn(sale, size);
  await page.getByText('Austria, Germany: €4.90').waitFor();
  await form(page).waitFor();
  expect(await payButton(page, '€19.90').count()).toBe(0);
  await form(page).getByLabel('Country or region').selectOption('Switzerland');
  await use(page);
  await page.getByText('Please fill this in.').first().waitFor();
  await looksRight(page);
  await fillIn(page);
  await form(page).getByLabel('Keep this address for next time').check();
  await use(page);
  await page.getByText('Shipping to Germany').waitFor();
  await looksRight(page);
  await payButton(page, '€24.80').click();
  await page.getByRole('heading', { name: 'Test payment' }).waitFor();
  expect(await page.getByText('€24.80').count()).toBeGreaterThan(0);
  await page.getByLabel('Test card').fill(ACCEPTED);
  await page.getByRole('button', { name: 'Pay' }).click();
  await page.getByText('You paid €24.80.').waitFor();
  await page.getByText('10119 Berlin').waitFor();
  await looksRight(page);

  await page.getByRole('button', { name: 'Change address' }).click();
  await form(page).getByLabel('Street and number').fill('Torstraße 2');
  await use(page);
  await page.getByText('Torstraße 2').waitFor();

  await page.goto('/profile');
  await page.getByText('Torstraße 1').waitFor();
  await looksRight(page);

  // The next hold begins with the address that was kept.
  const next = await makeSale({ payment: 'online', needsAddress: true, shipping: SHIPPING });
  await page.goto(next.path);
  await holdOne(page);
  await page.getByText('Your saved address').waitFor();
  await payButton(page, '€24.80').waitFor();
  await page.getByRole('button', { name: 'Use another address' }).click();
  await fillIn(page, 'Switzerland');
  await use(page);
  await payButton(page, '€39.80').waitFor();
});

it('offers no other country, and asks anew where the kept address is elsewhere', async () => {
  const sale = await makeSale({ payment: 'online', needsAddress: true });
  const page = await holdIn(sale);
  await fillIn(page);
  await form(page).getByLabel('Keep this address for next time').check();
  await use(page);
  await payButton(page, '€19.90').waitFor();

  const next = await makeSale({
    payment: 'online',
    needsAddress: true,
    shipping: [{ countries: ['CH', 'AT'], priceCents: 490 }],
  });
  await page.goto(next.path);
  await holdOne(page);
  await page.getByText('This is not delivered to Germany.').waitFor();
  expect(await page.getByRole('button', { name: /^Buy now/ }).count()).toBe(0);
  const countries = form(page).getByLabel('Country or region').locator('option');
  expect(await countries.allTextContents()).toEqual(['Please choose', 'Austria', 'Switzerland']);
  await looksRight(page);
  await fillIn(page, 'Switzerland');
  await use(page);
  await payButton(page, '€24.80').waitFor();
});

it('asks before the confirmation where nothing is paid, and shows an admin where it goes', async () => {
  const sale = await makeSale({ needsAddress: true, title: 'Lamps by post' });
  const shopper = await holdIn(sale);
  await fillIn(shopper);
  await use(shopper);
  await shopper.getByText('10119 Berlin').waitFor();
  await confirm(shopper);

  const page = await browser.open(NARROW);
  await signInAsAdmin(page);
  await page.goto(`/admin/orders?event=${sale.id}`);
  await page.locator('.row-number').first().click();
  await page.getByText('10119 Berlin').waitFor();
  await looksRight(page);
  await page.getByRole('button', { name: 'Correct it' }).click();
  await form(page).getByLabel('Town or city').fill('Potsdam');
  await looksRight(page);
  await page.getByRole('button', { name: 'Save address' }).click();
  await page.getByText('The address is corrected.').waitFor();
  await page.getByText(/Delivery address corrected by/).waitFor();
  await page.getByRole('button', { name: 'Mark as sent' }).click();
  await page.getByText('Marked as sent.').waitFor();
  expect(await page.getByRole('button', { name: 'Correct it' }).count()).toBe(0);
});

it.each([
  ['narrow phone', NARROW],
  ['desk', DESK],
])('plans on a %s what delivery costs', async (_, size) => {
  const sale = await makeSale({ opensInMs: 3_600_000, payment: 'online' });
  const page = await browser.open(size);
  await signInAsAdmin(page);
  await page.goto(`/admin/events/${sale.id}/edit`);
  await page.getByLabel('Ask for a delivery address').check();
  await page.getByRole('button', { name: 'Add a group of countries' }).click();
  await page.getByLabel('Add a country').selectOption('Switzerland');
  await page.getByRole('button', { name: 'Add the countries of the EU' }).click();
  await page.getByRole('group', { name: 'Group 1' }).getByLabel('Price in EUR').fill('4.90');
  await page.getByRole('button', { name: 'Add everywhere else' }).click();
  await page.getByRole('group', { name: 'Everywhere else' }).getByLabel('Price in EUR').fill('19');
  await looksRight(page);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.goto(sale.path);
  await page.getByText('Everywhere else: €19.00').waitFor();
  expect(await page.getByText(/Switzerland.*: €4.90/).count()).toBe(1);
  await looksRight(page);
});
