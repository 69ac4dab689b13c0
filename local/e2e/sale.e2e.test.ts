import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { SAMPLE_ADMIN } from '../sample-data.ts';
import { type DevServer, freePort, startDev } from '../testing/dev-server.ts';
import { openBrowser } from './browser.ts';

const ANSWER_MS_MAX = 20_000;
const DESK = { viewport: { width: 1280, height: 900 } };
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

let folder = '';
let browser: Browser | undefined;
let shop: DevServer | undefined;
let complaints: string[] = [];

beforeAll(async () => {
  // First, so that whoever has no browser learns it at once.
  browser = await openBrowser();
  folder = await mkdtemp(join(tmpdir(), 'swiftdrop-e2e-'));
  shop = await startDev({
    PORT: String(await freePort()),
    SWIFTDROP_DATA: join(folder, 'data'),
    DATABASE_URL: '',
    MONGODB_URI: '',
  });
});

afterAll(async () => {
  await browser?.close();
  await shop?.interrupt();
  if (folder !== '') await rm(folder, { recursive: true, force: true });
});

afterEach(async () => {
  await Promise.all((browser?.contexts() ?? []).map((context) => context.close()));
  complaints = [];
});

async function openPage(options: BrowserContextOptions): Promise<Page> {
  if (browser === undefined || shop === undefined) throw new Error('the shop is not open');
  const context = await browser.newContext({ ...options, baseURL: shop.url, locale: 'en-GB' });
  context.setDefaultTimeout(ANSWER_MS_MAX);
  const page = await context.newPage();
  page.on('pageerror', ({ message }) => complaints.push(message));
  // A page that breaks its own content security policy says so here, and nowhere else.
  page.on('console', (said) => {
    if (said.type() === 'error' && said.text().includes('Content Security Policy')) {
      complaints.push(said.text());
    }
  });
  return page;
}

async function signInAsAdmin(page: Page) {
  await page.goto('/admin');
  await page.getByLabel('E-mail').fill(SAMPLE_ADMIN.email);
  await page.getByLabel('Password').fill(SAMPLE_ADMIN.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { level: 1, name: 'Events' }).waitFor();
}

/** @returns the address of the event's room. */
async function makeEvent(page: Page): Promise<string> {
  await page.getByRole('link', { name: 'Catalogue' }).click();
  await page.getByRole('link', { name: 'New item' }).click();
  await page.getByLabel('Name').fill('Brass lamp');
  await page.getByLabel('Category').fill('home');
  await page.getByRole('button', { name: 'Create item' }).click();
  await page.getByRole('link', { name: 'Brass lamp' }).waitFor();

  await page.getByRole('link', { name: 'Events', exact: true }).click();
  await page.getByRole('link', { name: 'New event' }).click();
  await page.getByLabel('Title').fill('Night of lamps');
  await page.getByLabel('Add an item from the catalogue').selectOption({ label: 'Brass lamp' });
  await page.getByLabel('Price in EUR').fill('19.90');
  await page.getByLabel('Stock').fill('5');
  await page.getByLabel('Limit per customer').fill('2');
  await page.getByRole('button', { name: 'Create event' }).click();
  await page.getByRole('heading', { level: 1, name: 'Night of lamps' }).waitFor();
  return new URL(page.url()).pathname;
}

async function openSale(page: Page) {
  await page.getByRole('button', { name: 'Open now' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Open now' }).click();
  await page.getByText('Opened by hand').waitFor();
}

async function buyOne(page: Page, eventPath: string) {
  await page.goto('/register');
  await page.getByLabel('Name').fill('Maja Holm');
  await page.getByLabel('E-mail').fill('maja@example.com');
  await page.getByLabel('Password').fill('correct horse');
  await page.getByRole('button', { name: 'Create an account' }).click();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
  await page.goto(eventPath);
  await page.getByRole('button', { name: 'Buy: Brass lamp' }).click();
  await page.getByRole('button', { name: 'Confirm order' }).click();
  await page.getByText('It is yours').waitFor();
}

async function widerThanScreen(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - innerWidth');
}

/** A figure of the room, by its name. */
function figure(page: Page, name: string) {
  return page.locator('.figures div', { hasText: name }).locator('dd');
}

it('runs a sale from the admin’s first item to the shopper’s order and the admin’s chart', async () => {
  const desk = await openPage(DESK);
  await signInAsAdmin(desk);
  const room = await makeEvent(desk);
  await openSale(desk);
  expect(await figure(desk, 'Units sold').textContent()).toBe('0');

  const phone = await openPage(PHONE);
  await buyOne(phone, room.replace('/admin', ''));
  expect(await widerThanScreen(phone)).toBeLessThanOrEqual(0);

  // Nobody reloads the room: it moves by itself.
  await desk.getByRole('img', { name: /Units sold from .*: 1 in all/ }).waitFor();
  await figure(desk, 'Revenue').getByText('€19.90').waitFor();
  expect(await figure(desk, 'Units sold').textContent()).toBe('1');
  expect(await figure(desk, 'Units left').textContent()).toBe('4');

  const download = desk.waitForEvent('download');
  await desk.getByRole('button', { name: 'Download orders (CSV)' }).click();
  const csv = await readFile(await (await download).path(), 'utf8');
  expect(csv).toContain('maja@example.com');
  expect(csv.trim().split('\n')).toHaveLength(2);
  expect(complaints).toEqual([]);
});

it('refuses a stock below what is sold with its numbers, and adds to it while it sells', async () => {
  const phone = await openPage(PHONE);
  await signInAsAdmin(phone);
  await phone.getByRole('link', { name: 'Night of lamps' }).click();
  await phone.getByLabel('New total for Brass lamp').fill('0');
  await phone.getByRole('button', { name: 'Set total' }).click();
  await phone.getByText('4 of 5 left: 1 sold, 0 held.').waitFor();

  await phone.getByLabel('New total for Brass lamp').fill('9');
  await phone.getByRole('button', { name: 'Set total' }).click();
  await phone.getByText('Brass lamp now has 9 units in all.').waitFor();
  await figure(phone, 'Units left').getByText('8').waitFor();
  expect(await widerThanScreen(phone)).toBeLessThanOrEqual(0);
  expect(complaints).toEqual([]);
});

it('deletes an item that no event has, and keeps one that an event has', async () => {
  const page = await openPage(DESK);
  await signInAsAdmin(page);
  await page.goto('/admin/catalogue/new');
  await page.getByLabel('Name').fill('Tin lamp');
  await page.getByLabel('Category').fill('home');
  await page.getByRole('button', { name: 'Create item' }).click();
  for (const name of ['Brass lamp', 'Tin lamp']) {
    await page.getByRole('button', { name: `Delete: ${name}` }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  }
  await page.getByText('This item is part of an event').waitFor();
  await page.getByRole('link', { name: 'Tin lamp' }).waitFor({ state: 'detached' });
  expect(await page.getByRole('link', { name: 'Brass lamp' }).count()).toBe(1);
  expect(complaints).toEqual([]);
});

it('ends a customer’s account and gives it back, and keeps a record of both', async () => {
  const page = await openPage(PHONE);
  await signInAsAdmin(page);
  await page.getByRole('link', { name: 'Customers' }).click();
  await page.getByLabel('Beginning of the e-mail address').fill('maja@');
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByRole('button', { name: 'Deactivate: maja@example.com' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Deactivate' }).click();
  await page.getByRole('button', { name: 'Activate: maja@example.com' }).click();
  await page.getByRole('button', { name: 'Deactivate: maja@example.com' }).waitFor();
  await page.getByRole('link', { name: 'Audit log' }).click();
  await page.getByRole('heading', { name: 'user.activate' }).waitFor();
  await page.getByRole('heading', { name: 'user.deactivate' }).waitFor();
  expect(await widerThanScreen(page)).toBeLessThanOrEqual(0);
  expect(complaints).toEqual([]);
});

it('tells a customer that the room is for admins', async () => {
  const page = await openPage(PHONE);
  await page.goto('/register?next=%2Fadmin');
  await page.getByLabel('Name').fill('Ole');
  await page.getByLabel('E-mail').fill('ole@example.com');
  await page.getByLabel('Password').fill('correct horse');
  await page.getByRole('button', { name: 'Create an account' }).click();
  await page.getByRole('heading', { level: 1, name: 'For admins only' }).waitFor();
  expect(complaints).toEqual([]);
});
