/**
 * An account on a desk, in English: the screens whose layout differs there, an order on paper, the mail of a
 * reminder with its two ways to turn it off, and mails in the language that is chosen on the page.
 */
import type { Page } from 'playwright-core';
import { expect, inject, it } from 'vitest';
import { DE } from '../../client/texts/de.ts';
import { LAZY_EN } from '../../client/texts/lazy/en.ts';
import { BRAND } from '../../client/texts/texts.ts';
import { widerThanScreen } from './admin.ts';
import { violationsOn } from './axe.ts';
import { DESK, useBrowser } from './browser-pages.ts';
import { linkIn, mailTo } from './mailbox.ts';
import { makeSale } from './sale-setup.ts';
import { buyButton, confirm, register } from './shopper.ts';

const { open } = useBrowser();
const { account, order } = LAZY_EN;
const OPENS_IN_MS = 10 * 60_000;
/** Of words on light ground. */
const DARK_INK = 'rgb(27, 24, 21)';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const title = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor();

/** What axe finds, and by how much it is too wide. */
async function faultsOf(page: Page, at: string): Promise<string[]> {
  const faults = await violationsOn(page);
  const widthPx = await widerThanScreen(page);
  return [...faults, ...(widthPx > 0 ? [`${widthPx} px too wide`] : [])].map(
    (one) => `${at}: ${one}`,
  );
}

/** As the cron does each minute. */
async function sweep(): Promise<void> {
  expect((await fetch(`${inject('shopUrl')}/cdn-cgi/local/scheduled`)).status).toBe(200);
}

/** An account with a verified address. */
async function arriveVerified(page: Page, name: string): Promise<string> {
  await page.goto('/');
  const email = await register(page, name);
  await page.goto(linkIn(await mailTo(email, /\/verify\?token=/), '/verify'));
  await button(page, account.verifyNow).click();
  await page.getByText(account.verified).waitFor();
  return email;
}

it('confirms, buys and prints on a desk', async () => {
  const page = await open(DESK);
  const faults: string[] = [];
  const look = async (at: string) => void faults.push(...(await faultsOf(page, at)));
  const sale = await makeSale({ requireVerifiedEmail: true });
  await page.goto('/register');
  await title(page, LAZY_EN.registerTitle);
  await look('register');
  await arriveVerified(page, 'Maja Holm');
  await look('verified');
  await page.goto('/profile');
  await page.getByText(account.isVerified).waitFor();
  await button(page, account.changeEmail).click();
  await look('profile');

  await page.goto(sale.path);
  await buyButton(page).click();
  await confirm(page);
  await page.getByRole('link', { name: /^Order / }).click();
  await title(page, order.title);
  await look('order');
  // Also by somebody whose screen is dark.
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  expect(await page.getByRole('navigation').filter({ visible: true }).count()).toBe(0);
  expect(await page.getByRole('button').filter({ visible: true }).count()).toBe(0);
  expect(await page.getByText(BRAND, { exact: true }).isVisible()).toBe(true);
  expect(await page.getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/).isVisible()).toBe(true);
  expect(await page.evaluate('getComputedStyle(document.body).color')).toBe(DARK_INK);
  expect(faults).toEqual([]);
});

it('gets the mail of a reminder, and turns it off by its link, or by the button of a mail program', async () => {
  const page = await open(DESK);
  const email = await arriveVerified(page, 'Noor');
  const [first, second] = [
    await makeSale({ opensInMs: OPENS_IN_MS, title: 'First' }),
    await makeSale({ opensInMs: OPENS_IN_MS, title: 'Second' }),
  ];
  const wanted = (isOn: boolean) =>
    button(page, isOn ? account.remindOn : account.remind).waitFor();
  for (const { path } of [first, second]) {
    await page.goto(path);
    await button(page, account.remind).click();
    await wanted(true);
  }
  await sweep();
  const mail = await mailTo(email, new RegExp(`/events/${first.id}[^]*/reminders/off`));
  expect(mail.subject).toContain('First');

  await page.goto(linkIn(mail, '/reminders/off'));
  await button(page, account.remindOffNow).waitFor();
  const faults = await faultsOf(page, 'reminder');
  // That it was opened has changed nothing.
  await page.goto(first.path);
  await wanted(true);
  await page.goto(linkIn(mail, '/reminders/off'));
  await button(page, account.remindOffNow).click();
  await page.getByText(account.remindOffDone).waitFor();
  await page.goto(first.path);
  await wanted(false);

  const other = await mailTo(email, new RegExp(`/events/${second.id}`));
  const answer = await fetch(other.oneClickUrl, {
    method: 'POST',
    body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
  });
  expect(answer.status).toBe(204);
  await page.goto(second.path);
  await wanted(false);
  expect(faults).toEqual([]);
});

it('is written to in the language that is chosen on the page', async () => {
  const page = await open(DESK);
  const email = await arriveVerified(page, 'Linus');
  await page.goto('/profile');
  const stored = page.waitForResponse((answer) => answer.url().endsWith('/profile/language'));
  await button(page, 'Deutsch').click();
  await button(page, DE.texts.signOut).waitFor();
  expect((await stored).status()).toBe(204);
  await page.goto('/forgotten');
  await page.getByLabel('E-Mail-Adresse').fill(email);
  await button(page, 'Link schicken').click();
  const mail = await mailTo(email, /\/reset\?token=/);
  expect(mail.text).toContain('Jemand hat ein neues Passwort');
});
