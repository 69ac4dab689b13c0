/** Whoever waits has the unit that comes back, and whoever is drawn has theirs, without pressing anything. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { DE } from '../../client/texts/de.ts';
import { EN } from '../../client/texts/en.ts';
import { LAZY_DE } from '../../client/texts/lazy/de.ts';
import { LAZY_EN } from '../../client/texts/lazy/en.ts';
import { violationsOn } from './axe.ts';
import { PHONE, useBrowser } from './browser-pages.ts';
import { makeSale } from './sale-setup.ts';
import { ITEM, markPage, wasReloaded } from './shopper.ts';

/** WCAG 2.2, 1.4.10: what 1280 px are at 400 %. */
const NARROW = { ...PHONE, viewport: { width: 320, height: 640 } };
const LANGUAGES = {
  English: { locale: 'en-GB', texts: { ...LAZY_EN, ...EN.texts } },
  German: { locale: 'de-DE', texts: { ...LAZY_DE, ...DE.texts } },
};
/** Time enough to enter; entries close some seconds before. */
const DRAW_IN_MS = 25_000;

type Texts = (typeof LANGUAGES)['English']['texts'] | (typeof LANGUAGES)['German']['texts'];

const browser = useBrowser();

async function expectNoFault(page: Page): Promise<void> {
  expect(await violationsOn(page)).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
}

/** Opens a sale's page and creates an account there. */
async function arrive(page: Page, path: string, texts: Texts): Promise<void> {
  await page.goto(path);
  await page.getByRole('link', { name: texts.signIn, exact: true }).click();
  await page.getByRole('link', { name: texts.register }).click();
  await page.getByLabel(texts.displayName).fill('Maja Holm');
  await page.getByLabel(texts.email).fill(`${crypto.randomUUID()}@example.com`);
  await page.getByLabel(texts.password).fill('correct horse');
  await page.getByRole('button', { name: texts.register }).click();
  await page.getByRole('heading', { name: ITEM }).waitFor();
}

const button = (page: Page, name: string) =>
  page.getByRole('button', { name: `${name}: ${ITEM}`, exact: true });

describe.each(Object.entries(LANGUAGES))('in %s', (_, { locale, texts }) => {
  const { queue } = texts;

  it('a unit that is given back goes to whoever waits, wherever they look', async () => {
    const sale = await makeSale({ stock: 1 });
    const [maja, ole] = await Promise.all([
      browser.open({ ...NARROW, locale }),
      browser.open({ locale }),
    ]);
    await Promise.all([maja, ole].map((page) => arrive(page, sale.path, texts)));
    await button(ole, texts.buy).click();
    await ole.getByRole('region', { name: texts.holdTitle }).waitFor();

    await button(maja, queue.join).waitFor();
    await expectNoFault(maja);
    await button(maja, queue.join).tap();
    const place = maja.getByRole('region', { name: queue.placeTitle });
    await place.getByText(queue.standing.next()).waitFor();
    await expectNoFault(maja);

    // She looks elsewhere meanwhile, and finds her place again.
    await maja.getByRole('link', { name: texts.orders }).click();
    await maja.getByRole('heading', { name: queue.listTitle }).waitFor();
    await expectNoFault(maja);
    await maja.getByRole('link', { name: ITEM }).click();
    await place.getByText(queue.standing.next()).waitFor();
    await markPage(maja);

    await ole.getByRole('button', { name: texts.giveBack, disabled: false }).click();
    await maja.getByText(queue.turnTitle, { exact: true }).waitFor();
    await maja.getByRole('region', { name: texts.holdTitle }).waitFor();
    expect(await maja.title()).toContain(queue.turnInTab(''));
    await expectNoFault(maja);
    expect(await wasReloaded(maja)).toBe(false);

    // On any other screen the bar leads back to it.
    await maja.getByRole('link', { name: 'SwiftDrop' }).first().click();
    const bar = maja.getByRole('complementary', { name: texts.holdBar });
    await bar.getByText(queue.turnBar(ITEM)).waitFor();
    await expectNoFault(maja);
    await bar.getByRole('link', { name: queue.turnGo }).tap();
    await maja.getByRole('button', { name: texts.confirm, disabled: false }).tap();
    await maja.getByText(texts.purchase.confirmedTitle).waitFor();
    expect(await maja.title()).not.toContain(queue.turnInTab(''));
    await expectNoFault(maja);
    expect(await sale.integrity()).toMatchObject({ ok: true, items: [{ held: 0, sold: 1 }] });
  });

  it('a draw gives its unit to one of those who entered, and their places to the others', async () => {
    const sale = await makeSale({ stock: 1, admission: 'draw', opensInMs: DRAW_IN_MS });
    const pages = await Promise.all([
      browser.open({ ...NARROW, locale }),
      browser.open({ ...PHONE, locale }),
    ]);
    for (const page of pages) {
      await arrive(page, sale.path, texts);
      await button(page, queue.enterDraw).click();
      await page.getByRole('region', { name: queue.takePartTitle }).waitFor();
    }
    await pages[0].getByText(queue.others(1)).waitFor();
    await expectNoFault(pages[0]);
    await Promise.all(pages.map(markPage));

    const turn = (page: Page) => page.getByText(queue.turnTitle, { exact: true });
    await Promise.race(pages.map((page) => turn(page).waitFor()));
    const isFirst = await turn(pages[0]).isVisible();
    const [winner, other] = isFirst ? pages : pages.toReversed();
    await other?.getByText(queue.standing.next(), { exact: true }).waitFor();
    expect(await turn(other ?? pages[0]).count()).toBe(0);
    for (const page of pages) await expectNoFault(page);

    // What the one gives back is the other's.
    await winner?.getByRole('button', { name: texts.giveBack, disabled: false }).click();
    await turn(other ?? pages[0]).waitFor();
    expect(await Promise.all(pages.map(wasReloaded))).toEqual([false, false]);
  });
});
