/**
 * A device that is switched on and told, in a real browser: its own service worker shows what comes. A
 * browser without a screen reaches no push service, so the page is given an address of one, and the message
 * is handed over where the push service would.
 */
import type { Page } from 'playwright-core';
import { expect, inject, it } from 'vitest';
import { LAZY_EN } from '../../client/texts/lazy/en.ts';
import type { PushMessage } from '../../worker/contract/push.ts';
import { violationsOn } from './axe.ts';
import { PHONE, useBrowser } from './browser-pages.ts';
import { linkIn, mailTo } from './mailbox.ts';
import { makeSale } from './sale-setup.ts';
import { arrive, register } from './shopper.ts';

const { open } = useBrowser();
const { push, account, queue } = LAZY_EN;
const MESSAGE: PushMessage = {
  kind: 'your_turn',
  title: 'It is your turn: Brass lamp',
  body: 'Reserved for you until 18:10 CET. Tap to buy it.',
  url: '/orders',
  tag: 'turn/1',
};

/** What the push service would answer the browser. */
const SUBSCRIBES = `
  let known = null;
  const endpoint = 'https://fcm.googleapis.com/fcm/send/' + crypto.randomUUID();
  const keys = { p256dh: 'B' + 'a'.repeat(86), auth: 'a'.repeat(22) };
  PushManager.prototype.subscribe = async () => (known = {
    endpoint, options: {}, toJSON: () => ({ endpoint, keys }), unsubscribe: async () => { known = null; },
  });
  PushManager.prototype.getSubscription = async () => known;
`;

async function openDevice(permissions: string[]): Promise<Page> {
  const page = await open({ ...PHONE, permissions });
  await page.addInitScript(SUBSCRIBES);
  return page;
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

it('who waits switches the device on, is shown what comes, and switches it off on the profile', async () => {
  const sale = await makeSale({ stock: 0 });
  const page = await openDevice(['notifications']);
  await arrive(page, sale.path, 'Maja Holm');
  await page.getByRole('button', { name: queue.join }).first().click();
  await page.getByText(push.leads.turn).waitFor();
  expect(
    await page.evaluate('navigator.serviceWorker.getRegistrations().then((all) => all.length)'),
  ).toBe(0);
  await button(page, push.turnOn).click();
  await page.getByText(push.on).waitFor();
  expect(await violationsOn(page)).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
  expect(await shownAfter(page, MESSAGE)).toEqual([
    { title: MESSAGE.title, body: MESSAGE.body, tag: MESSAGE.tag, data: { url: MESSAGE.url } },
  ]);
  await page.getByRole('link', { name: /Signed in as/ }).click();
  const section = page.getByRole('region', { name: push.title });
  await section.getByText(push.on).waitFor();
  await section.getByRole('button', { name: push.turnOff }).click();
  await section.getByRole('button', { name: push.turnOn }).waitFor();
  expect(await violationsOn(page)).toEqual([]);
});

it('who is reminded is offered it there, and told where the browser says no', async () => {
  const sale = await makeSale({ opensInMs: 60 * 60_000 });
  const page = await openDevice([]);
  await page.goto(sale.path);
  const email = await register(page, 'Ole Berg');
  await page.goto(linkIn(await mailTo(email, /\/verify\?token=/), '/verify'));
  await button(page, account.verifyNow).click();
  await page.getByText(account.verified).waitFor();
  await page.goto(sale.path);
  await button(page, account.remind).click();
  await page.getByText(push.leads.opening).waitFor();
  expect(await violationsOn(page)).toEqual([]);
  await button(page, push.turnOnAgain).click();
  await page.getByText(new RegExp(`${push.blocked}|${push.refused}`)).waitFor();
});

/** Hands a message to the service worker, and gives what it shows then. */
async function shownAfter(page: Page, message: PushMessage): Promise<unknown> {
  const browser = await page.context().newCDPSession(page);
  const registered = new Promise<string>((resolve) => {
    browser.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [one] = registrations;
      if (one) resolve(one.registrationId);
    });
  });
  await browser.send('ServiceWorker.enable');
  await browser.send('ServiceWorker.deliverPushMessage', {
    origin: inject('shopUrl'),
    registrationId: await registered,
    data: JSON.stringify(message),
  });
  await expect
    .poll(() => page.evaluate(`${SHOWN}.then((all) => all.length)`), { timeout: 20_000 })
    .toBe(1);
  return page.evaluate(
    `${SHOWN}.then((all) => all.map(({ title, body, tag, data }) => ({ title, body, tag, data })))`,
  );
}

const SHOWN =
  'navigator.serviceWorker.ready.then((registration) => registration.getNotifications())';
