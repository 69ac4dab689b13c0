/**
 * One account from its beginning to its end, by the mails that the shop sends: in German, on a phone.
 * Every screen on the way is looked at by axe.
 */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { DE } from '../../client/texts/de.ts';
import { LAZY_DE } from '../../client/texts/lazy/de.ts';
import { violationsOn } from './axe.ts';
import { PHONE, useBrowser } from './browser-pages.ts';
import { linkIn, mailTo } from './mailbox.ts';
import { makeSale } from './sale-setup.ts';
import { ITEM } from './shopper.ts';

const { open } = useBrowser();
const { texts } = DE;
const { account, order } = LAZY_DE;
const GERMAN = { ...PHONE, locale: 'de-DE' };
const PASSWORD = 'richtiges pferd';
const NEXT_PASSWORD = 'batterie und heftklammer';
const ORDER_NUMBER = /\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b/;

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const title = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor();

it('registers, confirms, buys, forgets, and leaves', async () => {
  const faults: string[] = [];
  async function look(at: string) {
    faults.push(...(await violationsOn(page)).map((fault) => `${at}: ${fault}`));
  }
  const sale = await makeSale({ requireVerifiedEmail: true });
  const page = await open(GERMAN);
  const email = `maja.holm.${Date.now()}@example.com`;

  await page.goto(sale.path);
  await page.getByText(texts.verifiedOnly).waitFor();
  await page.getByRole('link', { name: texts.signIn, exact: true }).click();
  await page.getByRole('link', { name: LAZY_DE.register }).click();
  await page.getByLabel(LAZY_DE.displayName).fill('Maja Holm');
  await page.getByLabel(LAZY_DE.email).fill(email);
  await page.getByLabel(LAZY_DE.password).fill(PASSWORD);
  await button(page, LAZY_DE.register).click();
  await page.getByText(account.registered(email)).waitFor();
  await look('registered');

  await page.getByRole('button', { name: texts.itemLabel(texts.buy, ITEM) }).click();
  await page.getByText(account.verifyFirstHow(email)).waitFor();
  await look('refused');
  const verification = await mailTo(email, /\/verify\?token=/);
  const tab = await page.context().newPage();
  await tab.goto(linkIn(verification, '/verify'));
  await button(tab, account.verifyNow).waitFor();
  faults.push(...(await violationsOn(tab)).map((fault) => `to verify: ${fault}`));
  // Programs that look for viruses open links before people do, and run their scripts: nothing is done.
  await page.reload();
  await page.getByRole('button', { name: texts.itemLabel(texts.buy, ITEM) }).click();
  await page.getByText(account.verifyFirstHow(email)).waitFor();
  await tab.keyboard.press('Tab');
  await tab.keyboard.press('Enter');
  await tab.getByText(account.verified).waitFor();
  expect(new URL(tab.url()).search).toBe('');
  faults.push(...(await violationsOn(tab)).map((fault) => `verified: ${fault}`));
  // Pressed twice, or after an answer that was lost: it is not over for that.
  await tab.goto(linkIn(verification, '/verify'));
  await button(tab, account.verifyNow).click();
  await tab.getByText(account.verified).waitFor();
  await tab.goto('/verify?token=nothing');
  await button(tab, account.verifyNow).click();
  await tab.getByText(account.linkOver).waitFor();
  await tab.close();

  // The page that was open all along knows it too, and what was chosen is still there.
  await page.getByText(account.verified).waitFor();
  await page.getByRole('button', { name: texts.itemLabel(texts.buy, ITEM) }).click();
  await page.getByRole('button', { name: LAZY_DE.confirm, disabled: false }).click();
  await page.getByText(LAZY_DE.purchase.confirmedTitle).waitFor();
  const confirmation = await mailTo(email, ORDER_NUMBER);
  const [number = ''] = ORDER_NUMBER.exec(confirmation.text) ?? [];
  await page.getByRole('link', { name: LAZY_DE.purchase.orderCalled(number) }).click();
  await title(page, order.title);
  await page.getByText(number, { exact: true }).waitFor();
  await look('order');
  await page.goto('/orders');
  await page.getByText(number, { exact: true }).waitFor();
  await page.locator('.order-item').getByRole('link', { name: ITEM }).first().click();
  await title(page, order.title);

  const coming = await makeSale({ opensInMs: 3_600_000 });
  await page.goto(coming.path);
  await button(page, account.remind).click();
  await page.getByRole('region', { name: account.remindedTitle }).waitFor();
  await look('reminded');
  await page.reload();
  await button(page, account.remindOn).waitFor();

  await button(page, texts.signOut).click();
  await button(page, texts.signOutHere).click();
  await page.goto('/sign-in');
  await page.getByRole('link', { name: account.forgot }).click();
  await title(page, account.forgot);
  await look('forgotten');
  await page.getByLabel(LAZY_DE.email).fill(email);
  await button(page, account.sendLink).click();
  await page.getByText(account.forgottenSent(email)).waitFor();
  await look('link sent');
  const reset = linkIn(await mailTo(email, /\/reset\?token=/), '/reset');
  await page.goto(reset);
  await title(page, account.resetTitle);
  expect(new URL(page.url()).search).toBe('');
  await look('reset');
  await page.getByLabel(LAZY_DE.newPassword).fill(NEXT_PASSWORD);
  await button(page, LAZY_DE.savePassword).click();
  await button(page, texts.signOut).waitFor();
  await page.goto(reset);
  await page.getByLabel(LAZY_DE.newPassword).fill(NEXT_PASSWORD);
  await button(page, LAZY_DE.savePassword).click();
  await page.getByText(account.linkOver).waitFor();
  await look('reset link used');

  await page.goto('/profile');
  await page.getByText(account.isVerified).waitFor();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    button(page, account.download).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^swiftdrop-[\d-]+\.json$/);
  await button(page, account.changeEmail).click();
  await button(page, account.deleteAction).click();
  await look('profile');
  const end = page.getByRole('form', { name: account.deleteTitle });
  await end.getByLabel(account.passwordToChange).fill(NEXT_PASSWORD);
  await button(page, account.deleteNow).click();
  await page.getByText(new RegExp(`${account.deleted}|${account.deleting}`)).waitFor();
  await look('deleted');
  await page.getByRole('link', { name: texts.signIn, exact: true }).waitFor();
  expect(faults).toEqual([]);
});

it('says when the link of a reminder is no good', async () => {
  const page = await open(GERMAN);
  await page.goto('/reminders/off?token=nothing');
  await button(page, account.remindOffNow).click();
  await page.getByText(account.linkOver).waitFor();
  expect(await violationsOn(page)).toEqual([]);
});
