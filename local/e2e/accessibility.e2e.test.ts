import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN_DE } from '../../client/admin/texts/de.ts';
import { ADMIN_EN } from '../../client/admin/texts/en.ts';
import { DE } from '../../client/texts/de.ts';
import { EN } from '../../client/texts/en.ts';
import { LAZY_DE } from '../../client/texts/lazy/de.ts';
import { LAZY_EN } from '../../client/texts/lazy/en.ts';
import { freePort } from '../free-port.ts';
import { SAMPLE_ADMIN } from '../sample-data.ts';
import { type DevServer, startDev } from '../testing/dev-server.ts';
import { violationsOn } from './axe.ts';
import { openBrowser } from './browser.ts';
import { tabTo } from './keyboard.ts';
import { asAdmin, asShopper, type PreparedSale } from './sale-by-api.ts';
import { ADMIN_LISTS, LEGAL_PAGES, LINK_PAGES } from './visited-pages.ts';

const ANSWER_MS_MAX = 20_000;
const HOUR_MS = 3_600_000;
/** Time enough to find the button by Tab before it opens. */
const OPENS_IN_MS = 12_000;
/** WCAG 2.2, 1.4.10: what 1280 px are at 400 %. */
const NARROWEST = { width: 320, height: 640 };
const WIDTHS = {
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
  desk: { viewport: { width: 1280, height: 900 } },
};
const LANGUAGES = {
  English: { locale: 'en-GB', texts: { ...LAZY_EN, ...EN.texts }, admin: ADMIN_EN },
  German: { locale: 'de-AT', texts: { ...LAZY_DE, ...DE.texts }, admin: ADMIN_DE },
};

let folder = '';
let browser: Browser | undefined;
let shop: DevServer | undefined;
let complaints: string[] = [];
let sales: Record<'live' | 'locked' | 'closed' | 'gone' | 'sold', PreparedSale>;

beforeAll(async () => {
  browser = await openBrowser();
  folder = await mkdtemp(join(tmpdir(), 'swiftdrop-e2e-'));
  shop = await startDev({
    PORT: String(await freePort()),
    SWIFTDROP_DATA: join(folder, 'data'),
    DATABASE_URL: '',
    MONGODB_URI: '',
  });
  const admin = await asAdmin(shop.url);
  const plan = {
    opensInMs: 0,
    // Longer than all of these tests take: what is held stays so.
    holdSeconds: 1_800,
    items: [{ stock: 40, limitPerCustomer: 2 }, { stock: 1 }],
  };
  sales = {
    live: await admin.makeSale({ ...plan, title: 'Night of lamps' }),
    gone: await admin.makeSale({ ...plan, title: 'Gone in a second', items: [{ stock: 1 }] }),
    closed: await admin.makeSale({ ...plan, title: 'Over and done' }),
    sold: await admin.makeSale({ ...plan, title: 'Bought and paid' }),
    locked: await admin.makeSale({ ...plan, title: 'Still to come', opensInMs: HOUR_MS }),
  };
  await admin.closeSale(sales.closed.id);
  const ole = await asShopper(shop.url, 'ole@example.com');
  for (const { id } of sales.gone.items) await ole.reserve(id);
  await ole.reserve(sales.live.items[1]?.id ?? '');
  const asked = await ole.comment(sales.live.id, 'Does it come with a shade?');
  await ole.reply(asked, 'It does.');
  await ole.rate(sales.live.items[0]?.itemId ?? '', { rating: 4, comment: 'Bright and warm.' });
  await ole.buy(sales.sold.items[0]?.id ?? '');
  const maja = await asShopper(shop.url, 'maja@example.com');
  await maja.report('comments', asked);
  await maja.enterEvent(sales.gone.id);
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
  const context = await browser.newContext({ ...options, baseURL: shop.url });
  context.setDefaultTimeout(ANSWER_MS_MAX);
  const page = await context.newPage();
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('console', (said) => {
    if (said.type() === 'error' && said.text().includes('Content Security Policy')) {
      complaints.push(said.text());
    }
  });
  return page;
}

/** Nothing is loading any more, and the screen has its title. */
async function settled(page: Page) {
  await page.locator('main h1').waitFor();
  const loading = async () => {
    // What is far down is asked for when one comes near, and moves down while what is above it comes.
    await page.evaluate('scrollTo(0, document.body.scrollHeight)');
    // Before the styles of what is fetched later are there, nothing of that has begun to load.
    const isEarly = await page.evaluate<boolean>(`
      [...document.styleSheets].filter(({ href }) => href !== null).length < 2`);
    return isEarly || (await page.locator('.skeleton').count()) > 0;
  };
  await expect.poll(loading, { timeout: ANSWER_MS_MAX }).toBe(false);
  await page.evaluate('scrollTo(0, 0)');
}

/** What is wrong with the screen as it stands: by axe in both schemes, and by its width, also at the narrowest. */
async function faultsOf(page: Page, name: string): Promise<string[]> {
  await settled(page);
  const faults = (await violationsOn(page)).map((fault) => `${name}: ${fault}`);
  const usual = page.viewportSize() ?? NARROWEST;
  for (const viewport of [NARROWEST, usual]) {
    await page.setViewportSize(viewport);
    const width = await page.evaluate<number>('document.documentElement.scrollWidth');
    if (width > viewport.width) faults.push(`${name}: ${width} px wide on ${viewport.width} px`);
  }
  return faults;
}

async function faultsAt(page: Page, paths: readonly string[]): Promise<string[]> {
  const faults: string[] = [];
  for (const path of paths) {
    await page.goto(path);
    faults.push(...(await faultsOf(page, path)));
  }
  return faults;
}

type Spoken = (typeof LANGUAGES)[keyof typeof LANGUAGES];

async function register(page: Page, { texts }: Spoken, email: string) {
  await page.goto('/register');
  await page.getByLabel(texts.displayName).fill('Maja Holm');
  await page.getByLabel(texts.email).fill(email);
  await page.getByLabel(texts.password).fill('correct horse');
  await page.getByRole('button', { name: texts.register }).click();
  await page.getByRole('button', { name: texts.signOut }).waitFor();
}

async function signInAsAdmin(page: Page, { texts, admin }: Spoken) {
  await page.goto('/admin');
  await page.getByLabel(texts.email).fill(SAMPLE_ADMIN.email);
  await page.getByLabel(texts.password).fill(SAMPLE_ADMIN.password);
  await page.getByRole('button', { name: texts.signIn }).click();
  await page.getByRole('heading', { level: 1, name: admin.home.title }).waitFor();
}

/** Orders that are chosen, what is done with them, and the page of one. */
async function faultsOfDesk(page: Page, { chosen, order }: Spoken['admin']): Promise<string[]> {
  const faults: string[] = [];
  const look = async (name: string) => void faults.push(...(await faultsOf(page, name)));
  await page.goto(`/admin/orders?event=${sales.sold.id}`);
  await page.locator('tbody .cell-choose input').first().check();
  await look('orders that are chosen');
  await page.getByRole('button', { name: chosen.slips }).click();
  await page.locator('.slip').first().waitFor();
  await look('packing slips');
  await page.getByRole('button', { name: chosen.backToList }).click();
  await page.getByRole('button', { name: chosen.send }).click();
  await page.locator('summary', { hasText: chosen.pasteTitle }).click();
  await page.getByLabel(chosen.paste).fill('nothing');
  await page.getByRole('button', { name: chosen.take }).click();
  await page.getByRole('alert').waitFor();
  await look('orders to be marked as sent');
  await page.getByLabel(chosen.paste).fill('');
  await page.getByRole('button', { name: chosen.action }).click();
  await page.locator('.sent-results').waitFor();
  await look('orders that were marked as sent');
  await page.locator('.sent-results a').first().click();
  await page.getByRole('button', { name: order.note.write }).click();
  await look('an order with its note');
  return faults;
}

const CASES = [
  { language: 'English', width: 'phone' },
  { language: 'English', width: 'desk' },
  // Its words are longer: what fits here fits a desk.
  { language: 'German', width: 'phone' },
] as const;

describe.each(CASES)('in $language on a $width', ({ language, width }) => {
  const spoken = LANGUAGES[language];
  const options = { ...WIDTHS[width], locale: spoken.locale };

  it('no screen of the shop has a fault', async () => {
    const { texts } = spoken;
    const page = await openPage(options);
    const { live, locked, closed, gone } = sales;
    const events = [live, locked, closed, gone].map(({ id }) => `/events/${id}`);
    const item = `/events/${live.id}/items/${live.items[0]?.id}`;
    const paths = [
      '/',
      ...events,
      item,
      '/sign-in',
      '/register',
      '/nowhere',
      ...LEGAL_PAGES,
      ...LINK_PAGES,
    ];
    const faults = await faultsAt(page, paths);
    expect(await page.locator('html').getAttribute('lang')).toBe(spoken.locale.slice(0, 2));

    await page.getByRole('link', { name: texts.signIn }).click();
    await page.getByLabel(texts.email).fill('nobody@example.com');
    await page.getByLabel(texts.password).fill('wrong horse');
    await page.getByRole('button', { name: texts.signIn }).click();
    await page.getByRole('alert').waitFor();
    faults.push(...(await faultsOf(page, 'refused')));
    expect(faults).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('no step of a purchase has a fault', async () => {
    const { texts } = spoken;
    const page = await openPage(options);
    await register(page, spoken, `${language}.${width}@example.com`);
    const item = `/events/${sales.live.id}/items/${sales.live.items[0]?.id}`;
    const paths = ['/orders', '/profile', item, `/events/${sales.live.id}`];
    const faults = await faultsAt(page, paths);
    const [first, second] = sales.live.items.map(({ name }) => name);

    await page
      .getByRole('button', { name: texts.itemLabel(texts.queue.join, second ?? '') })
      .click();
    await page.getByRole('region', { name: texts.queue.placeTitle }).waitFor();
    await page.getByRole('button', { name: texts.itemLabel(texts.buy, first ?? '') }).click();
    await page.getByRole('button', { name: texts.confirm, disabled: false }).waitFor();
    faults.push(...(await faultsOf(page, 'held and waiting')));
    faults.push(...(await faultsAt(page, ['/orders', `/events/${sales.live.id}`])));
    await page.getByRole('button', { name: texts.giveBack, disabled: false }).click();
    await page.getByText(texts.purchase.cancelledTitle).waitFor();
    faults.push(...(await faultsOf(page, 'given back')));
    await page.getByRole('button', { name: texts.itemLabel(texts.buyAgain, first ?? '') }).click();
    await page.getByRole('button', { name: texts.confirm, disabled: false }).click();
    await page.getByText(texts.purchase.confirmedTitle).waitFor();
    faults.push(...(await faultsOf(page, 'confirmed')));
    faults.push(...(await faultsAt(page, ['/orders'])));
    expect(faults).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('no screen of the administration has a fault', async () => {
    const { admin } = spoken;
    const page = await openPage(options);
    await signInAsAdmin(page, spoken);
    const rooms = Object.values(sales).map(({ id }) => `/admin/events/${id}`);
    rooms.push(`/admin/events/${sales.gone.id}/queue`, `/admin/events/${sales.closed.id}/report`);
    const lists = ADMIN_LISTS.map((list) => `/admin/${list}`);
    const forms = ['/admin/catalogue/new', `/admin/events/${sales.locked.id}/edit`];
    const faults = await faultsAt(page, [
      '/admin',
      ...lists,
      ...rooms,
      ...forms,
      '/admin/events/new',
    ]);

    await page.getByRole('button', { name: admin.lifecycle.saveDraft }).click();
    await page.getByRole('alert').first().waitFor();
    faults.push(...(await faultsOf(page, 'a form with faults')));
    faults.push(...(await faultsOfDesk(page, admin)));
    await page.goto(`/admin/events/${sales.live.id}`);
    await page.getByRole('button', { name: admin.closeNow }).click();
    await page.getByRole('dialog').waitFor();
    faults.push(...(await faultsOf(page, 'a dialog')));
    expect(faults).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

it('lets who has only a keyboard sign in, wait for the opening, buy and confirm', async () => {
  const email = 'keys@example.com';
  await asShopper(shop?.url ?? '', email);
  const admin = await asAdmin(shop?.url ?? '');
  const page = await openPage({ ...WIDTHS.desk, locale: 'en-GB' });
  const { texts } = LANGUAGES.English;
  await page.goto('/');
  await settled(page);
  await tabTo(page, texts.skipToContent);
  await tabTo(page, texts.signIn);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: texts.signInTitle }).waitFor();
  await tabTo(page, texts.email);
  await page.keyboard.type(email);
  await tabTo(page, texts.password);
  await page.keyboard.type('correct horse');
  await page.keyboard.press('Enter');
  await page.locator('h1:focus', { hasText: texts.eventsTitle }).waitFor();

  const sale = await admin.makeSale({
    title: 'Worth a wait',
    opensInMs: OPENS_IN_MS,
    items: [{ stock: 3 }],
  });
  const item = sale.items[0]?.name ?? '';
  await page.goto(`/events/${sale.id}`);
  await settled(page);
  await tabTo(page, texts.itemLabel(texts.offer.locked, item));
  // The same button, with the focus still on it, is what opens.
  await page.locator('button:focus', { hasText: texts.buy }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByText(texts.holdTitle, { exact: true }).waitFor();
  await page.locator('.item-action:focus').waitFor();
  await tabTo(page, texts.confirm);
  await page.locator('button[aria-disabled="false"]:focus').waitFor();
  await page.keyboard.press('Space');
  await page.getByText(LAZY_EN.purchase.confirmedTitle).waitFor();
  await page.locator('.item-action:focus').waitFor();
  const order = page.locator('.outcome').getByRole('link');
  await tabTo(page, (await order.textContent()) ?? '');
  await page.keyboard.press('Enter');
  await page.locator('h1:focus', { hasText: texts.order.title }).waitFor();
  await page.getByRole('heading', { name: item }).waitFor();
  expect(complaints).toEqual([]);
});

it('speaks another language at a press, on the same page and from then on', async () => {
  const page = await openPage({ ...WIDTHS.phone, locale: 'en-GB' });
  await page.goto(`/events/${sales.live.id}?from=mail`);
  const address = page.url();
  await page.getByRole('button', { name: 'Deutsch' }).click();
  await page.getByRole('link', { name: DE.texts.allEvents }).click();
  await page.getByRole('heading', { level: 1, name: DE.texts.eventsTitle }).waitFor();
  await page.goBack();
  expect(page.url()).toBe(address);
  await page.reload();
  await page.getByRole('link', { name: DE.texts.allEvents }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('de');
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('link', { name: EN.texts.allEvents }).waitFor();
  expect(complaints).toEqual([]);
});

it('keeps still for who asked for less motion', async () => {
  const page = await openPage({ ...WIDTHS.phone, locale: 'en-GB' });
  const moving = () => page.evaluate<number>('document.getAnimations().length');
  // No answer comes, so that the page goes on waiting for it.
  await page.route('**/api/v1/events', () => {});
  // The list arrives with its page, but not where one comes from another screen.
  await page.goto('/sign-in');
  // Else what loads here would be taken for the list.
  await page.getByLabel(LANGUAGES.English.texts.email).waitFor();
  await page.getByRole('link', { name: 'SwiftDrop' }).click();
  await page.locator('.skeleton').first().waitFor();
  expect(await moving()).toBeGreaterThan(0);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  expect(await moving()).toBe(0);
});

it('draws the edge of every control where colours are forced', async () => {
  const page = await openPage({ ...WIDTHS.desk, locale: 'en-GB', forcedColors: 'active' });
  await register(page, LANGUAGES.English, 'forced@example.com');
  await page.goto(`/events/${sales.live.id}`);
  await settled(page);
  const edges = await page.evaluate<{ edge: string; ground: string; width: string }[]>(`
    [...document.querySelectorAll('main .button, main select')].map((control) => {
      const { borderTopColor, borderTopWidth, backgroundColor } = getComputedStyle(control);
      return { edge: borderTopColor, ground: backgroundColor, width: borderTopWidth };
    })`);
  expect(edges.length).toBeGreaterThan(1);
  expect(edges.filter(({ edge, ground, width }) => edge === ground || width === '0px')).toEqual([]);
  const colours = (of: string) =>
    page.evaluate<string[]>(
      `[...document.querySelectorAll('${of}')].map((control) => getComputedStyle(control).color)`,
    );
  expect(new Set(await colours('.languages button')).size).toBe(2);
  await page.goto(`/events/${sales.locked.id}`);
  await settled(page);
  expect(await colours('.item .button')).not.toContain((await colours('.site-header .button'))[0]);
});
