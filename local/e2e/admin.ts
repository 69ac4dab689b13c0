/** What admins do on a page of their console, in their words. Must not call the API. */
import type { Locator, Page } from 'playwright-core';
import { SAMPLE_ADMIN } from '../sample-data.ts';

export async function signInAsAdmin(page: Page): Promise<void> {
  await page.goto('/admin');
  await page.getByLabel('E-mail').fill(SAMPLE_ADMIN.email);
  await page.getByLabel('Password').fill(SAMPLE_ADMIN.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
}

/** Goes to one of the console's sections by its navigation. */
export async function goTo(page: Page, section: string): Promise<void> {
  const rooms = page.getByRole('navigation', { name: 'Administration' });
  await rooms.getByRole('link', { name: section }).click();
  await page.getByRole('heading', { level: 1, name: section }).waitFor();
}

export async function makeItem(page: Page, name: string): Promise<void> {
  await goTo(page, 'Catalogue');
  await page.getByRole('link', { name: 'New item' }).click();
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Category').fill('home');
  await page.getByRole('button', { name: 'Create item' }).click();
  await page.getByRole('link', { name, exact: true }).waitFor();
}

/** An item with variants, typed one after another. */
export async function makeShoe(page: Page, name: string, labels: readonly string[]): Promise<void> {
  await goTo(page, 'Catalogue');
  await page.getByRole('link', { name: 'New item' }).click();
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Category').fill('shoes');
  for (const label of labels) {
    await page.getByLabel('More variants').fill(label);
    await page.getByLabel('More variants').press('Enter');
  }
  await page.getByRole('button', { name: 'Create item' }).click();
  await page.getByRole('link', { name, exact: true }).waitFor();
}

/** From the page of a draft in the console, which is where it leads back to. */
export async function publish(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Check and publish' }).click();
  await page.getByRole('list', { name: 'Check list' }).waitFor();
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await page.getByText('The event is published. Everybody sees it now.').waitFor();
}

/** A figure on an event's page in the console, by its name. */
export function figure(page: Page, name: string): Locator {
  return page.locator('.figures div', { hasText: name }).locator('dd');
}

/** Pixels by which the page is wider than its screen. */
export async function widerThanScreen(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - innerWidth');
}
