/** Pictures from the console's form to the shop: uploaded, put in order, listed without a shift, swiped and enlarged. */
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { expect, inject, it } from 'vitest';
import { PICTURES_EN } from '../../client/admin/texts/pictures-en.ts';
import { EN } from '../../client/texts/en.ts';
import { GALLERY_EN } from '../../client/texts/lazy/gallery-en.ts';
import { SAMPLE_ADMIN } from '../sample-data.ts';
import { signInAsAdmin } from './admin.ts';
import { violationsOn } from './axe.ts';
import { DESK, PHONE, useBrowser } from './browser-pages.ts';

const browser = useBrowser();
const SMALL_PHONE = { ...PHONE, viewport: { width: 390, height: 664 } };
const COLOURS = ['#c03030', '#30a050', '#3050c0'];
const HOUR_MS = 3_600_000;
const SALES = 9;

async function pictureFile(colour: string, n: number) {
  const size = { width: 1_200, height: 900, channels: 3, background: colour } as const;
  const buffer = await sharp({ create: size }).jpeg().toBuffer();
  return { name: `picture ${n}.jpg`, mimeType: 'image/jpeg', buffer };
}

/** Fills the form of a new item and sends it. @returns the item, as the API gives it */
async function makeItem(page: Page, name: string) {
  await page.goto('/admin/catalogue/new');
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Category').fill('home');
  const files = await Promise.all(COLOURS.map(pictureFile));
  const text = { name: 'notes.png', mimeType: 'image/png', buffer: Buffer.from('not a picture') };
  await page.getByLabel(PICTURES_EN.choose).setInputFiles([...files, text]);
  await page.getByText(PICTURES_EN.faults.no_picture).waitFor();
  await expect.poll(() => page.locator('.picture-row img').count()).toBe(COLOURS.length);
  expect(await violationsOn(page)).toEqual([]);
  // The last one to the front, by the keyboard.
  await page.getByRole('button', { name: PICTURES_EN.up(PICTURES_EN.nth(3)) }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  const [first] = await page.locator('.picture-row img').all();
  const shown = (await first?.getAttribute('src')) ?? '';
  const saved = page.waitForResponse(
    (answer) =>
      answer.url().endsWith('/api/v1/admin/items') && answer.request().method() === 'POST',
  );
  await page.getByRole('button', { name: 'Create item' }).click();
  const item = (await (await saved).json()) as { id: string; imageUrl: string; pictures: string[] };
  expect(item.pictures).toHaveLength(COLOURS.length);
  expect(item.imageUrl).toBe(shown);
  return item;
}

async function post(path: string, json: object, token = ''): Promise<unknown> {
  const response = await fetch(`${inject('shopUrl')}/api/v1${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    body: JSON.stringify(json),
  });
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}

/** Nine sales of the item, each with its first picture as its cover. @returns one of them */
async function makeSales(item: { id: string; imageUrl: string }) {
  const { accessToken } = (await post('/auth/login', SAMPLE_ADMIN)) as { accessToken: string };
  const sales = Array.from({ length: SALES }, (_, n) =>
    post(
      '/admin/events',
      {
        title: `Painted thing ${n + 1}`,
        description: 'Painted by hand.',
        coverUrl: item.imageUrl,
        currency: 'EUR',
        startsAt: new Date(Date.now() - 1_000).toISOString(),
        // No countdown comes to another hour meanwhile, whose word may be shorter.
        endsAt: new Date(Date.now() + (n + 1.5) * HOUR_MS).toISOString(),
        items: [{ itemId: item.id, priceCents: 1_990, stock: 5, limitPerCustomer: 1 }],
      },
      accessToken,
    ),
  );
  const [sale] = (await Promise.all(sales)) as { id: string; items: { id: string }[] }[];
  if (sale === undefined) throw new Error('no sale was made');
  return { path: `/events/${sale.id}`, itemPath: `/events/${sale.id}/items/${sale.items[0]?.id}` };
}

/** Goes there, and down to its end and up again. @returns the shifts meanwhile */
async function shiftsAt(page: Page, path: string): Promise<unknown> {
  await page.goto(path);
  await page.locator('.picture img').first().waitFor();
  for (const place of ['document.body.scrollHeight / 2', 'document.body.scrollHeight', '0']) {
    await page.evaluate(`scrollTo({ top: ${place}, behavior: 'instant' })`);
    const isLoading = `[...document.images].some((img) => {
      const { top, bottom } = img.getBoundingClientRect();
      return !img.complete && bottom > 0 && top < innerHeight;
    })`;
    await expect.poll(() => page.evaluate(isLoading)).toBe(false);
  }
  return page.evaluate('window.shifts');
}

it('shows what an admin uploads in lists without a shift, to be swiped and enlarged by keys', async () => {
  const desk = await browser.open(DESK);
  await signInAsAdmin(desk);
  const item = await makeItem(desk, 'Painted thing');
  const sale = await makeSales(item);

  const page = await browser.open(SMALL_PHONE);
  await page.addInitScript(`
    window.shifts = [];
    new PerformanceObserver((list) => {
      for (const { value, sources } of list.getEntries())
        window.shifts.push([value, ...sources.map(({ node }) => node?.className)].join(' '));
    }).observe({ type: 'layout-shift', buffered: true });
  `);
  for (const path of ['/', sale.path, sale.itemPath]) {
    expect({ path, shifts: await shiftsAt(page, path) }).toEqual({ path, shifts: [] });
    expect(await violationsOn(page)).toEqual([]);
  }

  // No larger than it is shown: the narrow picture is 400 pixels wide.
  const [, ...others] = item.pictures;
  expect(others).toHaveLength(2);
  await page.goto('/');
  const drawn = await page
    .locator('.event-card-picture img')
    .first()
    .evaluate((img) => (img as unknown as { currentSrc: string }).currentSrc);
  expect(drawn).toContain('/pictures/400/');

  await page.goto(sale.itemPath);
  const thumb = page.getByRole('button', { name: GALLERY_EN.show(3) });
  await thumb.click();
  await thumb.and(page.locator('[aria-current]')).waitFor();
  const links = page.getByRole('link', { name: EN.texts.pictureNth(3, 3) });
  await links.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: GALLERY_EN.title });
  await dialog.waitFor();
  expect(await violationsOn(page)).toEqual([]);
  await dialog.getByRole('button', { name: GALLERY_EN.enlarge(3, 3) }).press('Enter');
  await dialog.locator('[aria-pressed="true"]').waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  // The page goes on with the one that was looked at.
  await thumb.and(page.locator('[aria-current]')).waitFor();
});
