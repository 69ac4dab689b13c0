/** A hold that nobody confirms. */
import { expect, it } from 'vitest';
import { useBrowser } from './browser-pages.ts';
import { makeSale } from './sale-setup.ts';
import {
  arrive,
  buyButton,
  confirm,
  hold,
  holdOne,
  ITEM,
  left,
  markPage,
  wasReloaded,
} from './shopper.ts';

const HOLD_SECONDS = 12;
const browser = useBrowser();

it('ends a hold before its shopper’s eyes and gives the unit to the next one', async () => {
  const sale = await makeSale({ stock: 1, holdSeconds: HOLD_SECONDS, waitlist: false });
  const pages = await Promise.all([browser.open(), browser.open()]);
  const [maja, ole] = pages;
  await Promise.all([arrive(maja, sale.path, 'Maja'), arrive(ole, sale.path, 'Ole')]);
  await Promise.all(pages.map(markPage));

  await holdOne(maja);
  await ole.getByRole('button', { name: `Try for a returned unit: ${ITEM}` }).waitFor();
  await ole.getByText('1 held', { exact: true }).waitFor();

  // The time runs out: she is told, and the unit is his to buy at once.
  await maja.getByText('Your hold has ended').waitFor();
  expect(await hold(maja).count()).toBe(0);
  await buyButton(ole).click();
  await hold(ole).waitFor();
  await confirm(ole);

  await left(maja, 0).waitFor();
  await maja.getByRole('button', { name: `Sold out: ${ITEM}` }).waitFor();
  expect(await Promise.all(pages.map(wasReloaded))).toEqual([false, false]);
  expect(await sale.integrity()).toMatchObject({ ok: true, items: [{ held: 0, sold: 1 }] });
});
