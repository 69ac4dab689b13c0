/** What shoppers do and see on a page, in their words. Must not call the API. */
import type { Locator, Page } from 'playwright-core';

/** What is on sale in every test. */
export const ITEM = 'Brass lamp';

let people = 0;

/** Creates an account from where the page is, and comes back there. */
export async function register(page: Page, name: string): Promise<string> {
  const email = `${name.toLowerCase().replace(/\W+/g, '.')}.${Date.now()}.${++people}@example.com`;
  await page.getByRole('link', { name: 'Sign in', exact: true }).click();
  await page.getByRole('link', { name: 'Create an account' }).click();
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill('correct horse');
  await page.getByRole('button', { name: 'Create an account' }).click();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
  return email;
}

/** Opens a sale's page and creates an account there. */
export async function arrive(page: Page, path: string, name: string): Promise<void> {
  await page.goto(path);
  await register(page, name);
  await page.getByRole('heading', { name: ITEM }).waitFor();
}

export function buyButton(page: Page): Locator {
  return page.getByRole('button', { name: `Buy: ${ITEM}` });
}

export async function holdOne(page: Page): Promise<void> {
  await buyButton(page).click();
  await hold(page).waitFor();
}

export function hold(page: Page): Locator {
  return page.getByRole('region', { name: 'Held for you' });
}

export async function confirm(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Order with obligation to pay' }).click();
  await page.getByText('It is yours').waitFor();
}

/** How many units the page says are left. */
export function left(page: Page, units: number): Locator {
  return page.getByText(`${units} left`, { exact: true });
}

const SECONDS_OF = [1, 60, 3_600, 86_400];

/** Whole seconds that a countdown shows, by default the page's large one. */
export async function secondsShown(page: Page, countdown = '.countdown-large'): Promise<number> {
  const digits = await page.locator(`${countdown} .countdown-digits`).allTextContents();
  return digits
    .toReversed()
    .reduce((sum, value, n) => sum + Number(value) * (SECONDS_OF[n] ?? 0), 0);
}

/** Marks the page, so that a reload could be told. */
export async function markPage(page: Page): Promise<void> {
  await page.evaluate('globalThis.isTheSamePage = true');
}

export async function wasReloaded(page: Page): Promise<boolean> {
  return (await page.evaluate('globalThis.isTheSamePage')) !== true;
}
