/** Paying for a held unit: from its card to the provider's page, and back to what became of it. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { violationsOn } from './axe.ts';
import { DESK, PHONE, useBrowser } from './browser-pages.ts';
import { eventually, makeSale, refundOrder, type Sale } from './sale-setup.ts';
import { arrive, holdOne } from './shopper.ts';

const ACCEPTED = '4242424242424242';
const NO_MONEY = '4000000000009995';
const ASKS_THE_BANK = '4000002500003155';

const browser = useBrowser();

const payButton = (page: Page) => page.getByRole('button', { name: 'Buy now – pay €19.90' });
const told = (page: Page, title: string) =>
  page.getByRole('heading', { level: 2, name: title, exact: true }).waitFor();

/** Seen, and not only heard. */
const said = (page: Page, sentence: string) => page.getByText(sentence, { exact: true }).waitFor();

async function holdIn(sale: Sale, options = PHONE as typeof DESK): Promise<Page> {
  const page = await browser.open(options);
  await arrive(page, sale.path, 'Maja Holm');
  await holdOne(page);
  return page;
}

/** From the button to the provider's page. */
async function goToPay(page: Page) {
  await payButton(page).click();
  await page.getByRole('heading', { name: 'Test payment' }).waitFor();
}

async function payWith(page: Page, card: string) {
  await page.getByLabel('Test card').fill(card);
  await page.getByRole('button', { name: 'Pay' }).click();
}

async function looksRight(page: Page) {
  expect(await violationsOn(page)).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
}

const orderIdOf = (page: Page) => /\/orders\/([^/?]+)/.exec(page.url())?.[1] ?? '';

it.each([
  ['phone', PHONE],
  ['desk', DESK],
])('lets a shopper on a %s pay, and then see a part and all of it given back', async (_, size) => {
  const sale = await makeSale({ payment: 'online' });
  const page = await holdIn(sale, size);
  await page.getByText('Total').first().waitFor();
  expect(await page.getByRole('button', { name: 'Order with obligation to pay' }).count()).toBe(0);
  await looksRight(page);
  await goToPay(page);
  expect(await page.getByText('€19.90').count()).toBeGreaterThan(0);
  await payWith(page, ACCEPTED);

  await told(page, 'It is yours, and paid');
  await said(page, 'You paid €19.90.');
  await looksRight(page);
  expect(await sale.stock()).toEqual({ total: 5, remaining: 4, held: 0, sold: 1 });
  const orderId = orderIdOf(page);

  await refundOrder(orderId, { amountCents: 500, reason: 'scratched' });
  await eventually(
    async () => {
      await page.reload();
      await page.getByRole('heading', { level: 2, name: 'Payment' }).waitFor();
      return page.getByText('We sent €5.00 of €19.90 back.', { exact: false }).count();
    },
    (count) => count > 0,
  );
  await looksRight(page);
  await refundOrder(orderId, { restock: true, reason: 'returned' });
  await eventually(
    async () => {
      await page.reload();
      await page.getByRole('heading', { level: 2, name: 'Payment' }).waitFor();
      return page.getByText('We sent €19.90 back.', { exact: false }).count();
    },
    (count) => count > 0,
  );
  await page.getByText('Returned to the shop.').waitFor();
  await eventually(sale.stock, ({ remaining }) => remaining === 5);
  await page.getByRole('link', { name: 'My orders' }).first().click();
  await page.getByText('Refunded: €19.90').waitFor();
  await looksRight(page);
});

it.each([
  ['phone', PHONE],
  ['desk', DESK],
])(
  'lets a shopper on a %s whose card is declined leave, learn why and pay again',
  async (_, size) => {
    const sale = await makeSale({ payment: 'online' });
    const page = await holdIn(sale, size);
    await goToPay(page);
    await payWith(page, NO_MONEY);
    await page.getByRole('alert').waitFor();
    await page.getByRole('link', { name: 'Cancel' }).click();
    await told(page, 'The payment was declined');
    await said(page, 'There is not enough money on the card, or its limit is reached.');
    await looksRight(page);
    expect(await sale.stock()).toMatchObject({ held: 1, sold: 0 });

    // The same page of the provider, as long as one can pay there.
    await goToPay(page);
    await payWith(page, ACCEPTED);
    await told(page, 'It is yours, and paid');
  },
);

it('asks the bank of a shopper, who is told where it said no, and then yes', async () => {
  const sale = await makeSale({ payment: 'online' });
  const page = await holdIn(sale);
  await goToPay(page);
  await payWith(page, ASKS_THE_BANK);
  await page.getByRole('button', { name: 'Fail' }).click();
  await page.getByRole('link', { name: 'Cancel' }).click();
  await said(page, 'Your bank did not get your approval.');
  await goToPay(page);
  await payWith(page, ASKS_THE_BANK);
  await page.getByRole('button', { name: 'Confirm' }).click();
  await told(page, 'It is yours, and paid');
  expect(await sale.stock()).toMatchObject({ held: 0, sold: 1 });
});

it('lets a shopper who goes back from the payment page go on, or give the unit back', async () => {
  const sale = await makeSale({ payment: 'online' });
  const page = await holdIn(sale);
  await goToPay(page);
  await page.goBack();
  await payButton(page).click();
  await page.getByRole('heading', { name: 'Test payment' }).waitFor();
  await page.getByRole('link', { name: 'Cancel' }).click();
  await told(page, 'Not paid yet');
  await page.getByRole('link', { name: 'Go to hold' }).click();
  await page.getByRole('button', { name: 'Give it back' }).click();
  await page.getByText('Given back').waitFor();
  await page.getByRole('link', { name: 'See the order and its payment' }).click();
  await told(page, 'Your card was not charged');
  expect(await sale.stock()).toMatchObject({ held: 0, sold: 0 });
});

it('charges nobody whose time ran out while they paid, and says so', async () => {
  const sale = await makeSale({ payment: 'online', stock: 1, holdSeconds: 12 });
  const page = await holdIn(sale);
  await goToPay(page);
  await payWith(page, ASKS_THE_BANK);
  await page.getByRole('button', { name: 'Confirm' }).waitFor();

  // The unit is free again, and somebody else takes it.
  await eventually(sale.stock, ({ remaining }) => remaining === 1);
  const other = await holdIn(sale, DESK);
  await page.getByRole('button', { name: 'Confirm' }).click();
  await page.getByText('This payment page has ended.').waitFor();
  await page.getByRole('link', { name: 'Cancel' }).click();
  await told(page, 'Your card was not charged');
  await looksRight(page);
  await goToPay(other);
  await payWith(other, ACCEPTED);
  await told(other, 'It is yours, and paid');
  expect(await sale.stock()).toEqual({ total: 1, remaining: 0, held: 0, sold: 1 });
});
