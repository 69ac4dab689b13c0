/** A draw that was played is found right by the page's check, and refused once a line of it is another one. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { DRAW_DE } from '../../client/draw/texts/de.ts';
import { DRAW_EN } from '../../client/draw/texts/en.ts';
import { EN } from '../../client/texts/en.ts';
import { LAZY_EN } from '../../client/texts/lazy/en.ts';
import { violationsOn } from './axe.ts';
import { DESK, PHONE, useBrowser } from './browser-pages.ts';
import { tabTo } from './keyboard.ts';
import { makeSale } from './sale-setup.ts';
import { ITEM } from './shopper.ts';

/** WCAG 2.2, 1.4.10: what 1280 px are at 400 %. */
const NARROW = { ...PHONE, viewport: { width: 320, height: 640 } };
/** Time enough to enter; entries close some seconds before. */
const DRAW_IN_MS = 30_000;
const { texts } = EN;
const { queue } = LAZY_EN;

const browser = useBrowser();

async function expectNoFault(page: Page): Promise<void> {
  expect(await violationsOn(page)).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
}

async function enter(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.getByRole('link', { name: texts.signIn, exact: true }).click();
  await page.getByRole('link', { name: LAZY_EN.register }).click();
  await page.getByLabel(LAZY_EN.displayName).fill('Maja Holm');
  await page.getByLabel(LAZY_EN.email).fill(`${crypto.randomUUID()}@example.com`);
  await page.getByLabel(LAZY_EN.password).fill('correct horse');
  await page.getByRole('button', { name: LAZY_EN.register }).click();
  await page.getByRole('button', { name: `${queue.enterDraw}: ${ITEM}`, exact: true }).click();
  await page.getByRole('region', { name: queue.takePartTitle }).waitFor();
}

it('shows a draw while it is made, and checks it by keys alone', async () => {
  const sale = await makeSale({ stock: 1, admission: 'draw', opensInMs: DRAW_IN_MS });
  const [maja, ole] = await Promise.all([browser.open(NARROW), browser.open(DESK)]);
  await enter(maja, sale.path);
  await enter(ole, sale.path);

  await maja.getByRole('link', { name: queue.checkDraw }).tap();
  await maja.getByText(DRAW_EN.states.open).waitFor();
  await expectNoFault(maja);
  const picture = maja.getByRole('img', { name: `Now: ${DRAW_EN.stageNow.drawn}` });
  // It asks again by itself.
  await picture.waitFor({ timeout: DRAW_IN_MS + 60_000 });
  await maja.getByText(DRAW_EN.localTitle).waitFor();

  await maja.getByRole('button', { name: DRAW_EN.check, disabled: false }).waitFor();
  await tabTo(maja, DRAW_EN.check);
  await maja.keyboard.press('Enter');
  await maja.locator('.notice-title', { hasText: DRAW_EN.rightLocal }).waitFor();
  await maja.getByText(DRAW_EN.notes.local_beacon).waitFor();
  const own = maja.getByRole('region', { name: DRAW_EN.ownTitle });
  await own.getByText(/^Rank [12] of 2$/).waitFor();
  await expectNoFault(maja);

  // Nobody who is signed out is told less, and a shop that changes a line is found out.
  const stranger = await browser.open({ ...DESK, locale: 'de-DE' });
  await stranger.route('**/draw/entries', async (route) => {
    const answer = await route.fetch();
    const body = (await answer.text()).replace('"quantity":1', '"quantity":2');
    await route.fulfill({ response: answer, body });
  });
  await stranger.goto(`${sale.path}/draw`);
  await stranger.getByRole('button', { name: DRAW_DE.check, disabled: false }).click();
  await stranger.getByText('record_head_wrong').waitFor();
  await expectNoFault(stranger);
});

it('tells in full how a draw is computed, on a page that a phone need not scroll sideways', async () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await browser.open({ ...NARROW, colorScheme });
    await page.goto('/fairness');
    await page.getByRole('heading', { name: 'How a draw is made, and how to check it' }).waitFor();
    await expectNoFault(page);
  }
});
