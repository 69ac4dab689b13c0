/** An admin runs a sale, from its first item to its last figure. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import {
  figure,
  goTo,
  makeItem,
  makeShoe,
  publish,
  signInAsAdmin,
  widerThanScreen,
} from './admin.ts';
import { DESK, PHONE, useBrowser } from './browser-pages.ts';
import { confirm, hold, left, markPage, register, wasReloaded } from './shopper.ts';

const browser = useBrowser();
const ITEM = `Tall lamp ${Date.now()}`;
const EVENT = `Night of tall lamps ${Date.now()}`;

/** @returns the address of the event's page in the console. */
async function makeEvent(page: Page): Promise<string> {
  await goTo(page, 'Events');
  await page.getByRole('link', { name: 'New event' }).click();
  await page.getByLabel('Title', { exact: true }).fill(EVENT);
  await page.getByLabel('Add an item from the catalogue').selectOption({ label: ITEM });
  await page.getByLabel('Price in EUR').fill('19.90');
  await page.getByLabel('Stock').fill('5');
  await page.getByLabel('Limit per customer').fill('2');
  await page.getByRole('radio', { name: 'Not here' }).click();
  await page.getByRole('button', { name: 'Save as draft' }).click();
  await page.getByRole('heading', { level: 1, name: EVENT }).waitFor();
  await publish(page);
  return new URL(page.url()).pathname;
}

async function setTotal(page: Page, total: number) {
  await page.getByLabel(`New total for ${ITEM}`).fill(String(total));
  await page.getByRole('button', { name: 'Set total' }).click();
}

it('runs a sale from an item’s first day to the moving chart, and adds units while it sells', async () => {
  const desk = await browser.open(DESK);
  await signInAsAdmin(desk);
  await makeItem(desk, ITEM);
  const path = await makeEvent(desk);

  // A shopper has found it and waits; the admin opens it by hand.
  const phone = await browser.open(PHONE);
  await phone.goto(path.replace('/admin', ''));
  await register(phone, 'Maja Holm');
  await phone.getByRole('button', { name: `Not open yet: ${ITEM}` }).waitFor();
  await Promise.all([desk, phone].map(markPage));
  await desk.getByRole('button', { name: 'Open now' }).click();
  await desk.getByRole('dialog').getByRole('button', { name: 'Open now' }).click();
  await desk.getByText('Opened by hand').waitFor();
  await figure(desk, 'Units sold').getByText('0', { exact: true }).waitFor();

  await phone.getByRole('button', { name: `Buy: ${ITEM}` }).click();
  await hold(phone).waitFor();
  await figure(desk, 'Units held').getByText('1', { exact: true }).waitFor();
  await confirm(phone);

  // Nobody reloads the page: its chart and its figures change by themselves.
  await desk.getByRole('img', { name: /Units sold from .*: 1 in all/ }).waitFor();
  await figure(desk, 'Revenue from items').getByText('€19.90').waitFor();
  await figure(desk, 'Units left').getByText('4', { exact: true }).waitFor();

  // Less than what is sold is refused with the numbers; more is on sale at once.
  await setTotal(desk, 0);
  await desk.getByText('4 of 5 left: 1 sold, 0 held.').waitFor();
  await setTotal(desk, 9);
  await desk.getByText(`${ITEM} now has 9 units in all.`).waitFor();
  await figure(desk, 'Units left').getByText('8', { exact: true }).waitFor();
  await left(phone, 8).waitFor();

  // Closed by hand, it is over for everybody.
  await desk.getByRole('button', { name: 'Close now' }).click();
  await desk.getByRole('dialog').getByRole('button', { name: 'Close now' }).click();
  await desk.getByText('Closed by hand').waitFor();
  await phone.getByRole('button', { name: `Sale over: ${ITEM}` }).waitFor();
  expect(await Promise.all([desk, phone].map(wasReloaded))).toEqual([false, false]);
  expect(await Promise.all([desk, phone].map(widerThanScreen))).toEqual([0, 0]);

  const download = desk.waitForEvent('download');
  await desk.getByRole('button', { name: 'Download orders (CSV)' }).click();
  const csv = await readFile(await (await download).path(), 'utf8');
  expect(csv).toContain('maja.holm.');
  expect(csv.trim().split('\n')).toHaveLength(2);
});

it('sells an item in sizes: planned line by line, and watched size by size', async () => {
  const shoe = `Red shoe ${Date.now()}`;
  const page = await browser.open(PHONE);
  await signInAsAdmin(page);
  await makeShoe(page, shoe, ['41', '42', '43']);
  await goTo(page, 'Events');
  await page.getByRole('link', { name: 'New event' }).click();
  await page.getByLabel('Title', { exact: true }).fill(`Night of ${shoe}`);
  await page.getByLabel('Add an item from the catalogue').selectOption({ label: shoe });
  await page.getByLabel('Price in EUR').fill('90');
  await page.getByLabel('Same stock for all').fill('5');
  await page.getByRole('button', { name: `Set for all: ${shoe}` }).click();
  await page.getByLabel('Stock: 42', { exact: true }).fill('');
  await page.getByLabel('Price: 43', { exact: true }).fill('95');
  await page.getByText('Units in all: 10').waitFor();
  expect(await widerThanScreen(page)).toBe(0);
  await page.getByRole('button', { name: 'Save as draft' }).click();

  await page.getByRole('heading', { level: 1, name: `Night of ${shoe}` }).waitFor();
  await page.getByRole('button', { name: 'Open now' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Open now' }).click();
  await page.getByText('Opened by hand').waitFor();
  await page.getByRole('heading', { level: 4, name: '43 €95.00' }).waitFor();
  expect(await page.getByRole('heading', { level: 4 }).count()).toBe(2);
  await page.getByLabel(`New total for ${shoe} · 43`).fill('8');
  await page.getByRole('button', { name: 'Set total' }).last().click();
  await page.getByText(`${shoe} · 43 now has 8 units in all.`).waitFor();
  await figure(page, 'Units left').getByText('13', { exact: true }).waitFor();
  expect(await widerThanScreen(page)).toBe(0);

  // A size that is on sale stays in the catalogue.
  await goTo(page, 'Catalogue');
  await page.getByRole('link', { name: shoe, exact: true }).click();
  await page.getByRole('button', { name: 'Remove 43' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('You removed: 43.').waitFor();
  expect(await widerThanScreen(page)).toBe(0);
});
