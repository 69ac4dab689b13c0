/** One unit, two shoppers, one moment. */
import { expect, it } from 'vitest';
import { useBrowser } from './browser-pages.ts';
import { eventually, makeSale } from './sale-setup.ts';
import { arrive, buyButton, confirm, hold, ITEM, left, markPage, wasReloaded } from './shopper.ts';

const browser = useBrowser();

it('sells the last unit once, and tells both shoppers the truth', async () => {
  const sale = await makeSale({ stock: 1, waitlist: false });
  const pages = await Promise.all([browser.open(), browser.open()]);
  const [maja, ole] = pages;
  await Promise.all([arrive(maja, sale.path, 'Maja'), arrive(ole, sale.path, 'Ole')]);
  await Promise.all(pages.map(markPage));
  await Promise.all(pages.map((page) => left(page, 1).waitFor()));

  // Both press at once.
  await Promise.all(pages.map((page) => buyButton(page).click()));
  const holders = await eventually(
    async () => Promise.all(pages.map((page) => hold(page).isVisible())),
    (isHeld) => isHeld.includes(true),
  );
  expect(holders.filter(Boolean)).toHaveLength(1);
  const [winner, loser] = holders[0] ? [maja, ole] : [ole, maja];

  // Whoever was slower is told so with the counts, and that the unit may come back.
  await loser.getByText('nothing is left right now').waitFor();
  await loser.getByText('0 of 1 left: 0 sold, 1 held.').waitFor();
  await loser.getByText(/If it is not confirmed, a unit comes back/).waitFor();
  expect(await hold(loser).count()).toBe(0);

  // Once it is bought, nobody is given hope; nobody reloads.
  await confirm(winner);
  await loser.getByRole('button', { name: `Sold out: ${ITEM}` }).waitFor();
  await Promise.all(pages.map((page) => left(page, 0).waitFor()));
  expect(await Promise.all(pages.map(wasReloaded))).toEqual([false, false]);
  expect(await sale.integrity()).toMatchObject({ ok: true, items: [{ remaining: 0, sold: 1 }] });
});
