/** Where somebody is signed in: two tabs of one browser, another device, and how one signs out. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { DESK, PHONE, useBrowser } from './browser-pages.ts';
import { register } from './shopper.ts';

const { open } = useBrowser();

const SIGN_OUT = { name: 'Sign out', exact: true };

/** As after the laptop was closed for a while: the tab has no token of its own any more. */
async function forgetToken(page: Page): Promise<void> {
  await page.evaluate(() => sessionStorage.clear());
}

function logins(page: Page) {
  return page.getByRole('region', { name: 'Where you are signed in' });
}

it('two tabs that refresh at once, in a browser without locks, both stay signed in', async () => {
  const page = await open(DESK);
  await page.goto('/');
  await register(page, 'Ida Berg');
  const tab = await page.context().newPage();
  for (const one of [page, tab]) {
    await one.addInitScript(() => {
      Object.defineProperty(navigator, 'locks', { value: undefined });
    });
    await one.goto('/orders');
  }
  for (let round = 0; round < 3; round++) {
    await Promise.all([page, tab].map(forgetToken));
    await Promise.all([page, tab].map((one) => one.reload()));
    for (const one of [page, tab]) await one.getByRole('button', SIGN_OUT).waitFor();
    for (const one of [page, tab])
      await one.getByText('You have not ordered anything yet.').waitFor();
    expect([page, tab].map((one) => new URL(one.url()).pathname)).toEqual(['/orders', '/orders']);
  }
});

it('a device is ended from another one, which stays signed in', async () => {
  const phone = await open(PHONE);
  await phone.goto('/');
  const email = await register(phone, 'Ole Lind');
  const desk = await open(DESK);
  await desk.goto('/sign-in?next=/profile');
  await desk.getByLabel('E-mail').fill(email);
  await desk.getByLabel('Password').fill('correct horse');
  await desk.getByRole('button', { name: 'Sign in' }).click();
  const list = logins(desk);
  await list.getByText('This device', { exact: true }).waitFor();
  expect(await list.getByRole('listitem').count()).toBe(2);
  await list.getByRole('button', SIGN_OUT).click();
  await list.getByRole('button', SIGN_OUT).click();
  await list.getByText(/is signed out/).waitFor();
  await phone.goto('/orders');
  await phone.getByRole('button', { name: 'Sign in' }).waitFor();
  await desk.reload();
  await logins(desk).getByText('This device', { exact: true }).waitFor();
  await desk.getByRole('banner').getByRole('button', SIGN_OUT).click();
  await desk.getByRole('banner').getByRole('button', { name: 'Sign out on this device' }).click();
  await desk.getByRole('link', { name: 'Sign in', exact: true }).waitFor();
});

it.each([
  ['a phone', PHONE],
  ['a desk', DESK],
])('signing out asks first, over a page of which nothing moves, on %s', async (_name, screen) => {
  const page = await open(screen);
  await page.goto('/');
  await register(page, 'Ada Lovelace');
  const title = page.getByRole('heading', { level: 1 });
  const before = await title.boundingBox();
  await page.getByRole('button', SIGN_OUT).click();
  await page.getByRole('button', { name: 'Sign out on this device' }).waitFor();
  expect(await title.boundingBox()).toEqual(before);
});
