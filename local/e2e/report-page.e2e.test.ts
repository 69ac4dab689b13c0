/** The report of a sale in a browser: reached from its event, without a fault, as it is without a script. */
import { expect, inject, it } from 'vitest';
import { LAZY_DE } from '../../client/texts/lazy/de.ts';
import { LAZY_EN } from '../../client/texts/lazy/en.ts';
import { REPORT_DE } from '../../client/texts/report/de.ts';
import { REPORT_EN } from '../../client/texts/report/en.ts';
import { violationsOn } from './axe.ts';
import { DESK, PHONE, useBrowser } from './browser-pages.ts';
import { asShopper } from './sale-by-api.ts';
import { makeSale } from './sale-setup.ts';

/** WCAG 2.2, 1.4.10: what 1280 px are at 400 %. */
const NARROW = { ...PHONE, viewport: { width: 320, height: 640 } };
const CASES = [
  { size: NARROW, locale: 'en-GB', report: REPORT_EN, link: LAZY_EN.reportLink },
  { size: PHONE, locale: 'de-DE', report: REPORT_DE, link: LAZY_DE.reportLink },
  { size: DESK, locale: 'de-DE', report: REPORT_DE, link: LAZY_DE.reportLink },
];

const browser = useBrowser();

async function closedSale() {
  const sale = await makeSale({ stock: 3, title: 'Night of lamps', reportPublic: true });
  const buyer = await asShopper(inject('shopUrl'), `${crypto.randomUUID()}@example.com`);
  await buyer.buy(sale.itemId);
  await sale.close();
  return sale;
}

it.each(CASES)(
  'is reached from its event and has no fault, in $locale at $size.viewport.width px',
  async (one) => {
    const { size, locale, report, link } = one;
    const sale = await closedSale();
    const page = await browser.open({ ...size, locale });
    await page.goto(sale.path);
    await page.getByRole('link', { name: link }).click();
    await page.waitForURL(`**${sale.path}/report`);
    await page.getByRole('heading', { level: 1, name: /Night of lamps/ }).waitFor();
    await page.getByText(report.summary('1', '3')).waitFor();
    await page.getByRole('heading', { name: report.units.title }).waitFor();
    expect(await violationsOn(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
    await page.getByRole('link', { name: report.back, exact: true }).click();
    await page.waitForURL(`**${sale.path}`);
  },
);

it('says the same without a script', async () => {
  const sale = await closedSale();
  const page = await browser.open({ ...DESK, javaScriptEnabled: false });
  await page.goto(`${sale.path}/report`);
  const said = page.locator('.report-lead');
  expect(await said.textContent()).toBe(REPORT_EN.summary('1', '3'));
  const bar = page.getByRole('img', { name: /Sold at once 1, Never taken 2/ });
  expect(await bar.count()).toBe(1);
});
