/** What admins do between sales: catalogue, customers, orders, moderation, and who is let in. */
import { expect, it } from 'vitest';
import { goTo, makeItem, signInAsAdmin, widerThanScreen } from './admin.ts';
import { DESK, PHONE, useBrowser } from './browser-pages.ts';
import { makeSale, reportedComment } from './sale-setup.ts';
import { arrive, confirm, holdOne, ITEM, register } from './shopper.ts';

const browser = useBrowser();

it('deletes an item that no event has, and keeps one that an event has', async () => {
  await makeSale();
  const page = await browser.open(DESK);
  await signInAsAdmin(page);
  await makeItem(page, 'Tin lamp');
  for (const name of [ITEM, 'Tin lamp']) {
    await page
      .getByRole('button', { name: `Delete: ${name}` })
      .first()
      .click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  }
  await page.getByText('This item is part of an event').waitFor();
  await page.getByRole('link', { name: 'Tin lamp' }).waitFor({ state: 'detached' });
  expect(await page.getByRole('link', { name: ITEM }).count()).toBeGreaterThan(0);
});

it('finds a customer’s order, ends the account and gives it back, and keeps a record', async () => {
  const sale = await makeSale({ title: 'Morning of lamps' });
  const shopper = await browser.open();
  await shopper.goto(sale.path);
  const email = await register(shopper, 'Ingrid Dahl');
  await holdOne(shopper);
  await confirm(shopper);

  const page = await browser.open(PHONE);
  await signInAsAdmin(page);
  await goTo(page, 'Customers');
  await page.getByLabel('Part of the name or the e-mail address').fill(email);
  await page.getByRole('link', { name: 'Ingrid Dahl' }).click();
  await page.getByRole('heading', { name: 'Orders of Ingrid Dahl' }).waitFor();
  await page.getByRole('link', { name: 'Morning of lamps' }).waitFor();
  await page.getByLabel('State').selectOption('Expired');
  await page.getByText('No order matches.').waitFor();
  await page.getByLabel('State').selectOption('Confirmed');
  await page.getByRole('cell', { name: ITEM }).waitFor();
  expect(await widerThanScreen(page)).toBe(0);

  await goTo(page, 'Customers');
  await page.getByLabel('Part of the name or the e-mail address').fill(email);
  await page.getByRole('button', { name: `Deactivate: ${email}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Deactivate' }).click();
  await page.getByRole('button', { name: `Activate: ${email}` }).click();
  await page.getByRole('button', { name: `Deactivate: ${email}` }).waitFor();
  await goTo(page, 'Audit log');
  await page
    .getByText(/ activated Ingrid Dahl\.$/)
    .first()
    .waitFor();
  await page
    .getByText(/ deactivated Ingrid Dahl\.$/)
    .first()
    .waitFor();
});

it('hides what was reported, and takes that back', async () => {
  const sale = await makeSale();
  const words = `You are all fools (${Date.now()}).`;
  await reportedComment(sale, words);
  const page = await browser.open(PHONE);
  await signInAsAdmin(page);
  await goTo(page, 'Moderation');
  await page.getByLabel('Kind').selectOption('Comments on events');
  await page.getByText(words).waitFor();
  await page.getByRole('button', { name: `Hide: ${words}` }).click();
  await page.getByRole('heading', { name: 'Decided just now' }).waitFor();
  await page.getByRole('button', { name: `Restore: ${words}` }).click();
  await page.getByRole('button', { name: `Hide: ${words}` }).waitFor();
  expect(await widerThanScreen(page)).toBe(0);
});

it('shows a customer that the console is for admins', async () => {
  const page = await browser.open();
  const sale = await makeSale();
  await arrive(page, sale.path, 'Ole');
  await page.goto('/admin');
  await page.getByRole('heading', { level: 1, name: 'For admins only' }).waitFor();
  expect(await page.getByRole('navigation', { name: 'Administration' }).count()).toBe(0);
});
