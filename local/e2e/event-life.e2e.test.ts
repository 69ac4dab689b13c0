/** An event from its draft to its end, by an admin who has a keyboard and nothing else. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { SAMPLE_ADMIN } from '../sample-data.ts';
import { makeItem, signInAsAdmin, widerThanScreen } from './admin.ts';
import { violationsOn } from './axe.ts';
import { DESK, PHONE, useBrowser } from './browser-pages.ts';
import { focusedOn } from './keyboard.ts';
import { markPage, wasReloaded } from './shopper.ts';

const browser = useBrowser();
const STAMP = Date.now();
/** Found in a list by its first letter alone. */
const ITEM = `Zither ${STAMP}`;
const TYPO = `Nigth of zithers ${STAMP}`;
const TITLE = `Night of zithers ${STAMP}`;
/** A page whose socket sends asks for the rest once a minute. */
const NEWS_MS_MAX = 75_000;
/** It waits for such a page, and looks at many. */
const TEST_MS_MAX = 400_000;
const TABS_MAX = 80;
const NARROWEST = { width: 320, height: 640 };

/** As `tabTo`, past fields of times, whose parts show by themselves where the focus is. */
async function tabTo(page: Page, name: string) {
  for (let tabs = 0; tabs < TABS_MAX; tabs++) {
    await page.keyboard.press('Tab');
    const focused = await focusedOn(page);
    if (focused.name !== name) continue;
    expect(focused.isSeen, name).toBe(true);
    return;
  }
  throw new Error(`Tab does not lead to ${name}`);
}

async function press(page: Page, name: string) {
  await tabTo(page, name);
  await page.keyboard.press('Enter');
}

async function typeInto(page: Page, name: string, text: string) {
  await tabTo(page, name);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(text);
}

async function faultsOf(page: Page): Promise<unknown[]> {
  const faults: unknown[] = await violationsOn(page);
  const usual = page.viewportSize() ?? NARROWEST;
  for (const viewport of [NARROWEST, usual]) {
    await page.setViewportSize(viewport);
    const wider = await widerThanScreen(page);
    if (wider > 0) faults.push(`${wider} px wider than ${viewport.width}`);
  }
  return faults;
}

/** @returns the path of its screen in the console. */
async function planFromTemplate(page: Page): Promise<string> {
  await page.goto('/admin/events/new');
  await page.getByRole('heading', { level: 1, name: 'New event' }).waitFor();
  await press(page, 'Draw: three days to enter');
  await page.getByText('Filled in: Draw').waitFor();
  expect(await page.getByRole('radio', { name: 'Draw' }).isChecked()).toBe(true);
  await press(page, 'In waves: a week');
  expect(await faultsOf(page)).toEqual([]);
  await typeInto(page, 'Title', TYPO);
  await tabTo(page, 'Add an item from the catalogue');
  await page.keyboard.type('Z');
  await typeInto(page, 'Price in EUR', '19.90');
  await typeInto(page, 'Stock', '5');
  await press(page, 'Save as draft');
  await page.getByText('Draft: nobody sees it').waitFor();
  await page.getByText('The draft is saved. Nobody sees it yet.').waitFor();
  return new URL(page.url()).pathname;
}

/** @returns the address of the preview. */
async function linkToPreview(page: Page): Promise<string> {
  await press(page, 'Copy preview link');
  const link = page.getByRole('link', { name: 'Open the preview' });
  await link.waitFor();
  return (await link.getAttribute('href')) ?? '';
}

async function signInInGerman(): Promise<Page> {
  const page = await browser.open({ ...PHONE, locale: 'de-AT' });
  await page.goto('/admin');
  await page.getByLabel('E-Mail').fill(SAMPLE_ADMIN.email);
  await page.getByLabel('Passwort').fill(SAMPLE_ADMIN.password);
  await page.getByRole('button', { name: 'Anmelden' }).click();
  await page.getByRole('navigation', { name: 'Verwaltung' }).waitFor();
  return page;
}

it(
  'plans, shows, publishes, corrects, duplicates and deletes an event by keyboard alone',
  async () => {
    const desk = await browser.open(DESK);
    await signInAsAdmin(desk);
    await makeItem(desk, ITEM);
    const path = await planFromTemplate(desk);
    const preview = await linkToPreview(desk);
    expect(await faultsOf(desk)).toEqual([]);

    // A colleague looks at it, signed out, and finds nothing else.
    const colleague = await browser.open(PHONE);
    await colleague.goto(preview);
    await colleague.getByText('Preview: nobody else sees this').waitFor();
    await colleague.getByRole('heading', { level: 1, name: TYPO }).waitFor();
    expect(await faultsOf(colleague)).toEqual([]);
    await colleague.getByRole('link', { name: ITEM }).first().click();
    await colleague.getByText('Preview: nobody else sees this').waitFor();
    expect(await colleague.locator('button:not([disabled])').count()).toBe(0);

    await press(desk, 'Check and publish');
    await desk.getByRole('list', { name: 'Check list' }).waitFor();
    await desk.getByText(/ UTC/).first().waitFor();
    expect(await faultsOf(desk)).toEqual([]);
    await press(desk, 'Publish');
    await desk.getByText('The event is published. Everybody sees it now.').waitFor();

    // The link leads to the event itself now; who looks at it sees the typo go.
    await colleague.goto(preview);
    await colleague.getByRole('heading', { level: 1, name: TYPO }).waitFor();
    expect(new URL(colleague.url()).pathname).toBe(path.replace('/admin', ''));
    await markPage(colleague);
    await press(desk, 'Correct texts and cover');
    await desk.getByRole('heading', { level: 1, name: 'Correct texts and cover' }).waitFor();
    expect(await faultsOf(desk)).toEqual([]);
    await typeInto(desk, 'Title', TITLE);
    await press(desk, 'Save');
    await desk.getByText('The texts are corrected.').waitFor();
    await colleague
      .getByRole('heading', { level: 1, name: TITLE })
      .waitFor({ timeout: NEWS_MS_MAX });
    expect(await wasReloaded(colleague)).toBe(false);

    await press(desk, 'Duplicate');
    await desk.getByText('The closing moves along.', { exact: false }).waitFor();
    expect(await faultsOf(desk)).toEqual([]);
    await press(desk, 'Make the copy');
    await desk.getByText('The copy is made. It is a draft: nobody sees it yet.').waitFor();
    const copy = new URL(desk.url()).pathname;
    expect(copy).not.toBe(path);
    const german = await signInInGerman();
    for (const screen of ['/admin/events/new', copy, `${copy}/publish`, `${path}/texts`]) {
      await german.goto(screen);
      await german.locator('main h1').waitFor();
      await german.locator('.skeleton').waitFor({ state: 'detached' });
      expect(await faultsOf(german), screen).toEqual([]);
    }
    await press(desk, 'Delete');
    await desk.getByText('Delete the draft “').waitFor();
    await press(desk, 'Delete');
    await desk.getByText('The event is deleted.').waitFor();
  },
  TEST_MS_MAX,
);
