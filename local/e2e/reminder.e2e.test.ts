/** A reminder on a phone, from the list of drops to the mail, by somebody who has no account yet. */
import type { Page } from 'playwright-core';
import { expect, inject, it } from 'vitest';
import { EN } from '../../client/texts/en.ts';
import { LAZY_EN } from '../../client/texts/lazy/en.ts';
import { widerThanScreen } from './admin.ts';
import { violationsOn } from './axe.ts';
import { PHONE, useBrowser } from './browser-pages.ts';
import { linkIn, mailTo } from './mailbox.ts';
import { makeSale } from './sale-setup.ts';

const { open } = useBrowser();
const { account } = LAZY_EN;
/** Less than a reminder is sent ahead: the next sweep sends it. */
const OPENS_IN_MS = 10 * 60_000;
const PASSWORD = 'correct horse';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

async function faultsOf(page: Page): Promise<string[]> {
  const widthPx = await widerThanScreen(page);
  return [...(await violationsOn(page)), ...(widthPx > 0 ? [`${widthPx} px too wide`] : [])];
}

/** As the cron does each minute. */
async function sweep(): Promise<void> {
  expect((await fetch(`${inject('shopUrl')}/cdn-cgi/local/scheduled`)).status).toBe(200);
}

it('a signed-out visitor on a phone is reminded after registering and confirming by the mail’s link', async () => {
  const faults: string[] = [];
  const sale = await makeSale({ opensInMs: OPENS_IN_MS, title: 'Late runners' });
  const page = await open(PHONE);
  const email = `reminded.${Date.now()}@example.com`;
  await page.goto(sale.path);
  await button(page, account.remind).click();
  const told = page.getByRole('region', { name: account.remindTitle });
  await told.getByText(account.remindNeeds).waitFor();
  faults.push(...(await faultsOf(page)));
  await page.keyboard.press('Escape');
  await told.waitFor({ state: 'detached' });
  await button(page, account.remind).click();
  await told.getByRole('link', { name: EN.texts.signIn }).click();
  await page.getByText(account.reasons.signInForReminder('Late runners')).waitFor();
  await page.getByRole('link', { name: LAZY_EN.register }).click();
  await page.getByText(account.reasons.registerForReminder('Late runners')).waitFor();
  await page.getByLabel(LAZY_EN.displayName).fill('Noor');
  await page.getByLabel(LAZY_EN.email).fill(email);
  await page.getByLabel(LAZY_EN.password).fill(PASSWORD);
  await button(page, LAZY_EN.register).click();

  // Back at the drop, and nothing was pressed again.
  const waits = page.getByRole('region', { name: account.remindUnverified });
  await waits.getByText(account.openLink(email)).waitFor();
  faults.push(...(await faultsOf(page)));
  await waits.getByRole('button', { name: account.closeReminder }).click();
  await button(page, account.remindWaits).waitFor();

  // In another browser, where nobody is signed in.
  const mail = await open(PHONE);
  await mail.goto(linkIn(await mailTo(email, /\/verify\?token=/), '/verify'));
  await button(mail, account.verifyNow).click();
  await mail.getByText(account.verified).waitFor();
  await sweep();
  const reminder = await mailTo(email, new RegExp(`/events/${sale.id}`));
  expect(reminder.subject).toContain('Late runners');

  await page.reload();
  await button(page, account.remindOn).click();
  await page.getByText(account.remindedSoon(email)).waitFor();
  await button(page, account.remindOffNow).click();
  await button(page, account.remind).waitFor();
  expect(faults).toEqual([]);
});
