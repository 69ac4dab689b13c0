/** An admin plans a draw, watches its queue, and decides about those in it. */
import { expect, inject, it } from 'vitest';
import { figure, goTo, makeItem, publish, signInAsAdmin, widerThanScreen } from './admin.ts';
import { violationsOn } from './axe.ts';
import { DESK, PHONE, useBrowser } from './browser-pages.ts';
import { asAdmin, asShopper } from './sale-by-api.ts';
import { markPage, wasReloaded } from './shopper.ts';

const browser = useBrowser();
const STAMP = Date.now();

it('plans a draw, sees who enters it, and disqualifies one with a reason', async () => {
  const url = inject('shopUrl');
  const item = `Drawn lamp ${STAMP}`;
  const page = await browser.open(PHONE);
  await signInAsAdmin(page);
  await makeItem(page, item);
  await goTo(page, 'Events');
  await page.getByRole('link', { name: 'New event' }).click();
  await page.getByLabel('Title', { exact: true }).fill(`Draw of lamps ${STAMP}`);
  await page.getByRole('radio', { name: 'Draw' }).check();
  await page.getByLabel('Offer time in seconds').fill('29');
  await page.getByLabel('Add an item from the catalogue').selectOption({ label: item });
  await page.getByLabel('Price in EUR').fill('29');
  await page.getByLabel('Stock').fill('1');
  await page.getByRole('button', { name: 'Save as draft' }).click();
  await page.getByText('Use 30 or more.').waitFor();
  await page.getByLabel('Offer time in seconds').fill('60');
  await page.getByRole('button', { name: 'Save as draft' }).click();
  await page.getByRole('heading', { level: 1, name: `Draw of lamps ${STAMP}` }).waitFor();
  await publish(page);
  await page.getByText(/^Entries close /).waitFor();
  expect(await page.getByRole('button', { name: 'Open now' }).count()).toBe(0);

  // Two people enter; the admin sees them come without a reload.
  await markPage(page);
  const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  const emails = [`first.${STAMP}@example.com`, `second.${STAMP}@example.com`];
  for (const email of emails) await (await asShopper(url, email)).enterEvent(id);
  await page.getByText('2 people wish for 2 units: 1 more would sell for €29.00').waitFor();
  await figure(page, 'Entrants so far').getByText('2', { exact: true }).waitFor();
  expect(await wasReloaded(page)).toBe(false);

  // What those two were promised cannot be edited any more.
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByText('No item can be added or removed.').waitFor();
  expect(await page.getByLabel('Price in EUR').isDisabled()).toBe(true);
  expect(await violationsOn(page)).toEqual([]);
  expect(await widerThanScreen(page)).toBe(0);
  await page.getByLabel('Stock').fill('2');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('2 people, 2 units wished for: there are enough.').first().waitFor();

  await page.getByRole('link', { name: 'Look up an entry' }).click();
  await page.getByRole('link', { name: emails[0] ?? '' }).waitFor();
  await page.getByLabel('E-mail address or id').fill(emails[1] ?? '');
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByRole('link', { name: emails[0] ?? '' }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: `Disqualify: ${emails[1]}` }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('cannot be undone').waitFor();
  expect(await violationsOn(page)).toEqual([]);
  await page.keyboard.type('Forty accounts of one person');
  await dialog.getByRole('button', { name: 'Disqualify' }).click();
  await page.getByText('Disqualified', { exact: true }).waitFor();
  expect(await page.getByRole('button', { name: `Disqualify: ${emails[1]}` }).count()).toBe(0);
  expect(await violationsOn(page)).toEqual([]);
  expect(await widerThanScreen(page)).toBe(0);

  await goTo(page, 'Audit log');
  await page
    .getByText(/ disqualified .+ in the queue of /)
    .first()
    .waitFor();
  await page.getByText('Forty accounts of one person', { exact: true }).waitFor();
});

it('adds units to a sale that is sold out, and sees them go to whoever waits', async () => {
  const url = inject('shopUrl');
  const title = `Waiting for lamps ${STAMP}`;
  const sale = await (await asAdmin(url)).makeSale({ title, opensInMs: 0, items: [{ stock: 1 }] });
  const [item] = sale.items;
  await (await asShopper(url, `buyer.${STAMP}@example.com`)).reserve(item?.id ?? '');
  await (await asShopper(url, `waiter.${STAMP}@example.com`)).enterEvent(sale.id);

  const page = await browser.open(DESK);
  await signInAsAdmin(page);
  await page.goto(`/admin/events/${sale.id}`);
  await page
    .getByText('1 person waits for 1 unit: 1 more would sell for €129.00 at once.')
    .waitFor();
  await markPage(page);
  await page.getByLabel('New total for').fill('3');
  await page.getByText('2 more: the queue would take 1 for €129.00 at once.').waitFor();
  await page.getByRole('button', { name: 'Set total' }).click();
  await page.getByText('They are offered to those who wait.').waitFor();
  await figure(page, 'Offers made').getByText('1', { exact: true }).waitFor();
  const panel = page.getByRole('region', { name: 'Queue', exact: true });
  const waiting = panel
    .getByText('Waiting', { exact: true })
    .locator('xpath=following-sibling::dd');
  await waiting.getByText('0', { exact: true }).waitFor();
  await figure(page, 'Units left').getByText('1', { exact: true }).waitFor();
  expect(await wasReloaded(page)).toBe(false);
  expect(await violationsOn(page)).toEqual([]);
  expect(await widerThanScreen(page)).toBe(0);
});
