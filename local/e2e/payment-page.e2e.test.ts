/** The local Stripe's page in a browser, whose form leads to another origin, where the shop is. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { stripeClient } from '../stripe/testing/stripe-client.ts';
import { violationsOn } from './axe.ts';
import { openBrowser } from './browser.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(() => browser?.close());

/** A page of a shop that says how it was reached. */
async function startShop(): Promise<string> {
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'text/html').end(`<title>shop</title>${request.url}`);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return `http://127.0.0.1:${address.port}`;
}

it('a shopper is declined, authenticates with another card, and returns to the shop', async () => {
  const shopUrl = await startShop();
  const { session } = await stripeClient();
  const { id, url } = await session({ success_url: `${shopUrl}/back?{CHECKOUT_SESSION_ID}` });
  const page = await browser.newPage();
  await page.goto(url);
  expect(await violationsOn(page)).toEqual([]);
  await page.getByLabel('Test card').fill('4000000000009995');
  await page.getByRole('button', { name: 'Pay' }).click();
  await expect
    .poll(() => page.getByRole('alert').textContent())
    .toBe('Your card has insufficient funds.');
  expect(await violationsOn(page)).toEqual([]);
  await page.getByLabel('Test card').fill('4000002500003155');
  await page.getByRole('button', { name: 'Pay' }).click();
  await page.getByRole('heading', { name: 'Approval by the bank' }).waitFor();
  expect(await violationsOn(page)).toEqual([]);
  await page.getByRole('button', { name: 'Confirm' }).click();
  await page.waitForURL(`${shopUrl}/back?${id}`);
});

it('a shopper whose bank takes its time is led on by the page', async () => {
  const { session, stripe } = await stripeClient();
  const { url } = await session();
  const page = await browser.newPage();
  await page.goto(url);
  await page.getByLabel('Fault').selectOption('authentication_slow');
  await page.getByRole('button', { name: 'Pay' }).click();
  await page.getByText('The bank takes its time.').waitFor();
  await stripe.advance(6 * 60_000);
  await page.getByText('The payment was made.').waitFor();
  expect(await violationsOn(page)).toEqual([]);
});
