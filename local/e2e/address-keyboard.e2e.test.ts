/** A shopper who has a keyboard and nothing else says where an order goes, and pays for it. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { widerThanScreen } from './admin.ts';
import { violationsOn } from './axe.ts';
import { DESK, PHONE, useBrowser } from './browser-pages.ts';
import { focusedOn, tabTo } from './keyboard.ts';
import { makeSale } from './sale-setup.ts';
import { arrive, hold, ITEM } from './shopper.ts';

const ACCEPTED = '4242424242424242';
const SHIPPING = [
  { countries: ['DE', 'AT'], priceCents: 490 },
  { countries: ['CH'], priceCents: 1_990 },
];
const COUNTRY = 'Country or region';
const NAME = 'First and last name';
const USE = 'Deliver to this address';

const browser = useBrowser();

async function looksRight(page: Page) {
  expect(await violationsOn(page)).toEqual([]);
  expect(await widerThanScreen(page)).toBe(0);
}

async function press(page: Page, name: string, key = 'Enter') {
  await tabTo(page, name);
  await page.keyboard.press(key);
}

async function type(page: Page, fields: readonly (readonly [label: string, text: string])[]) {
  for (const [label, text] of fields) {
    await tabTo(page, label);
    await page.keyboard.type(text);
  }
}

it.each([
  ['phone', PHONE],
  ['desk', DESK],
])('fills in an address and pays on a %s with Tab, Space and Enter alone', async (_, size) => {
  const sale = await makeSale({ payment: 'online', needsAddress: true, shipping: SHIPPING });
  const page = await browser.open(size);
  await arrive(page, sale.path, 'Maja Holm');
  await page.reload();
  await page.getByRole('button', { name: `Buy: ${ITEM}` }).waitFor();
  await press(page, `Buy: ${ITEM}`);
  await hold(page).waitFor();
  await page.getByLabel(COUNTRY).waitFor();

  // Countries that it is not delivered to are not there; the letters of one choose it.
  await type(page, [[COUNTRY, 'Ger']]);
  expect(await page.getByLabel(COUNTRY).locator('option').allTextContents()).toEqual([
    'Austria',
    'Germany',
    'Switzerland',
  ]);
  await looksRight(page);

  // What is missing is said, and the first of it has the focus.
  await press(page, USE);
  await page.getByText('Please fill this in.').first().waitFor();
  expect((await focusedOn(page)).name).toBe(NAME);
  await looksRight(page);
  await page.keyboard.type('Maja Holm');
  await type(page, [
    ['Street and number', 'Torstraße 1'],
    ['Postal code', '10119'],
    ['Town or city', 'Berlin'],
  ]);
  await press(page, 'Keep this address for next time', 'Space');
  await press(page, USE);
  await page.getByText('Shipping to Germany').waitFor();
  expect((await focusedOn(page)).isPage).toBe(false);
  await looksRight(page);

  // The form that changes it is reached and left again.
  await press(page, 'Change address');
  await page.getByLabel(COUNTRY).waitFor();
  await press(page, 'Leave it as it is');
  await page.getByText('10119 Berlin').waitFor();

  await press(page, 'Buy now – pay €24.80');
  await page.getByRole('heading', { name: 'Test payment' }).waitFor();
  await tabTo(page, 'Test card / Testkarte');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(ACCEPTED);
  await press(page, 'Pay / Bezahlen');
  await page.getByText('You paid €24.80.').waitFor();
  await page.getByText('10119 Berlin').waitFor();
  await looksRight(page);
  expect(await sale.stock()).toMatchObject({ remaining: 4, held: 0, sold: 1 });
});
