/** A network that is gone for ten seconds, with every connection that was open. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { openTcpProxy, type TcpProxy } from '../../bench/faults/tcp-proxy.ts';
import { PHONE, useBrowser } from './browser-pages.ts';
import { eventually, makeSale } from './sale-setup.ts';
import {
  arrive,
  buyButton,
  confirm,
  hold,
  holdOne,
  left,
  markPage,
  wasReloaded,
} from './shopper.ts';

const GONE_MS = 10_000;
const browser = useBrowser();
let wire: TcpProxy;

beforeEach(async () => {
  wire = await openTcpProxy(Number(new URL(inject('shopUrl')).port));
});
afterEach(() => wire.close());

/** A phone whose every byte goes over the wire that can be cut. */
function openPhone(): Promise<Page> {
  return browser.open({ ...PHONE, baseURL: `http://localhost:${wire.port}` });
}

/** What stands beside a press; what stands above the page is not shown while the page says that it is offline. */
function noConnection(page: Page): Locator {
  const text = 'No connection. Check your network and try again.';
  return page.getByText(text).filter({ visible: true });
}

/** Cuts the wire, as the browser notices too. @returns the way back, not before its time. */
async function loseNetwork(page: Page) {
  const goneAtMs = Date.now();
  await page.context().setOffline(true);
  wire.setMode('cut');
  return {
    lastsFor: (ms: number) => pause(Math.max(0, goneAtMs + ms - Date.now())),
    async comesBack() {
      wire.setMode('pass');
      await page.context().setOffline(false);
    },
  };
}

describe('a network that is gone for ten seconds', () => {
  it('is told of, a purchase says that it did not go through, and the stock is right after', async () => {
    const sale = await makeSale({ stock: 3 });
    const [maja, ole] = await Promise.all([openPhone(), browser.open()]);
    await Promise.all([arrive(maja, sale.path, 'Maja'), arrive(ole, sale.path, 'Ole')]);
    await left(maja, 3).waitFor();
    await markPage(maja);

    const network = await loseNetwork(maja);
    await maja.getByText('You are offline.').waitFor();
    await buyButton(maja).click();
    await noConnection(maja).waitFor();
    expect(await hold(maja).count()).toBe(0);
    // Meanwhile the sale goes on without her.
    await holdOne(ole);
    await confirm(ole);
    expect(await left(maja, 3).isVisible()).toBe(true);
    await network.lastsFor(GONE_MS);
    await network.comesBack();

    // Nobody touches the page: it says what is left, and that it is online.
    await left(maja, 2).waitFor();
    await maja.getByText('You are offline.').waitFor({ state: 'detached' });
    expect(await sale.stock()).toEqual({ total: 3, remaining: 2, held: 0, sold: 1 });
    // A new press repeats the first one, which never arrived: one hold.
    await holdOne(maja);
    expect(await sale.stock()).toEqual({ total: 3, remaining: 1, held: 1, sold: 1 });
    expect(await wasReloaded(maja)).toBe(false);
  });

  it('in the middle of a purchase buys nothing twice, however often one presses', async () => {
    // She may have five, so that nothing but the page keeps it at one.
    const sale = await makeSale({ stock: 9, limitPerCustomer: 5 });
    const page = await openPhone();
    await arrive(page, sale.path, 'Maja');
    await markPage(page);

    // The purchase arrives, its answer does not.
    wire.setMode('mute');
    await buyButton(page).click();
    await eventually(sale.stock, ({ held }) => held === 1);
    const network = await loseNetwork(page);
    await noConnection(page).waitFor();
    await network.lastsFor(GONE_MS);
    // She presses once more, and this time it goes through, while the network comes back.
    await buyButton(page).click();
    await network.comesBack();

    await hold(page).waitFor();
    expect(await sale.stock()).toEqual({ total: 9, remaining: 8, held: 1, sold: 0 });
    await confirm(page);
    expect(await sale.stock()).toEqual({ total: 9, remaining: 8, held: 0, sold: 1 });
    expect(await wasReloaded(page)).toBe(false);
  });

  it('in the middle of a confirmation neither loses nor doubles the order', async () => {
    const sale = await makeSale({ stock: 3 });
    const page = await openPhone();
    await arrive(page, sale.path, 'Maja');
    await holdOne(page);

    wire.setMode('mute');
    await page.getByRole('button', { name: 'Order with obligation to pay' }).click();
    await eventually(sale.stock, ({ sold }) => sold === 1);
    const network = await loseNetwork(page);
    await noConnection(page).waitFor();
    await network.comesBack();

    // What she was never told is found by itself.
    await page.getByText('It is yours').waitFor();
    expect(await sale.stock()).toEqual({ total: 3, remaining: 2, held: 0, sold: 1 });
  });
});
