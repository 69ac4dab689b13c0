/** A list that is longer than a screenful: searched and narrowed, with and without script. */
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { DE } from '../../client/texts/de.ts';
import { EN } from '../../client/texts/en.ts';
import { violationsOn } from './axe.ts';
import { PHONE, useBrowser } from './browser-pages.ts';
import { asAdmin } from './sale-by-api.ts';

/** With those of other tests more than fit on a screen. */
const DROPS = 10;
/** Of two digits each: a search passes over words of one character. */
const NUMBER_MIN = 21;
const HOUR_MS = 3_600_000;
const LANGUAGES = {
  English: { locale: 'en-GB', texts: EN.texts },
  German: { locale: 'de-DE', texts: DE.texts },
};

const browser = useBrowser();

beforeAll(async () => {
  const admin = await asAdmin(inject('shopUrl'));
  for (let n = 0; n < DROPS; n++) {
    await admin.makeSale({
      title: `Sought ${NUMBER_MIN + n}`,
      opensInMs: (n + 1) * HOUR_MS,
      items: [{ stock: 1 }],
    });
  }
});

describe.each(Object.entries(LANGUAGES))('in %s', (_, { locale, texts }) => {
  it('finds a drop by the name of its item', async () => {
    const page = await browser.open({ ...PHONE, viewport: { width: 320, height: 640 }, locale });
    await page.goto('/');
    await page.getByRole('searchbox').fill('sought 27, ITEM');
    await page.getByRole('button', { name: texts.finder.search }).tap();
    await page.waitForURL('**/?q=sought+27%2C+ITEM');
    await page.getByRole('link', { name: 'Sought 27' }).waitFor();
    expect(await page.getByRole('article').count()).toBe(1);
    expect(await violationsOn(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
    await page.getByRole('searchbox').fill('nothing like it');
    await page.keyboard.press('Enter');
    await page.getByText(texts.finder.nothing).waitFor();
    await page.getByRole('link', { name: texts.allEvents }).last().tap();
    await page.getByRole('link', { name: 'Sought 21', exact: true }).waitFor();
  });

  it('does so without script', async () => {
    const page = await browser.open({ ...PHONE, locale, javaScriptEnabled: false });
    await page.goto('/');
    await page.getByRole('searchbox').fill('sought 28');
    await page.getByRole('button', { name: texts.finder.search }).tap();
    await page.getByRole('link', { name: 'Sought 28' }).waitFor();
    expect(await page.getByRole('article').count()).toBe(1);
    expect(await page.getByRole('searchbox').inputValue()).toBe('sought 28');
  });
});
