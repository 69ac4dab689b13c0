/** No text that somebody wrote makes a page wider than its screen, or a list longer than it need be. */
import type { Page } from 'playwright-core';
import { expect, inject, it } from 'vitest';
import { ADMIN_EN } from '../../client/admin/texts/en.ts';
import type { Comment } from '../../worker/contract/reviews.ts';
import { SAMPLE_ADMIN } from '../sample-data.ts';
import { useBrowser } from './browser-pages.ts';

const browser = useBrowser();
const WIDTHS = [320, 390, 1_280];
const HEIGHT = 800;
const HOUR_MS = 3_600_000;
const PASSWORD = 'correct horse';
/** Longest texts, without a place to break. */
const TITLE = 'W'.repeat(120);
const DESCRIPTION = 'M'.repeat(2_000);
const NAME = 'W'.repeat(60);
/** Of a row of a list, in screens of a phone. */
const ROW_SCREENS_MAX = 1.5;

interface Made {
  readonly eventPath: string;
  readonly eventId: string;
  readonly itemId: string;
  readonly itemPath: string;
  readonly orderId: string;
  readonly email: string;
}

async function call<Value>(path: string, json: unknown, token?: string): Promise<Value> {
  const answer = await fetch(`${inject('shopUrl')}/api/v1${path}`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      ...(token && { Authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(json),
  });
  if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
  const text = await answer.text();
  return (text === '' ? null : JSON.parse(text)) as Value;
}

interface Signed {
  accessToken: string;
}

async function makeAll(): Promise<Made> {
  const { accessToken: admin } = await call<Signed>('/auth/login', SAMPLE_ADMIN);
  const email = `${'e'.repeat(40)}-${crypto.randomUUID().slice(0, 8)}@${'d'.repeat(60)}.example`;
  const account = { email, password: PASSWORD, displayName: NAME };
  const { accessToken: customer } = await call<Signed>('/auth/register', account);
  const texts = { name: TITLE, description: DESCRIPTION, category: TITLE };
  const { id: itemId } = await call<{ id: string }>('/admin/items', texts, admin);
  const event = await call<{ id: string; items: { id: string }[] }>(
    '/admin/events',
    {
      title: TITLE,
      description: DESCRIPTION,
      currency: 'EUR',
      startsAt: new Date().toISOString(),
      endsAt: new Date(Date.now() + HOUR_MS).toISOString(),
      items: [{ itemId, priceCents: 100_000_000, stock: 1_000_000 }],
    },
    admin,
  );
  await call(`/reviews/items/${itemId}`, { rating: 5, comment: DESCRIPTION }, customer);
  let parent: string | null = null;
  for (const body of [DESCRIPTION, '|\n'.repeat(900), TITLE, TITLE]) {
    const path: string =
      parent === null
        ? `/reviews/events/${event.id}/comments`
        : `/reviews/comments/${parent}/replies`;
    const made: Comment = await call(path, { body }, customer);
    parent = made.id;
  }
  const { accessToken: other } = await call<Signed>('/auth/register', {
    ...account,
    email: `o${email}`,
  });
  await call(`/reviews/comments/${parent}/report`, { reason: 'abuse' }, other);
  const [item] = event.items;
  const bought = await call<{ order: { id: string } }>(
    `/purchase/${item?.id}`,
    { quantity: 1 },
    customer,
  );
  const orderId = bought.order.id;
  await call(`/purchase/${orderId}/confirm`, {}, customer);
  const eventPath = `/events/${event.id}`;
  return {
    eventPath,
    eventId: event.id,
    itemId,
    itemPath: `${eventPath}/items/${item?.id}`,
    orderId,
    email,
  };
}

async function signIn(page: Page, { email, password }: { email: string; password: string }) {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => url.pathname === '/');
}

async function expectFits(page: Page, path: string, settled: string) {
  await page.goto(path);
  await page.locator(settled).first().waitFor();
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: HEIGHT });
    // What is wider is scrolled to, or makes the page itself wider on a phone.
    const widths = await page.evaluate<number[]>(
      '[document.documentElement.scrollWidth, document.body.scrollWidth]',
    );
    expect(Math.max(...widths), `${path} at ${width}`).toBeLessThanOrEqual(width);
    const rows = await page.evaluate<number[]>(
      `[...document.querySelectorAll('.event-card, .items > .item, .order, .user-text, .byline, .row-line, .table tbody tr')]
        .map((row) => row.getBoundingClientRect().height)`,
    );
    expect(Math.max(0, ...rows), `${path} at ${width}`).toBeLessThan(ROW_SCREENS_MAX * HEIGHT);
  }
}

it('fits every screen with the longest texts that its fields take', async () => {
  const { eventPath, eventId, itemId, itemPath, orderId, email } = await makeAll();
  const guest = await browser.open({ viewport: { width: 320, height: HEIGHT } });
  await expectFits(guest, '/', `a[href="${eventPath}"]`);
  await expectFits(guest, '/nope', 'h1');
  await expectFits(guest, '/register', 'form');
  await expectFits(guest, '/legal/imprint', '.legal-text');
  const page = await browser.open({ viewport: { width: 320, height: HEIGHT } });
  await signIn(page, { email, password: PASSWORD });
  await expectFits(page, '/', `a[href="${eventPath}"]`);
  await page.goto(eventPath);
  await page.locator('.discussion').scrollIntoViewIfNeeded();
  await page.locator('.user-text').first().waitFor();
  await expectFits(page, eventPath, '.items .item');
  await page.locator('.discussion').scrollIntoViewIfNeeded();
  await page.locator('.user-text').first().waitFor();
  for (let depth = 1; depth <= 3; depth++) {
    await page.locator('.thread-switch[aria-expanded=false]').first().click();
    await page.locator('.thread-switch[aria-expanded=false], .thread .user-text').last().waitFor();
  }
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: HEIGHT });
    const widest = await page.evaluate<number>('document.documentElement.scrollWidth');
    expect(widest, `a thread at ${width}`).toBeLessThanOrEqual(width);
  }
  await expectFits(page, itemPath, '.ratings .user-text');
  await expectFits(page, '/orders', '.order');
  await expectFits(page, '/profile', 'form');

  const adminPage = await browser.open({ viewport: { width: 320, height: HEIGHT } });
  await signIn(adminPage, SAMPLE_ADMIN);
  for (const path of [
    '/admin',
    '/admin/events',
    `/admin/events/${eventId}`,
    '/admin/events/new',
    '/admin/catalogue',
    `/admin/catalogue/${itemId}`,
    '/admin/customers',
    `/admin/orders?event=${eventId}`,
    `/admin/orders/${orderId}`,
    '/admin/moderation',
    '/admin/legal',
    '/admin/legal/terms/en',
    '/admin/audit',
  ]) {
    await expectFits(adminPage, path, 'main h1');
    await adminPage.locator('main .skeleton').first().waitFor({ state: 'detached' });
    const open = await adminPage.locator('summary').all();
    for (const summary of open.slice(0, 3)) await summary.click();
    await fitsAt(adminPage, path);
  }

  await adminPage.goto(`/admin/orders?event=${eventId}`);
  await adminPage.locator('tbody .cell-choose input').first().check();
  await fitsAt(adminPage, 'orders that are chosen');
  await adminPage.getByRole('button', { name: ADMIN_EN.chosen.slips }).click();
  await adminPage.locator('.slip').waitFor();
  await fitsAt(adminPage, 'packing slips');
  await adminPage.getByRole('button', { name: ADMIN_EN.chosen.backToList }).click();
  await adminPage.getByRole('button', { name: ADMIN_EN.chosen.send }).click();
  await fitsAt(adminPage, 'orders to be marked as sent');
});

async function fitsAt(page: Page, name: string) {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: HEIGHT });
    const widest = await page.evaluate<number>('document.documentElement.scrollWidth');
    expect(widest, `${name} at ${width}`).toBeLessThanOrEqual(width);
  }
}
