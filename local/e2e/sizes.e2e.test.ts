/** A shoe in sizes, bought on a narrow phone: what was chosen stays chosen until it is in an order. */
import type { Page } from 'playwright-core';
import { describe, expect, inject, it } from 'vitest';
import { DE } from '../../client/texts/de.ts';
import { EN } from '../../client/texts/en.ts';
import { LAZY_DE } from '../../client/texts/lazy/de.ts';
import { LAZY_EN } from '../../client/texts/lazy/en.ts';
import { violationsOn } from './axe.ts';
import { PHONE, useBrowser } from './browser-pages.ts';
import { asAdmin } from './sale-by-api.ts';

/** WCAG 2.2, 1.4.10: what 1280 px are at 400 %. */
const NARROW = { ...PHONE, viewport: { width: 320, height: 640 } };
const STOCK = { 'EU 40': 3, 'EU 41': 3, 'EU 42': 2, 'EU 43': 1, 'EU 44': 0 };
const LANGUAGES = {
  English: { locale: 'en-GB', texts: { ...LAZY_EN, ...EN.texts }, signsInBy: 'the button' },
  German: { locale: 'de-DE', texts: { ...LAZY_DE, ...DE.texts }, signsInBy: 'the link above' },
};

type Texts = (typeof LANGUAGES)['English']['texts'] | (typeof LANGUAGES)['German']['texts'];

const browser = useBrowser();

async function expectNoFault(page: Page): Promise<void> {
  expect(await violationsOn(page)).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
}

/** Creates an account on the screen for signing in, and comes back from there. */
async function register(page: Page, texts: Texts): Promise<void> {
  await page.getByRole('link', { name: texts.register }).click();
  await page.getByLabel(texts.displayName).fill('Maja Holm');
  await page.getByLabel(texts.email).fill(`${crypto.randomUUID()}@example.com`);
  await page.getByLabel(texts.password).fill('correct horse');
  await page.getByRole('button', { name: texts.register }).click();
}

describe.each(Object.entries(LANGUAGES))('in %s', (_, { locale, texts, signsInBy }) => {
  it('lets a shopper choose a size by touch or keys, keeps it through signing in, and sells it', async () => {
    const admin = await asAdmin(inject('shopUrl'));
    const sale = await admin.makeSale({
      title: 'Night run',
      opensInMs: -1_000,
      items: [{ stock: STOCK }],
    });
    const name = sale.items[0]?.name ?? '';
    const page = await browser.open({ ...NARROW, locale });
    const size = (label: string) => page.getByRole('radio', { name: label });
    await page.goto(`/events/${sale.id}`);

    // Nothing is chosen for her; a press of the button leads to the sizes.
    const sizes = page.getByRole('group', { name: texts.chooseSize });
    await sizes.waitFor();
    expect(await sizes.getByRole('radio').count()).toBe(5);
    expect(await sizes.getByRole('radio', { checked: true }).count()).toBe(0);
    await size(`EU 44, ${texts.variantSoldOut}`).waitFor();
    await page.getByRole('button', { name: texts.itemLabel(texts.chooseSize, name) }).tap();
    await page.locator('input[type=radio]:focus').waitFor();
    await expectNoFault(page);

    // By touch, and from there by the arrow keys.
    await size('EU 41').tap();
    await page.getByRole('radio', { name: 'EU 41', checked: true }).waitFor();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('radio', { name: 'EU 42', checked: true }).waitFor();
    expect(await sizes.getByRole('radio', { checked: true }).count()).toBe(1);

    const chosen = `${name} · EU 42`;
    const signsIn =
      signsInBy === 'the button'
        ? page.getByRole('button', { name: texts.itemLabel(texts.buySignedOut, chosen) })
        : page.getByRole('link', { name: texts.signIn, exact: true });
    await signsIn.tap();
    await register(page, texts);
    await page.getByRole('radio', { name: 'EU 42', checked: true }).waitFor();
    await page.getByRole('button', { name: texts.itemLabel(texts.buy, chosen) }).tap();
    await page.getByRole('region', { name: texts.holdTitle }).waitFor();
    await size(`EU 42, ${texts.holdTitle}`).waitFor();
    await expectNoFault(page);

    // Elsewhere the bar at the foot names the size, and leads back to it.
    await page.getByRole('link', { name: 'SwiftDrop' }).first().tap();
    const bar = page.getByRole('complementary', { name: texts.holdBar });
    await bar.getByText(texts.holdBarOne(chosen)).waitFor();
    await expectNoFault(page);
    await bar.getByRole('link', { name: texts.holdBarGo }).tap();
    await page.getByRole('radio', { name: 'EU 42', checked: true }).waitFor();
    await page.getByRole('button', { name: texts.confirm, disabled: false }).tap();
    await page.getByText(texts.purchase.confirmedTitle).waitFor();
    await expectNoFault(page);

    // One is the limit over all sizes: none is offered any more.
    await size('EU 41').tap();
    await page.getByText(texts.purchase.ownUnitsAll).waitFor();
    expect(await page.getByRole('button', { name: texts.itemLabel(texts.buy, name) }).count()).toBe(
      0,
    );

    await page.goto('/orders');
    await page.getByRole('heading', { level: 2, name: chosen }).waitFor();
    await page.locator('a[href^="/orders/ord_"]').first().tap();
    await page.getByRole('heading', { level: 1, name: texts.order.title }).waitFor();
    await page.getByRole('heading', { level: 2, name: chosen }).waitFor();
    await expectNoFault(page);
  });
});
